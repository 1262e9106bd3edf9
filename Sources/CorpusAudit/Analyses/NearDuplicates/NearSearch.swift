/// Finds near copies among band entries: passes A to D over sorted files.
///
/// Memory is bounded whatever the number of texts, except for one bit for each leader and threshold. If these bits do
/// not fit, fewer thresholds are processed at a time. A pass may hold its input's last run in memory, and frees it at
/// its end, so that no pass uses more than ``memory``. In eighths of it:
///
/// | pass | input held | made | merging | bits | together |
/// | --- | ---: | ---: | ---: | ---: | ---: |
/// | A, ``findPairs(_:partitions:store:stop:)`` | | 4 | 4 | | 8 |
/// | B, ``countPairs(_:partitions:store:stop:)`` | 4 | 2 | 1 | | 7 |
/// | C, ``rank(_:_:_:)`` | 2 | 1 + 2 | 1 | | 6 |
/// | D, ``select(_:_:_:_:)`` | 1 + 2 | 1 | 1 + 1 | 2 | 8 |
/// | D, ``mark(_:_:_:into:_:_:)`` | 1 + 1 | 2 | 1 + 1 | | 6 |
struct NearSearch {
    /// Bytes of memory, besides those of the band entries in memory.
    let memory: Int
    /// The thresholds; clusters are those of the first.
    let thresholds: [Int]
    /// How many pairs of each number of shared bands are chosen for people to look at.
    var pairs = 0

    /// The result of a search.
    struct Result {
        /// Marks for texts, by fingerprint.
        var marks: [EntryRun] = []
        var buckets = NearBuckets()
        /// Clusters by their number of texts, in the buckets of ``AuditSums/CopiesBucket``: texts and clusters.
        var clusters: [ClusterBucket] = []
        /// Texts of the largest cluster; 0 if there is none.
        var largestCluster = 0
        /// Pairs for people to look at.
        var pairs: [NearPair] = []
    }

    /// Clusters of some size.
    struct ClusterBucket: AddableSums, Sendable, Equatable {
        var clusters = 0
        var units = 0

        static func + (left: Self, right: Self) -> Self {
            Self(clusters: left.clusters + right.clusters, units: left.units + right.units)
        }
    }

    /// Searches the entries of all tasks.
    ///
    /// - Parameters:
    ///   - bands: The band entries.
    ///   - sampled: The texts of a sample, if there is one.
    ///   - store: The store for the marks; intermediate results go to temporary files.
    ///   - stop: Ends the work once it is requested.
    /// - Returns: The result.
    /// - Throws: ``RunError`` if a file is damaged or cannot be written, or if memory does not suffice for one
    ///   threshold; `CancellationError`.
    func search(_ bands: [EntryRun], sampled: [EntryRun], store: RunStore, stop: StopSignal) throws -> Result {
        let (pairs, buckets) = try findPairs(bands, store: RunStore(.temporary), stop: stop)
        let counted = try countPairs(consume pairs, store: RunStore(.temporary), stop: stop)
        var result = try findCopies(consume counted, sampled: sampled, store: store, stop: stop)
        result.buckets = buckets
        return result
    }

    /// Finds the pairs of texts in the buckets of some partitions: pass A.
    ///
    /// - Returns: Runs of ``NearEdge``, in the store.
    /// - Throws: The errors of ``search(_:sampled:store:stop:)``.
    func findPairs(
        _ bands: [EntryRun], partitions: PartitionRange = .all, store: RunStore, stop: StopSignal
    ) throws -> (pairs: SortedRuns, buckets: NearBuckets) {
        var edges = EntrySorter<NearEdge>(memory: memory / 2, store: store)
        var buckets = NearBuckets()
        try MergePass(memory: memory / 2, store: RunStore(.temporary), partitions: partitions)
            .merge(bands, stop: stop) { (entry: BandEntry) in
                try buckets.add(entry) { (edge) throws(RunError) in try edges.add(edge) }
            }
        return (SortedRuns(runs: try edges.takeRuns(), store: store), buckets)
    }

    /// Counts the bands that each pair shares, for pairs whose leaders are in some partitions: pass B.
    ///
    /// At the end the pairs and their memory are freed.
    ///
    /// - Returns: Runs of ``CountedPair``, in the store.
    /// - Throws: The errors of ``search(_:sampled:store:stop:)``.
    func countPairs(
        _ pairs: consuming SortedRuns, partitions: PartitionRange = .all, store: RunStore, stop: StopSignal
    ) throws -> SortedRuns {
        var counted = EntrySorter<CountedPair>(memory: memory / 4, store: store)
        var counts = NearEdgeCounts()
        try MergePass(memory: memory / 8, store: RunStore(.temporary), partitions: partitions)
            .merge(pairs.runs, stop: stop) { (edge: NearEdge) in
                try counts.add(edge) { (pair) throws(RunError) in try counted.add(pair) }
            }
        try counts.finish { (pair) throws(RunError) in try counted.add(pair) }
        withExtendedLifetime(pairs) {}
        return SortedRuns(runs: try counted.takeRuns(), store: store)
    }

    /// Decides which texts are near copies, and makes their marks: passes C and D.
    ///
    /// - Parameters:
    ///   - pairs: The counted pairs of all partitions.
    ///   - sampled: The texts of a sample, if there is one.
    ///   - store: The store for the marks.
    ///   - stop: Ends the work once it is requested.
    /// - Returns: The result, without buckets.
    /// - Throws: The errors of ``search(_:sampled:store:stop:)``.
    func findCopies(
        _ pairs: consuming SortedRuns, sampled: [EntryRun], store: RunStore, stop: StopSignal
    ) throws -> Result {
        var result = Result()
        let (leaders, leaderCount, counted) = try rank(consume pairs, &result, stop)
        let followers = try select(consume counted, leaders, leaderCount, stop)
        try mark(followers, leaders, sampled, into: store, &result, stop)
        return result
    }

