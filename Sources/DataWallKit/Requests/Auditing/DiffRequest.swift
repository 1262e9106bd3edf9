public import CorpusAudit
import DataWallReports

/// All options of `datawall diff`, which compares two audits.
public struct DiffRequest: Sendable {
    /// The path of the earlier audit file; `-` is standard input.
    public var before: String

    /// The path of the later audit file.
    public var after: String

    /// Creates a request.
    ///
    /// - Parameters:
    ///   - before: The path of the earlier audit file.
    ///   - after: The path of the later audit file.
    public init(from before: String, to after: String) {
        self.before = before
        self.after = after
    }

    /// The answer to a request.
    public struct Answer: Sendable {
        /// The difference.
        public let difference: AuditDifference

        /// The differences that the audits cannot show, one sentence each.
        public let notes: [String]
    }

    /// Compares the audits.
    ///
    /// - Returns: The difference.
    /// - Throws: ``RequestError`` where both are standard input, `InputFailure` for a file that is no audit.
    public func run() throws -> Answer {
        guard before != "-" || after != "-" else { throw RequestError("Standard input holds one audit, not two.") }
        let audits = [try AuditFile(path: before).audit, try AuditFile(path: after).audit]
        let notes = zip([before, after], audits).filter { !$1.listsSkippedFiles }
            .map { path, _ in "note: \(path): \(Audit.unlistedFiles)" }
        return Answer(difference: AuditDifference(from: audits[0], to: audits[1]), notes: notes)
    }
}
