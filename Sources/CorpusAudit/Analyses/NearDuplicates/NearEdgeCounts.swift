/// Counts the bands that each pair shares, and numbers the leaders by priority: passes B and C.
///
/// Takes edges in their order, one for each band that a pair shares.
struct NearEdgeCounts {
    /// Pairs for people to look at.
    private(set) var sample: NearPairSample

    /// Leaders so far.
    private(set) var leaders = 0

    private var pending: NearEdge?
    private var bands = 0

    /// Creates counts without an edge.
    ///
    /// - Parameter pairs: How many pairs of each number of shared bands are chosen for people to look at.
    init(pairs: Int = 0) { sample = NearPairSample(count: pairs) }

    /// Takes the next edge; hands over each leader once, in the order of priority, and each pair once.
    mutating func add<Failure: Error>(
        _ edge: NearEdge, emitLeader: (NearNode) throws(Failure) -> Void,
        emit: (CountedEdge) throws(Failure) -> Void
    ) throws(Failure) {
        if edge == pending {
            bands += 1
            return
        }
        let previous = pending
        try finish(emit: emit)
        if edge.leader != previous?.leader {
            try emitLeader(edge.leader)
            leaders += 1
        }
        pending = edge
        bands = 1
    }

    /// Hands over the last pair.
    mutating func finish<Failure: Error>(emit: (CountedEdge) throws(Failure) -> Void) throws(Failure) {
        if let pending {
            sample.add(pending, sharedBands: bands)
            try emit(CountedEdge(follower: pending.follower, leaderRank: leaders - 1, sharedBands: bands))
        }
        pending = nil
    }
}
