public import CorpusAudit
import Quantities

/// All options of `datawall audit`, as plain values.
///
/// ```swift
/// var request = AuditRequest(InputRequest(paths: ["shards"]))
/// request.counting.tokenizers = ["cl100k"]
/// let answer = try await request.run()
/// if let shortfall = answer.shortfall { print(shortfall) }
/// ```
public struct AuditRequest: Sendable {
    /// The shards.
    public var input: InputRequest

    /// The options of counting.
    public var counting = CountingRequest()

    /// The folder that stores finished work, so that a killed audit resumes.
    public var state: String?

    /// Whether the content of the state folder is deleted first.
    public var restarts = false

    /// How many of the most repeated texts the audit names.
    public var topCopies = 0

    /// How many pairs of near copies the audit names for each number of shared bands.
    public var nearPairs = 0

    /// How many items of evaluation sets the audit shows with a document, those with the longest matches first.
    public var contaminationExamples = 0

    /// Creates a request.
    ///
    /// - Parameter input: The shards.
    public init(_ input: InputRequest) { self.input = input }

    /// The answer to a request.
    public struct Answer: Sendable {
        /// The audit.
        public let audit: Audit

        /// The reason why the audit is not complete; `nil` for a whole audit with no more damage than allowed.
        public let shortfall: Shortfall?

        fileprivate let corpus: Corpus
        fileprivate let options: AuditOptions

        /// The texts of the pairs of near copies that the audit names, which are read again; `nil` if it names none.
        public func nearPairTexts() async throws -> NearPairTexts? {
            guard options.nearDuplicates?.pairs ?? 0 > 0 else { return nil }
            return try await NearPairTexts(of: audit, in: corpus, options: options)
        }
    }

    /// Refuses values that contradict each other or are out of range, without reading anything.
    ///
    /// - Throws: ``RequestError``.
    public func validate() throws(RequestError) {
        try input.validate()
        try counting.validate()
        try RequestError.refuse([
            RequestError.topCopiesRule(topCopies),
            (
                !(0...NearOptions.mostPairs).contains(nearPairs),
                "--near-pairs is from 0 to \(Quantity.grouped(NearOptions.mostPairs))."
            ),
            (
                nearPairs > 0 && !counting.seeksNearCopies,
                "--near-pairs shows what --near finds: give --near as well."
            ),
            (
                !(0...AuditOptions.mostContaminationExamples).contains(contaminationExamples),
                "--contamination-examples is from 0 to \(Quantity.grouped(AuditOptions.mostContaminationExamples))."
            ),
            (
                contaminationExamples > 0 && counting.benchmarks == nil,
                "--contamination-examples shows what --benchmarks finds: give --benchmarks as well."
            ),
            (
                restarts && state == nil,
                "--restart throws away what a --state directory holds: name the directory."
            ),
        ])
    }

    /// Audits the corpus that ``input`` names.
    ///
    /// - Parameters:
    ///   - corpus: The corpus, if it is known already; `nil` to find it.
    ///   - progress: Reports how far the audit has come.
    /// - Returns: The audit.
    /// - Throws: ``RequestError`` for values that contradict each other, and the errors of `Auditor`: `CorpusError` and
    ///   `RunError`.
    public func run(on corpus: Corpus? = nil, progress: ScanProgress? = nil) async throws -> Answer {
        try validate()
        let corpus = try corpus ?? input.corpus()
        var options = try counting.options(for: corpus)
        options.topCopies = topCopies
        options.nearDuplicates?.pairs = nearPairs
        options.contaminationExamples = contaminationExamples
        let audit = try await Auditor(options: options).audit(
            corpus, state: state, restarts: restarts, progress: progress)
        return Answer(
            audit: audit,
            shortfall: Shortfall(
                problems: corpus.problems + audit.problems, skipped: audit.skipped, damagedShare: audit.damagedShare,
                allowedShare: counting.maxDamaged ?? 0), corpus: corpus, options: options)
    }
}
