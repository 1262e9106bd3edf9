public import CorpusAudit
import Foundation

/// An audit as it was read from a file, with the digest that plans name it by.
public struct AuditFile: Sendable {
    /// The audit.
    public let audit: Audit

    /// The XXH3-128 of the file's bytes.
    public let digest: String

    /// Why a file cannot be read as an audit.
    public struct Failure: Error, CustomStringConvertible, Sendable {
        /// What is wrong, with the file's name.
        public let description: String

        /// Whether there is no such file, or it cannot be opened.
        public let isInputMissing: Bool
    }

    /// Reads an audit file.
    ///
    /// - Parameter path: The path of the file; `-` is standard input.
    /// - Throws: ``Failure``.
    public init(path: String) throws(Failure) {
        let data: Data
        do {
            data =
                path == "-"
                ? try FileHandle.standardInput.readToEnd() ?? Data() : try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            let exists = FileManager.default.fileExists(atPath: path)
            throw Failure(
                description: "\(path): \(exists ? "the audit file cannot be read" : "there is no such audit file")",
                isInputMissing: true)
        }
        try self.init(bytes: Array(data), path: path)
    }

    /// Reads the bytes of an audit file.
    init(bytes: [UInt8], path: String) throws(Failure) {
        do {
            audit = try Audit(parsing: bytes)
        } catch {
            throw Failure(description: "\(path): \(error)", isInputMissing: false)
        }
        digest = bytes.withUnsafeBufferPointer { "xxh3_128:\(Fingerprint(of: $0))" }
    }
}
