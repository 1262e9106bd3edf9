/// Writes a share of a corpus's documents, whole, chosen by their texts.
///
/// A document is taken if its fingerprint is among the lowest share of all fingerprints. That depends only on its text.
/// So the sample is the same whatever the files, their order or their compression; it takes all copies of a text or
/// none; and a smaller share is part of a larger one. A sample therefore repeats its sources as the corpus does.
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

    /// The memory that a compressed shard may request, in bytes.
    public var memory = 2 << 30

    /// Creates a sampler.
    ///
    /// - Parameter share: The share of distinct texts to take, above 0 and below 1.
    /// - Precondition: The share is between 0 and 1.
    public init(share: Double) {
        precondition(share > 0 && share < 1, "a sample's share is between 0 and 1")
        self.share = share
    }

    /// Writes the sample of every source to a separate folder: `FOLDER/SOURCE/NUMBER-SHARD.jsonl`.
    ///
    /// Records of JSON lines, lines of text and token ids are written unchanged, with an index next to token ids that
    /// had one. A text file that is one document is written as a whole. A file gets its name when it is complete.
    ///
    /// - Parameters:
    ///   - corpus: The shards, of any format that an audit reads.
    ///   - folder: The folder to write to; it is created, or must be empty if it exists.
    ///   - progress: Reports how far the reading has come.
    /// - Returns: The documents written, with the damage found.
    /// - Throws: A ``SampleError`` if the folder is not empty or cannot be written; `CancellationError`, after the
    ///   files of the current shard are removed; ``RunError/machineFailed(reason:)`` if memory runs out.
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
