/// Writes a share of a corpus's documents, whole, chosen by their texts.
///
/// A document is taken where its fingerprint is among the lowest share of all fingerprints. That depends on its text
/// alone: the same documents come out whatever the files, their order or their compression, all copies of a text come
/// along or none, and a smaller share is part of a larger one. So a sample repeats its sources as the corpus does.
///
/// ```swift
/// let sample = try await CorpusSampler(share: 1.0 / 16).write(try Corpus(paths: ["shards"]), to: "pilots")
/// ```
public struct CorpusSampler: Sendable {
    /// The share of distinct texts to take, above 0 and below 1.
    public let share: Double

    /// How the files of text are compressed.
    public var compression = SampleCompression.none

    /// The longest record that is read.
    public var maximumRecordBytes = 512 << 20

    /// What a compressed shard may ask for to be read.
    public var memory = 2 << 30

    /// Creates a sampler.
    ///
    /// - Parameter share: The share of distinct texts to take, above 0 and below 1.
    /// - Precondition: The share is between 0 and 1.
    public init(share: Double) {
        precondition(share > 0 && share < 1, "a sample's share is between 0 and 1")
        self.share = share
    }

    /// Writes the sample of every source to a folder of its own: `FOLDER/SOURCE/NUMBER-SHARD.jsonl`.
    ///
    /// Records of JSON lines and lines of text are written as they are; a text file that is one document whole; token
    /// ids as they are, with an index next to them where they had one. A file gets its name when it is whole.
    ///
    /// - Parameters:
    ///   - corpus: The shards, of any format that an audit reads.
    ///   - folder: The folder to write to; it is made, and must be empty where it is there.
    ///   - progress: Is told of what has been read.
    /// - Returns: What was read and written, with the damage met.
    /// - Throws: A ``SampleError`` where the folder is not empty or cannot be written; `CancellationError`; then the files
    ///   of the shard that was being read are taken back. ``RunError/machineFailed(reason:)`` where memory runs out.
    /// - Complexity: O(*n*) in the bytes of the corpus, in memory of one record and a block for each source, and of 20
    ///   bytes for each sequence taken of a Megatron shard.
    public func write(
        _ corpus: Corpus, to folder: String, progress: ScanProgress? = nil
    ) async throws -> CorpusSample {
        try await WorkerThreads.run { stop in try write(corpus, to: folder, progress: progress, stop: stop) }
    }

    private func write(
        _ corpus: Corpus, to folder: String, progress: ScanProgress?, stop: StopSignal
    ) throws -> CorpusSample {
        if compression != .none, let shard = corpus.shards.first(where: \.format.holdsTokens) {
            throw SampleError.cannotCompress(path: shard.path, format: shard.format.description)
        }
        let output = try SampleFolder(path: folder, compression: compression)
        progress?.begin(
            shards: corpus.shards.count,
            bytes: corpus.shards.reduce(0) { $0 + ($1.byteCount) })
        var sample = CorpusSample(share: share)
        for problem in corpus.problems { sample.log.add(problem) }
        for (number, shard) in corpus.shards.enumerated() {
            let reader = ShardSampler(
                shard, number: number, sampler: self, output: output, progress: progress, stop: stop)
            do throws(RunError) {
                let before = sample
                try shard.format.sample(reader, &sample)
                if sample.lostObjects > before.lostObjects {
                    // An object counts whole or not at all.
                    output.discardShard()
                    let log = sample.log
                    sample = before
                    sample.log = log
                } else if !stop.isRequested {
                    try output.finishShard()
                }
            } catch {
                output.discardShard()
                if case .machineFailed = error { throw error }
                throw SampleFolder.failure(error, in: folder)
            }
            if stop.isRequested {
                output.discardShard()
                throw CancellationError()
            }
            progress?.finishShard()
        }
        return sample
    }
}
