/// Numbers the leaders by priority: pass C.
///
/// It takes pairs in their order: all pairs of a leader together, after those of every leader of higher priority.
struct NearLeaders {
    /// Pairs for people to look at.
    private(set) var sample: NearPairSample

    /// Leaders so far.
    private(set) var count = 0

    private var last: NearNode?

    /// Creates a numbering without a leader.
    ///
    /// - Parameter pairs: How many pairs of each number of shared bands are chosen for people to look at.
    init(pairs: Int = 0) { sample = NearPairSample(count: pairs) }

    /// Takes the next pair; passes on each leader once, in the order of priority.
    ///
    /// - Returns: The pair with the number of its leader.
    mutating func add<Failure: Error>(
        _ pair: CountedPair, emitLeader: (NearNode) throws(Failure) -> Void
    ) throws(Failure) -> CountedEdge {
        if pair.leader != last {
            last = pair.leader
            try emitLeader(pair.leader)
            count += 1
        }
        sample.add(pair)
        return CountedEdge(follower: pair.follower, leaderRank: count - 1, sharedBands: pair.sharedBands)
    }
}
