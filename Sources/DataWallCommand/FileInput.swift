import Foundation
import TokenCounting

/// Reads the files that commands are given.
enum FileInput {
    /// A file's bytes; '-' is standard input.
    static func read(_ path: String) throws(CommandFailure) -> [UInt8] {
        if path == "-" { return Array(FileHandle.standardInput.readDataToEndOfFile()) }
        do {
            return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        } catch {
            var isDirectory: ObjCBool = false
            let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
            let reason =
                !exists
                ? "there is no such file" : isDirectory.boolValue ? "it is a directory" : error.localizedDescription
            throw CommandFailure("\(path) cannot be read: \(reason)", status: .noInput)
        }
    }

    /// The SHA-256 of some bytes, in hexadecimal.
    static func digest(_ bytes: [UInt8]) -> String { SHA256.hexDigest(of: bytes) }
}
