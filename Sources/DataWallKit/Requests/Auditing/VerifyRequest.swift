public import CorpusAudit
import Foundation

/// All options of `datawall audit --verify`, which lists the inputs of an audit that have changed since.
public struct VerifyRequest: Sendable {
    /// The path of the audit file.
    public var audit: String

    /// Shards to compare with the audit's, so that new ones are found; optional.
    public var input = InputRequest()

    /// The folder that the audit's paths start from; `nil` for the folder of the manifest or of the audit.
    public var root: String?

    /// Threads that read shards; `nil` for the processors that this process may use.
    public var threads: Int?

    /// Creates a request.
    ///
    /// - Parameter audit: The path of the audit file.
    public init(audit: String) { self.audit = audit }

    /// The folder that relative paths start from: that of the manifest or the audit file, whatever the working
    /// directory is.
    public var folder: String {
        let parent = ((input.manifest ?? audit) as NSString).deletingLastPathComponent
        return root ?? (parent.isEmpty ? "." : parent)
    }

    /// Compares the inputs.
    ///
    /// - Parameter progress: Reports how far the reading has come.
    /// - Returns: Each input with its state.
    /// - Throws: ``RequestError`` for values out of range, `InputFailure` for a file that is no audit, `CorpusError` as
    ///   `InputVerification` does.
    public func run(progress: ScanProgress? = nil) async throws -> InputVerification {
        try input.validate()
        try RequestError.refuse([RequestError.threadRule(threads)])
        let file = try AuditFile(path: audit).audit
        let corpus = input.namesInput ? try input.corpus() : nil
        return try await InputVerification(
            of: file, corpus: corpus, in: folder, threads: MachineShare.threads(threads), progress: progress)
    }
}
