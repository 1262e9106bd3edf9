/// The texts of the pairs of near copies that an audit names, read once more from its corpus.
///
/// ```swift
/// options.nearDuplicates?.pairs = 3
/// let audit = try await Auditor(options: options).audit(corpus)
/// for pair in try await NearPairTexts(of: audit, in: corpus, options: options).pairs { print(pair.similarity) }
/// ```
public struct NearPairTexts: Sendable {
    /// A pair with its texts.
    public struct Pair: Sendable {
        /// The audit's entry for the pair.
        public let pair: Audit.NearDuplicates.Pair
        /// The longer document's text.
        public let first: String
        /// The other document's text.
        public let second: String
        /// The exact Jaccard similarity of their shingles.
        public let similarity: Double
    }

    /// The pairs in the order of the audit, without pairs that have a text no longer in the corpus.
    public let pairs: [Pair]

    /// Reads the shards that the pairs are in.
    ///
    /// - Parameters:
    ///   - audit: The audit.
    ///   - corpus: The corpus it was made of.
    ///   - options: The options it was made with.
    /// - Throws: ``CorpusError`` and ``RunError`` where a shard cannot be read, and `CancellationError`.
    public init(of audit: Audit, in corpus: Corpus, options: AuditOptions) async throws {
        let named = audit.nearDuplicates?.pairs ?? []
        let documents = named.flatMap { [$0.first, $0.second] }
        let options = try options.checked()
        let texts = try await WorkerThreads.run { stop in
            try TextFinder.texts(of: documents, in: corpus.shards, options: options, stop: stop)
        }
        let signature = NearSignature()
        pairs = named.compactMap { pair in
            guard let first = texts[pair.first.fingerprint], let second = texts[pair.second.fingerprint] else {
                return nil
            }
            let sets = [first, second].map { text in
                Set(text.withUnsafeBufferPointer { signature.shingles(of: $0) })
            }
            let common = sets[0].intersection(sets[1]).count
            let all = sets[0].count + sets[1].count - common
            return Pair(
                pair: pair, first: String(decoding: first, as: UTF8.self),
                second: String(decoding: second, as: UTF8.self),
                similarity: all == 0 ? 0 : Double(common) / Double(all))
        }
    }
}
