/// Limits that an audit must keep, so that a pipeline can stop on it.
///
/// ```swift
/// var check = AuditCheck()
/// check.maximumHiddenEpochs = 1.1
/// for result in check.results(for: audit) where !result.isPassed { print(result) }
/// ```
public struct AuditCheck: Sendable, Equatable {
    /// A limit of one source.
    public struct SourceLimit: Sendable, Equatable {
        /// The source.
        public var source: String
        /// The limit.
        public var limit: Double

        /// Creates a limit.
        public init(source: String, limit: Double) {
            self.source = source
            self.limit = limit
        }
    }

    /// The most hidden epochs of the corpus.
    public var maximumHiddenEpochs: Double?
    /// The most hidden epochs of any source.
    public var maximumSourceHiddenEpochs: Double?
    /// The most hidden epochs of named sources.
    public var hiddenEpochLimits: [SourceLimit] = []
    /// The fewest unique tokens of the corpus.
    public var minimumUniqueTokens: Double?
    /// The fewest unique tokens of named sources.
    public var uniqueTokenLimits: [SourceLimit] = []
    /// The largest share of damaged records; see ``Audit/damagedShare``.
    public var maximumDamagedShare: Double?
    /// The largest share of a source's unique tokens that any one other source holds too.
    public var maximumOverlap: Double?
    /// The most occurrences of any text.
    public var maximumCopies: Int?
    /// The largest share of tokens that repeats earlier ones, exactly or nearly; see ``Audit/nearRepeatedShare(atThreshold:)``.
    public var maximumNearRepeatedShare: Double?
    /// The largest share of the items of any evaluation set that are contaminated; see ``Audit/contaminatedShare``.
    public var maximumContaminatedShare: Double?
    /// Whether all that was named must have been read without damage.
    public var requiresCompleteness = false
    /// Whether tokens must have been counted, not estimated.
    public var requiresCountedTokens = false
    /// The tokenizer that must have counted.
    public var tokenizer: String?

    /// Creates a check without a limit.
    public init() {}

    /// Whether there are no limits to check.
    public var isEmpty: Bool { self == AuditCheck() }

    /// How an audit compares with each limit, in the order of the properties.
    ///
    /// - Parameter audit: The audit.
    /// - Returns: One result for each limit; for limits on every source or pair, that of the worst.
    public func results(for audit: Audit) -> [AuditCheckResult] {
        var results: [AuditCheckResult] = []
        if let limit = maximumHiddenEpochs {
            results.append(.atMost(limit, audit.totals.hiddenEpochs, gate: "max_hidden_epochs", subject: "the corpus"))
        }
        if let limit = maximumSourceHiddenEpochs {
            let over = audit.sources.filter { $0.hiddenEpochs > limit }
            let worst = audit.sources.max { $0.hiddenEpochs < $1.hiddenEpochs }
            for source in over.isEmpty ? worst.map({ [$0] }) ?? [] : over {
                results.append(
                    .atMost(
                        limit, source.hiddenEpochs, gate: "max_source_hidden_epochs", subject: "source `\(source.name)`"
                    ))
            }
        }
        for limit in hiddenEpochLimits {
            results.append(
                of(limit, audit, gate: "max_hidden_epochs") { source, gate, subject in
                    .atMost(limit.limit, source.hiddenEpochs, gate: gate, subject: subject)
                })
        }
        if let limit = minimumUniqueTokens {
            results.append(
                .atLeast(limit, Double(audit.totals.uniqueTokens), gate: "min_unique_tokens", subject: "the corpus"))
        }
        for limit in uniqueTokenLimits {
            results.append(
                of(limit, audit, gate: "min_unique_tokens") { source, gate, subject in
                    .atLeast(limit.limit, Double(source.uniqueTokens), gate: gate, subject: subject)
                })
        }
        if let limit = maximumDamagedShare {
            results.append(.atMost(limit, audit.damagedShare, gate: "max_damaged", subject: "the records"))
        }
        if let limit = maximumOverlap { results += overlaps(audit, limit) }
        if let limit = maximumCopies { results.append(copies(audit, limit)) }
        if let limit = maximumNearRepeatedShare { results.append(Self.nearRepeated(audit, limit)) }
        if let limit = maximumContaminatedShare { results += Self.contaminated(audit, limit) }
        if requiresCompleteness {
            results.append(
                AuditCheckResult(
                    gate: "complete", subject: "the audit", value: nil, limit: nil,
                    isPassed: audit.isComplete && audit.listsSkippedFiles,
                    reason: Self.completeness(of: audit)))
        }
        if requiresCountedTokens {
            let isCounted = !audit.tokenizer.isEstimate
            results.append(
                AuditCheckResult(
                    gate: "counted_tokens", subject: "the tokenizer", value: nil, limit: nil, isPassed: isCounted,
                    reason: isCounted
                        ? "tokens were counted"
                        : "tokens are estimated from \(audit.tokenizer.sample == nil ? "bytes" : "a sample")"))
        }
        if let tokenizer {
            results.append(
                AuditCheckResult(
                    gate: "tokenizer", subject: "the tokenizer", value: nil, limit: nil,
                    isPassed: ByteName(audit.tokenizer.name) == ByteName(tokenizer),
                    reason: "\(audit.tokenizer.name) counted, and the check wants \(tokenizer)"))
        }
        return results
    }

