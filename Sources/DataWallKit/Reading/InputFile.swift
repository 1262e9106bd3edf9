import Foundation
import TokenCounting

/// The bytes of a file that the user named; all such files are read whole through this type.
package struct InputFile: Sendable {
    /// The path as it was given.
    package let path: String

    /// The content.
    package let bytes: [UInt8]

    /// Reads a file whole.
    ///
    /// - Parameters:
    ///   - path: The path of the file; `-` is standard input.
    ///   - kind: The expected kind of file, for the message if it does not exist.
    /// - Throws: An ``InputFailure`` if it cannot be read.
    package init(path: String, kind: String = "file") throws(InputFailure) {
        self.path = path
        do {
            bytes = Array(
                path == "-"
                    ? try FileHandle.standardInput.readToEnd() ?? Data()
                    : try Data(contentsOf: URL(fileURLWithPath: path)))
        } catch {
            var isDirectory: ObjCBool = false
            let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
            let reason =
                path != "-" && !exists
                ? "there is no such \(kind)"
                : "the \(kind) cannot be read: "
                    + (isDirectory.boolValue ? "it is a directory" : error.localizedDescription)
            throw InputFailure(path, reason, isInputMissing: true)
        }
    }

    /// The name of the file in messages.
    package var name: String { path == "-" ? "standard input" : path }

    /// The SHA-256 of the content, in hexadecimal.
    package var sha256: String { SHA256.hexDigest(of: bytes) }

    /// Whether the content begins with a brace, as JSON does and a table does not.
    var isJSON: Bool { firstInk == UInt8(ascii: "{") }

    /// Whether the file contains only blanks.
    var isBlank: Bool { firstInk == nil }

    private var firstInk: UInt8? {
        let blanks = [UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t")]
        return bytes.first { !blanks.contains($0) }
    }
}
