public import CorpusAudit

/// An audit as it was read from a file, with the digest that plans name it by.
public struct AuditFile: Sendable {
    /// The audit.
    public let audit: Audit

    /// The XXH3-128 of the file's bytes.
    public let digest: String

    /// Why a file cannot be read as an audit.
    public typealias Failure = InputFailure

    /// Reads an audit file.
    ///
    /// - Parameter path: The path of the file; `-` is standard input.
    /// - Throws: ``Failure``.
    public init(path: String) throws(Failure) {
        try self.init(bytes: try InputFile(path: path, kind: "audit file").bytes, path: path)
    }

    /// Reads the bytes of an audit file.
    init(bytes: [UInt8], path: String) throws(Failure) {
        do {
            audit = try Audit(parsing: bytes)
        } catch {
            throw Failure(path, "\(error)")
        }
        digest = bytes.withUnsafeBufferPointer { "xxh3_128:\(Fingerprint(of: $0))" }
    }
}
