public import CorpusAudit
import DataWallReports
public import OrderedJSON

/// All options of `datawall check`, which tests whether an audit keeps limits.
public struct CheckRequest: Sendable {
    /// The path of the audit file; `-` is standard input.
    public var audit: String

    /// The limits.
    public var limits = AuditCheck()

    /// Creates a request.
    ///
    /// - Parameter audit: The path of the audit file.
    public init(audit: String) { self.audit = audit }

    /// The answer to a request.
    public struct Answer: Sendable {
        /// The result of each limit.
        public let results: [AuditCheckResult]

        /// The checks that the audit cannot answer, one sentence each.
        public let notes: [String]

        /// The limits that are not kept.
        public var failures: Int { results.count { !$0.isPassed } }

        /// The results as JSON.
        public var json: JSONValue {
            .object([
                "format": "datawall-check", "version": 1, "passed": .bool(failures == 0),
                "results": .array(results.map(\.json)),
            ])
        }

        /// The results as lines for a terminal, failed checks first.
        ///
        /// - Parameter explained: Whether every result is listed; otherwise the answer has at most 24 lines.
        /// - Returns: The lines, without line ends.
        public func text(explained: Bool = false) -> [String] {
            var answer = ScreenAnswer()
            answer.remark(
                results.filter { !$0.isPassed }.map(\.line) + results.filter(\.isPassed).map(\.line),
                as: "check")
            answer.hint("--json prints every check with its limit")
            return answer.lines(explained: explained)
        }
    }

    /// Refuses limits that no audit can keep, and a request without limits.
    ///
    /// - Throws: ``RequestError``.
    public func validate() throws(RequestError) {
        func isNoShare(_ share: Double?) -> Bool { share.map { !(0...1).contains($0) } ?? false }
        let epochs =
            [limits.maximumHiddenEpochs, limits.maximumSourceHiddenEpochs].compactMap { $0 }
            + limits.hiddenEpochLimits.map(\.limit)
        try RequestError.refuse([
            (limits.isEmpty, "Name a limit to check, such as --max-hidden-epochs 1.1 or --complete."),
            (isNoShare(limits.maximumDamagedShare), "--max-damaged is a share from 0 to 1."),
            (isNoShare(limits.maximumOverlap), "--max-overlap is a share from 0 to 1."),
            (isNoShare(limits.maximumNearRepeatedShare), "--max-near-repeated is a share from 0 to 1."),
            (isNoShare(limits.maximumContaminatedShare), "--max-contaminated is a share from 0 to 1."),
            (
                !epochs.allSatisfy { $0 >= 1 },
                "One pass is one epoch at least: limits of hidden epochs start at 1."
            ),
            (limits.maximumCopies.map { $0 < 1 } ?? false, "--max-copies is 1 or more."),
            Self.repetitionRule("--max-hidden-epochs", limits.hiddenEpochLimits),
            Self.repetitionRule("--min-unique-tokens", limits.uniqueTokenLimits),
        ])
    }

    /// Two limits of one source, of which one has no effect.
    private static func repetitionRule(_ flag: String, _ limits: [AuditCheck.SourceLimit]) -> RequestError.Rule {
        var names: Set<[UInt8]> = []
        let twice = limits.first { !names.insert(Array($0.source.utf8)).inserted }?.source
        return (twice != nil, "\(flag) names source `\(twice ?? "")` twice: keep one of the two limits.")
    }

    /// Checks the audit.
    ///
    /// - Returns: The results.
    /// - Throws: ``RequestError`` for limits that cannot be, `InputFailure` for a file that is no audit.
    public func run() throws -> Answer {
        try validate()
        let file = try AuditFile(path: audit).audit
        return Answer(
            results: limits.results(for: file), notes: file.listsSkippedFiles ? [] : ["note: \(Audit.unlistedFiles)"])
    }
}
