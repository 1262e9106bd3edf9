import Foundation
import TokenCounting

/// Reads the files that commands are given.
enum FileInput {
    /// A file's bytes; '-' is standard input.
    static func read(_ path: String) throws(CommandFailure) -> [UInt8] {
        do {
            if path == "-" { return Array(try FileHandle.standardInput.readToEnd() ?? Data()) }
            return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        } catch {
            var isDirectory: ObjCBool = false
            let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
            let reason =
                path == "-"
                ? error.localizedDescription
                : !exists
                    ? "there is no such file" : isDirectory.boolValue ? "it is a directory" : error.localizedDescription
            throw CommandFailure("\(path == "-" ? "standard input" : path) cannot be read: \(reason)", status: .noInput)
        }
    }

    /// The SHA-256 of some bytes, in hexadecimal.
    static func digest(_ bytes: [UInt8]) -> String { SHA256.hexDigest(of: bytes) }
}
