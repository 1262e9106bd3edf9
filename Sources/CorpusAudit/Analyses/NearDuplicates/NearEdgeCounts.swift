/// Counts the bands that each pair shares: pass B.
///
/// Takes edges in their order, one for each band that a pair shares.
struct NearEdgeCounts {
    private var pending: NearEdge?
    private var bands = 0

    /// Takes the next edge; passes on each pair once.
    mutating func add<Failure: Error>(
        _ edge: NearEdge, emit: (CountedPair) throws(Failure) -> Void
    ) throws(Failure) {
        if edge == pending {
            bands += 1
            return
        }
        try finish(emit: emit)
        pending = edge
        bands = 1
    }

    /// Hands over the last pair.
    mutating func finish<Failure: Error>(emit: (CountedPair) throws(Failure) -> Void) throws(Failure) {
        if let pending { try emit(CountedPair(pending, sharedBands: bands)) }
        pending = nil
    }
}
