public import CorpusAudit

/// All options of `datawall scan`, which reads one task's share of the shards into runs.
public struct ScanRequest: Sendable {
    /// The shards of the whole job.
    public var input: InputRequest

    /// The options of counting.
    public var counting = CountingRequest()

    /// The folder that runs and commits go to.
    public var runs: String

    /// The share of the shards that this task reads.
    public var task = ScanTask.whole

    /// The number of this attempt at the task, if there may be several.
    public var attempt: Int?

    /// Whether the task's earlier work in the folder is deleted first.
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
        /// The problems in the shards read.
        public let problems: [Problem]

        /// The reason why the scan is not complete, if any.
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
    ///   - corpus: The corpus, if it is known already; `nil` to find it.
    ///   - progress: Reports how far the scan has come.
    /// - Returns: The problems.
    /// - Throws: ``RequestError`` for values that contradict each other, and the errors of `Auditor`: `CorpusError` and
    ///   `RunError`.
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