    /// Every set over the limit; if there is none, the set nearest to it.
    private static func contaminated(_ audit: Audit, _ limit: Double) -> [AuditCheckResult] {
        let gate = "max_contaminated"
        guard let sets = audit.contamination?.sets else {
            return [
                AuditCheckResult(
                    gate: gate, subject: "the corpus", value: nil, limit: limit, isPassed: false,
                    reason: "no evaluation sets were looked for; audit with --benchmarks")
            ]
        }
        let results = sets.map { set in
            AuditCheckResult.atMost(
                limit, set.items == 0 ? 0 : Double(set.contaminated) / Double(set.items), gate: gate,
                subject: "set `\(set.name)`")
        }
        let over = results.filter { !$0.isPassed }
        return over.isEmpty ? results.max { ($0.value ?? 0) < ($1.value ?? 0) }.map { [$0] } ?? [] : over
    }

    private static func nearRepeated(_ audit: Audit, _ limit: Double) -> AuditCheckResult {
        let (gate, subject) = ("max_near_repeated", "the corpus")
        guard let share = audit.nearRepeatedShare() else {
            return AuditCheckResult(
                gate: gate, subject: subject, value: nil, limit: limit, isPassed: false,
                reason: "near copies were not sought; audit with --near")
        }
        return .atMost(limit, share, gate: gate, subject: subject)
    }

    /// Whether all was read, in words.
    private static func completeness(of audit: Audit) -> String {
        if audit.isComplete, !audit.listsSkippedFiles { return Audit.unlistedFiles }
        if audit.isComplete { return "all that was named was read" }
        guard let first = audit.unread.first else { return "something that was named was damaged" }
        let kinds = audit.unread.map { "\($0.files) \($0.kind)" }.joined(separator: ", ")
        return "files were left unread (\(kinds)), such as \(first.examples[0])"
            + (audit.problemCounts.contains { !$0.kind.isUnreadFile } ? "; others were damaged" : "")
    }

    private func of(
        _ limit: SourceLimit, _ audit: Audit, gate: String,
        _ result: (_ source: Audit.Source, _ gate: String, _ subject: String) -> AuditCheckResult
    ) -> AuditCheckResult {
        let subject = "source `\(limit.source)`"
        guard let source = audit.sources.first(where: { ByteName($0.name) == ByteName(limit.source) }) else {
            return AuditCheckResult(
                gate: gate, subject: subject, value: nil, limit: limit.limit, isPassed: false,
                reason: "the audit has no such source")
        }
        return result(source, gate, subject)
    }

    /// Every pair over the limit, or the pair that comes nearest to it.
    private func overlaps(_ audit: Audit, _ limit: Double) -> [AuditCheckResult] {
        let unique = Dictionary(
            audit.sources.map { (ByteName($0.name), $0.uniqueTokens) }, uniquingKeysWith: { first, _ in first })
        let results = audit.overlap.map { pair -> AuditCheckResult in
            // The smaller source has the larger share of its tokens in both.
            let first = unique[ByteName(pair.first)] ?? 0
            let second = unique[ByteName(pair.second)] ?? 0
            let (name, other, whole) =
                first <= second ? (pair.first, pair.second, first) : (pair.second, pair.first, second)
            let share = whole == 0 ? 0 : Double(pair.tokens) / Double(whole)
            return .atMost(limit, share, gate: "max_overlap", subject: "source `\(name)` in `\(other)`")
        }
        let over = results.filter { !$0.isPassed }
        if !over.isEmpty { return over }
        let nearest = results.max { ($0.value ?? 0) < ($1.value ?? 0) }
        return [nearest ?? .atMost(limit, 0, gate: "max_overlap", subject: "any source")]
    }

    /// Compares the largest number of copies, or the range of the histogram's last bucket if the audit does not list
    /// it.
    private func copies(_ audit: Audit, _ limit: Int) -> AuditCheckResult {
        if let most = audit.largestCopies ?? audit.topCopies?.first?.occurrences {
            return .atMost(Double(limit), Double(most), gate: "max_copies", subject: "the most repeated text")
        }
        guard let last = audit.copies.last, last.to > limit else {
            return .atMost(
                Double(limit), Double(audit.copies.last?.to ?? 0), gate: "max_copies", subject: "the most repeated text"
            )
        }
        let isSure = last.from > limit
        return AuditCheckResult(
            gate: "max_copies", subject: "the most repeated text", value: Double(last.from), limit: Double(limit),
            isPassed: false,
            reason: isSure
                ? "occurs \(last.from) times or more, more than \(limit)"
                : "occurs \(last.from) to \(last.to) times, which may be more than \(limit); "
                    + "audit again: files of version 2 have the exact number")
    }
}
