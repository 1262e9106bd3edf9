public import CorpusAudit

/// All options of `datawall sample`, which draws a share of the documents of every source.
public struct SampleRequest: Sendable {
    /// The shards.
    public var input: InputRequest

    /// The share of every source.
    public var share: Double

    /// The folder to write to; a new one, or empty.
    public var output: String

    /// How the files are compressed.
    public var compression = SampleCompression.none

    /// The longest record that is read, in bytes.
    public var maxRecord = 536_870_912.0

    /// Bytes of memory for zstd decompression; `nil` for the memory that this process may use.
    public var memory: Double?

    /// Creates a request.
    ///
    /// - Parameters:
    ///   - input: The shards.
    ///   - share: The share of every source.
    ///   - output: The folder to write to.
    public init(_ input: InputRequest, share: Double, output: String) {
        self.input = input
        self.share = share
        self.output = output
    }

    /// The answer to a request.
    public struct Answer: Sendable {
        /// The sample.
        public let sample: CorpusSample

        /// The reason why the sample is not complete, if any.
        public let shortfall: Shortfall?
    }

    /// Refuses values that contradict each other or are out of range, without reading anything.
    ///
    /// - Throws: ``RequestError``.
    public func validate() throws(RequestError) {
        try input.validate()
        try RequestError.refuse([
            (!(share > 0 && share < 1), "--share is less than 1: all of it is the corpus itself."),
            (output == "-", "--output names a folder, and '-' is standard output: name a folder."),
            RequestError.recordRule(maxRecord), RequestError.memoryRule(memory, least: 16),
        ])
    }

    /// Draws the sample and writes it.
    ///
    /// - Parameters:
    ///   - corpus: The corpus, if it is known already; `nil` to find it.
    ///   - progress: Reports how far the reading has come.
    /// - Returns: The sample.
    /// - Throws: ``RequestError`` for values out of range, and the errors of `CorpusSampler`: `CorpusError` and
    ///   `SampleError`.
    public func run(on corpus: Corpus? = nil, progress: ScanProgress? = nil) async throws -> Answer {
        try validate()
        let corpus = try corpus ?? input.corpus()
        var sampler = CorpusSampler(share: share)
        sampler.compression = compression
        sampler.maximumRecordBytes = Int(maxRecord)
        sampler.memory = MachineShare.memory(memory)
        let sample = try await sampler.write(corpus, to: output, progress: progress)
        let shortfall = Shortfall(problems: sample.problems, skipped: corpus.skipped)
        return Answer(
            sample: sample, shortfall: shortfall ?? (sample.losses > 0 ? Shortfall(losses: sample.losses) : nil))
    }
}
