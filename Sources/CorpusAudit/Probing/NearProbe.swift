/// Runs the search for near copies over band entries that are made up, to measure it at sizes that no text is needed for.
public enum NearProbe {
    /// What a search found.
    public struct Findings: Sendable {
        /// Texts of the largest cluster.
        public let largestCluster: Int
        /// Texts of the largest bucket.
        public let largestBucket: Int
        /// Texts that are near copies at the default threshold or another one.
        public let marked: Int
    }

    /// Searches the entries of texts in families.
    ///
    /// - Parameters:
    ///   - texts: How many texts there are; each has 14 entries.
    ///   - family: How many texts in a row share bands.
    ///   - bands: How many bands they share.
    ///   - memory: Bytes of memory.
    /// - Returns: What was found.
    /// - Throws: ``RunError`` where a file cannot be written.
    public static func search(texts: Int, family: Int, bands: Int, memory: Int) throws -> Findings {
        let store = RunStore(.temporary)
        var sorter = EntrySorter<BandEntry>(memory: memory, store: store)
        for text in 0..<texts {
            let hash = mix(UInt64(text))
            let node = NearNode(
                fingerprint: Fingerprint(high: hash, low: mix(hash)), bytes: UInt32(1_000 + hash % 100))
            for band in 0..<NearMethod.bands {
                let owner = band < bands ? UInt64(text / max(1, family)) << 1 : UInt64(text) << 1 | 1
                try sorter.add(BandEntry(key: mix(owner << 4 | UInt64(band)), node: node))
            }
        }
        let runs = try sorter.takeRuns(staysInMemory: false)
        _ = consume sorter
        let others = NearMethod.reportedThresholds.filter { $0 != NearMethod.defaultThreshold }
        let result = try NearSearch(memory: memory, thresholds: [NearMethod.defaultThreshold] + others)
            .search(runs, sampled: [], store: store, stop: StopSignal())
        return Findings(
            largestCluster: result.largestCluster, largestBucket: result.buckets.largestBucket,
            marked: result.marks.reduce(0) { $0 + $1.count })
    }

    /// The finalizer of SplitMix64.
    private static func mix(_ number: UInt64) -> UInt64 {
        var number = number &+ 0x9E37_79B9_7F4A_7C15
        number = (number ^ number >> 30) &* 0xBF58_476D_1CE4_E5B9
        number = (number ^ number >> 27) &* 0x94D0_49BB_1331_11EB
        return number ^ number >> 31
    }
}
