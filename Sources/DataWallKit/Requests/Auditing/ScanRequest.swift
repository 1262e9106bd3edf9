public import CorpusAudit

/// Everything that `datawall scan` can be asked: one task's share of the shards, read into runs.
public struct ScanRequest: Sendable {
    /// The shards of the whole job.
    public var input: InputRequest

    /// What is counted.
    public var counting = CountingRequest()

    /// The folder that runs and commits go to.
    public var runs: String

    /// The share of the shards that this task reads.
    public var task = ScanTask.whole

    /// The number of this try at the task, where there may be several.
    public var attempt: Int?

    /// Whether what this task has in the folder is thrown away first.
    public var restarts = false

    /// Creates a request.
    ///
    /// - Parameters:
    ///   - input: The shards of the whole job.
    ///   - runs: The folder that runs and commits go to.
    public init(_ input: InputRequest, runs: String) {
        self.input = input
        self.runs = runs
    }

    /// The answer to a request.
    public struct Answer: Sendable {
        /// What was wrong in the shards read.
        public let problems: [Problem]

        /// Why it is not all that was asked for.
        public let shortfall: Shortfall?
    }

    /// Refuses values that contradict each other or are out of range, without reading anything.
    ///
    /// - Throws: ``RequestError``.
    public func validate() throws(RequestError) {
        try input.validate()
        try counting.validate()
        try RequestError.refuse([
            (
                attempt.map { !(0...ScanTask.highestAttempt).contains($0) } ?? false,
                "--attempt is a number from 0 to \(ScanTask.highestAttempt)."
            )
        ])
    }

    /// Reads the shards.
    ///
    /// - Parameters:
    ///   - corpus: The corpus, where it is found already; `nil` finds it.
    ///   - progress: Told how far the scan has come.
    /// - Returns: What was wrong.
    /// - Throws: ``RequestError`` for values that contradict each other, `CorpusError` and `RunError` as `Auditor` does.
    public func run(on corpus: Corpus? = nil, progress: ScanProgress = ScanProgress()) async throws -> Answer {
        try validate()
        let corpus = try corpus ?? input.corpus()
        let (problems, damagedShare) = try await Auditor(options: counting.options(for: corpus)).scanWithShare(
            corpus, into: runs, task: task, attempt: attempt, restarts: restarts, progress: progress)
        return Answer(
            problems: problems,
            shortfall: Shortfall(
                problems: problems, skipped: corpus.skipped, damagedShare: damagedShare,
                allowedShare: counting.maxDamaged ?? 0))
    }
}
