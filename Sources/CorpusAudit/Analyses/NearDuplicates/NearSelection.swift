/// Decides which texts are near copies: pass D.
///
/// It takes counted edges in their order: all edges of a text together, after those of every text of higher priority. A
/// text is a near copy at a threshold if it shares at least that many bands with a text of higher priority that is not
/// a near copy itself. So the kept texts are the first maximal independent set in the order of priority. There is only
/// one such set, whatever the order in which pairs were found.
///
/// It stores one bit for each leader and threshold.
struct NearSelection {
    /// A text that is a near copy at some threshold.
    struct NearCopy: Hashable {
        var node: NearNode
        /// Bit *k* is set if it is one at the threshold *k*.
        var thresholds: UInt16
        /// The rank of the leader that it is a copy of at the first threshold, if it is one.
        var leaderRank: Int?
    }

    /// Bytes that are needed for a number of leaders and thresholds.
    static func memory(leaders: Int, thresholds: Int) -> Int { (leaders + 63) / 64 * 8 * thresholds }

    private let thresholds: [Int]
    /// For each threshold, a bit for each leader: whether it is a near copy.
    private var dropped: [[UInt64]]
    /// For each threshold, the rank of the leader that the current text is a copy of.
    private var found: [Int?]
    private var follower: NearNode?
    /// The leader of rank `nextRank`, which comes after all leaders that were passed.
    private var nextLeader: NearNode?
    private var nextRank = 0

    /// Creates a selection.
    ///
    /// - Parameters:
    ///   - leaders: The number of leaders.
    ///   - thresholds: The thresholds; near copies name their leader only at the first.
    init(leaders: Int, thresholds: [Int]) {
        self.thresholds = thresholds
        dropped = Array(repeating: Array(repeating: 0, count: (leaders + 63) / 64), count: thresholds.count)
        found = Array(repeating: nil, count: thresholds.count)
    }

    /// Takes the next edge.
    ///
    /// - Parameters:
    ///   - edge: The edge.
    ///   - readLeader: Gives the leaders one after the other, in the order of their ranks.
    ///   - emit: Takes the near copies, in the order of priority.
    /// - Throws: The errors of the closures.
    mutating func add<Failure: Error>(
        _ edge: CountedEdge, readLeader: () throws(Failure) -> NearNode?, emit: (NearCopy) throws(Failure) -> Void
    ) throws(Failure) {
        if edge.follower != follower {
            try finish(readLeader: readLeader, emit: emit)
            follower = edge.follower
        }
        let (rank, shared) = (edge.leaderRank, edge.sharedBands)
        for index in thresholds.indices where found[index] == nil && shared >= thresholds[index] {
            if dropped[index][rank >> 6] >> UInt64(rank & 63) & 1 == 0 { found[index] = rank }
        }
    }

    /// Decides on the last text.
    mutating func finish<Failure: Error>(
        readLeader: () throws(Failure) -> NearNode?, emit: (NearCopy) throws(Failure) -> Void
    ) throws(Failure) {
        guard let node = follower else { return }
        follower = nil
        guard found.contains(where: { $0 != nil }) else { return }
        // Leaders that are passed were kept, or have been decided on.
        if nextLeader == nil, nextRank == 0 { nextLeader = try readLeader() }
        while let leader = nextLeader, leader < node {
            nextLeader = try readLeader()
            nextRank += 1
        }
        var mask: UInt16 = 0
        for index in thresholds.indices where found[index] != nil {
            mask |= 1 << UInt16(thresholds[index])
            if nextLeader == node { dropped[index][nextRank >> 6] |= 1 << UInt64(nextRank & 63) }
        }
        try emit(NearCopy(node: node, thresholds: mask, leaderRank: found[0]))
        for index in found.indices { found[index] = nil }
    }
}
