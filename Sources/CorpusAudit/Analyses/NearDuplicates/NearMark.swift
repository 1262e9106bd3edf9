/// A near copy, by the rank of the leader that it is a copy of at the first threshold.
struct NearFollower: SpilledEntry {
    static let kindName = "minhash-14x8-w5-followers"

    var fingerprint: Fingerprint
    /// The leader's rank in the upper 48 bits, and the thresholds below it.
    private var word: UInt64

    var key: UInt64 { word >> 16 }
    /// Bit *k* is set where the text is a near copy at the threshold *k*.
    var thresholds: UInt16 { UInt16(truncatingIfNeeded: word) }

    init(_ fingerprint: Fingerprint, leaderRank: Int, thresholds: UInt16) {
        self.fingerprint = fingerprint
        word = UInt64(leaderRank) << 16 | UInt64(thresholds)
    }

    static func precedes(_ left: NearFollower, _ right: NearFollower) -> Bool {
        left.key != right.key ? left.key < right.key : left.fingerprint < right.fingerprint
    }
}

/// A result of passes A to D for a text, to be joined with its exact copies.
///
/// A text may have several: as a near copy at some thresholds, and as the leader of a cluster at the first.
struct NearMark: SpilledEntry {
    static let kindName = "minhash-14x8-w5-marks"

    var fingerprint: Fingerprint
    /// The cluster in the upper bits, then whether the text leads it, then the thresholds in 16 bits.
    private var word: UInt64

    var key: Fingerprint { fingerprint }
    /// The number of the text's cluster at the first threshold, counted from 1; 0 if it is in none.
    var cluster: UInt64 { word >> 17 }
    var isLeader: Bool { word >> 16 & 1 != 0 }
    /// Bit *k* is set if the text is a near copy at the threshold *k*; bit 0 if it is in the sample.
    var thresholds: UInt16 { UInt16(truncatingIfNeeded: word) }

    init(_ fingerprint: Fingerprint, cluster: UInt64 = 0, isLeader: Bool = false, thresholds: UInt16 = 0) {
        self.fingerprint = fingerprint
        word = cluster << 17 | (isLeader ? 1 << 16 : 0) | UInt64(thresholds)
    }

    static func precedes(_ left: NearMark, _ right: NearMark) -> Bool {
        left.fingerprint != right.fingerprint ? left.fingerprint < right.fingerprint : left.word < right.word
    }
}

/// The source and the tokens of a text in a cluster.
struct ClusterShare: SpilledEntry {
    static let kindName = "minhash-14x8-w5-cluster-shares"

    /// The cluster, doubled; odd for a near copy, even for the leader.
    private var word: UInt64
    var tokens: UInt64
    var source: UInt32
    /// The number of the tokenizer that counted the tokens.
    var tokenizer: UInt32

    var key: UInt64 { word >> 1 }
    var isLeader: Bool { word & 1 == 0 }

    init(cluster: UInt64, isLeader: Bool, source: Int, tokenizer: Int, tokens: Int) {
        word = cluster << 1 | (isLeader ? 0 : 1)
        self.tokens = UInt64(tokens)
        self.source = UInt32(source)
        self.tokenizer = UInt32(tokenizer)
    }

    static func precedes(_ left: ClusterShare, _ right: ClusterShare) -> Bool { left.word < right.word }
}
