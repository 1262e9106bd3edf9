import Foundation

/// The bytes of a file that somebody named.
struct InputFile: Sendable {
    let path: String
    let bytes: [UInt8]

    /// Reads a file whole.
    ///
    /// - Parameters:
    ///   - path: The path of the file; `-` is standard input.
    ///   - kind: What it should be, for the message where it is not there.
    /// - Throws: An ``InputFailure`` where it cannot be read.
    init(path: String, kind: String) throws(InputFailure) {
        self.path = path
        do {
            bytes = Array(
                path == "-"
                    ? try FileHandle.standardInput.readToEnd() ?? Data()
                    : try Data(contentsOf: URL(fileURLWithPath: path)))
        } catch {
            let exists = FileManager.default.fileExists(atPath: path)
            throw InputFailure(
                "\(path): \(exists ? "the \(kind) cannot be read" : "there is no such \(kind)")", isInputMissing: true)
        }
    }

    /// Whether the content begins with a brace, as JSON does and a table does not.
    var isJSON: Bool { firstInk == UInt8(ascii: "{") }

    /// Whether there is nothing but blanks.
    var isBlank: Bool { firstInk == nil }

    private var firstInk: UInt8? {
        let blanks = [UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t")]
        return bytes.first { !blanks.contains($0) }
    }
}
