/// Two texts and the bands that they share, for people to look at.
struct NearPair: Sendable, Hashable {
    var sharedBands: Int
    var first: Fingerprint
    var second: Fingerprint
}

/// Chooses pairs of each number of shared bands by a hash of their texts: the same ones whatever the order.
struct NearPairSample {
    /// The most pairs of one number of shared bands.
    let count: Int
    /// By number of shared bands, the pairs with the lowest hashes so far.
    private var chosen: [[(hash: UInt64, pair: NearPair)]] = Array(repeating: [], count: NearMethod.bands + 1)

    init(count: Int) { self.count = count }

    /// Takes a pair.
    mutating func add(_ counted: CountedPair) {
        guard count > 0 else { return }
        let bands = counted.sharedBands
        let pair = NearPair(
            sharedBands: bands, first: counted.leader.fingerprint, second: counted.follower.fingerprint)
        // Fingerprints are uniform, so that a sum of unlike multiples is, too.
        let hash = pair.first.low &* 0x9E37_79B9_7F4A_7C15 &+ pair.second.low
        guard chosen[bands].count < count || hash < chosen[bands][count - 1].hash else { return }
        let place = chosen[bands].firstIndex { hash < $0.hash } ?? chosen[bands].count
        chosen[bands].insert((hash, pair), at: place)
        if chosen[bands].count > count { chosen[bands].removeLast() }
    }

    /// The pairs that were chosen, those that share the fewest bands first.
    var pairs: [NearPair] { chosen.flatMap { $0.map(\.pair) } }
}