    /// Runs, and the store that they are in, which keeps their files.
    struct SortedRuns {
        let runs: [EntryRun]
        let store: RunStore
    }

    /// Pass C.
    private func rank(
        _ pairs: consuming SortedRuns, _ result: inout Result, _ stop: StopSignal
    ) throws -> (leaders: SortedRuns, leaderCount: Int, counted: SortedRuns) {
        let store = RunStore(.temporary)
        var nodes = EntrySorter<NearNode>(memory: memory / 8, store: store)
        var counted = EntrySorter<CountedEdge>(memory: memory / 4, store: store)
        var leaders = NearLeaders(pairs: self.pairs)
        try MergePass(memory: memory / 8, store: RunStore(.temporary)).merge(pairs.runs, stop: stop) {
            (pair: CountedPair) in
            try counted.add(try leaders.add(pair) { (node) throws(RunError) in try nodes.add(node) })
        }
        withExtendedLifetime(pairs) {}
        result.pairs = leaders.sample.pairs
        return (
            SortedRuns(runs: try nodes.takeRuns(), store: store), leaders.count,
            SortedRuns(runs: try counted.takeRuns(), store: store)
        )
    }

    /// Pass D: the near copies, by the rank of their leaders; those without a leader at the first threshold come last.
    private func select(
        _ counted: consuming SortedRuns, _ leaders: SortedRuns, _ leaderCount: Int, _ stop: StopSignal
    ) throws -> SortedRuns {
        let store = RunStore(.temporary)
        var followers = EntrySorter<NearFollower>(memory: memory / 8, store: store)
        let bytes = NearSelection.memory(leaders: leaderCount, thresholds: 1)
        let atOnce = bytes == 0 ? thresholds.count : min(thresholds.count, memory / 4 / bytes)
        guard atOnce > 0 else {
            throw RunError.machineFailed(
                reason:
                    "near duplicates need a bit for each of \(leaderCount) texts: give --memory \(4 * bytes) or more")
        }
        for start in stride(from: 0, to: thresholds.count, by: atOnce) {
            let some = Array(thresholds[start..<min(start + atOnce, thresholds.count)])
            var selection = NearSelection(leaders: leaderCount, thresholds: some)
            var nodes = try walk(leaders, stop) as KWayMerge<NearNode>
            func take(_ copy: NearSelection.NearCopy) throws(RunError) {
                let rank = start == 0 ? copy.leaderRank : nil
                try followers.add(
                    NearFollower(
                        copy.node.fingerprint, leaderRank: rank ?? Self.noLeader, thresholds: copy.thresholds))
            }
            func readLeader() throws(RunError) -> NearNode? { try nodes.next() }
            try MergePass(memory: memory / 8, store: counted.store).merge(counted.runs, stop: stop) {
                (edge: CountedEdge) in
                try selection.add(edge, readLeader: readLeader, emit: take)
            }
            try selection.finish(readLeader: readLeader, emit: take)
        }
        return SortedRuns(runs: try followers.takeRuns(), store: store)
    }

    /// A rank after those of all leaders, which means no leader.
    private static let noLeader = 1 << 48 - 1

    private func walk<Entry: SpilledEntry>(_ sorted: SortedRuns, _ stop: StopSignal) throws -> KWayMerge<Entry> {
        let runs = try MergePass(memory: memory / 8, store: sorted.store)
            .consolidate(sorted.runs, of: Entry.self, stop: stop)
        var cursors: [EntryCursor<Entry>] = []
        for run in runs { cursors.append(try run.cursor(of: Entry.self)) }
        return KWayMerge(cursors)
    }

    /// Numbers the clusters, and makes the marks of texts.
    private func mark(
        _ followers: SortedRuns, _ leaders: SortedRuns, _ sampled: [EntryRun], into store: RunStore,
        _ result: inout Result,
        _ stop: StopSignal
    ) throws {
        var marks = EntrySorter<NearMark>(memory: memory / 4, store: store)
        var nodes = try walk(leaders, stop) as KWayMerge<NearNode>
        var rank = -1
        var (cluster, size) = (UInt64(0), 0)
        func endCluster() {
            guard size > 0 else { return }
            result.clusters.add(
                ClusterBucket(clusters: 1, units: size), at: AuditSums.CopiesBucket.index(ofOccurrences: size))
            result.largestCluster = max(result.largestCluster, size)
        }
        var last: UInt64?
        try MergePass(memory: memory / 8, store: followers.store).merge(followers.runs, stop: stop) {
            (follower: NearFollower) in
            guard follower.key != UInt64(Self.noLeader) else {
                return try marks.add(NearMark(follower.fingerprint, thresholds: follower.thresholds))
            }
            if follower.key != last {
                endCluster()
                (last, size) = (follower.key, 1)
                cluster += 1
                var leader: NearNode?
                while UInt64(bitPattern: Int64(rank)) != follower.key {
                    leader = try nodes.next()
                    rank += 1
                }
                if let leader { try marks.add(NearMark(leader.fingerprint, cluster: cluster, isLeader: true)) }
            }
            size += 1
            try marks.add(NearMark(follower.fingerprint, cluster: cluster, thresholds: follower.thresholds))
        }
        endCluster()
        try MergePass(memory: memory / 8, store: RunStore(.temporary)).merge(sampled, stop: stop) {
            (text: SampledText) in try marks.add(NearMark(text.fingerprint, thresholds: 1))
        }
        result.marks = try marks.takeRuns()
    }
}
