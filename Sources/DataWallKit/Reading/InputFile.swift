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
        func failure(_ code: Int32) -> InputFailure {
            let reason =
                switch code {
                case ENOENT, ENOTDIR: "there is no such \(kind)"
                case EISDIR: "the \(kind) cannot be read: it is a directory"
                default: "the \(kind) cannot be read: \(String(cString: strerror(code)))"
                }
            return InputFailure(path, reason, isInputMissing: true)
        }
        // Foundation reads no pipes, which `<(command)` and `mkfifo` make.
        let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(errno) }
        defer { if descriptor != STDIN_FILENO { close(descriptor) } }
        var content: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(descriptor, &block, block.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure(errno) }
            guard count > 0 else { break }
            content += block[..<count]
            guard content.count <= Self.longest else {
                throw InputFailure(path, "the \(kind) does not end within 4 GiB", isInputMissing: true)
            }
        }
        bytes = content
    }

    /// The most bytes that are read of a file, since a device may have no end.
    private static let longest = 4 << 30

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
