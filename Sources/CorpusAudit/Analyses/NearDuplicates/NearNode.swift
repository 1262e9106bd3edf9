/// A distinct text among near duplicates: its fingerprint, and its length in bytes, which gives it its priority.
///
/// Of two texts, the longer one has priority, then the one with the lower fingerprint. So every task gets the same
/// order, whatever else is in the corpus. Length and fingerprint are those of the text after `--normalize`.
struct NearNode: SpilledEntry, SortKey, Hashable {
    var fingerprint: Fingerprint
    var bytes: UInt32

    static let kindName = "minhash-14x8-w5-leaders"
    var key: NearNode { self }
    var lead: UInt64 { UInt64(UInt32.max - bytes) << 32 | fingerprint.high >> 32 }

    /// Whether a node has priority over another.
    @inline(__always)
    static func < (left: NearNode, right: NearNode) -> Bool {
        left.bytes != right.bytes ? left.bytes > right.bytes : left.fingerprint < right.fingerprint
    }
}

/// A text in one of the 14 buckets of its signature.
struct BandEntry: SpilledEntry, Hashable {
    static let kindName = "minhash-14x8-w5-bands"

    /// ``NearSignature/key(ofBand:)``.
    var key: UInt64
    var node: NearNode

    /// Orders by bucket, then by priority.
    @inline(__always)
    static func precedes(_ left: BandEntry, _ right: BandEntry) -> Bool {
        left.key != right.key ? left.key < right.key : left.node < right.node
    }
}

/// Two texts of one bucket: a leader, and a follower of lower priority.
struct NearEdge: SpilledEntry, Hashable {
    static let kindName = "minhash-14x8-w5-pairs"

    // Flat, so that no padding is between the members.
    private var leaderFingerprint: Fingerprint
    private var followerFingerprint: Fingerprint
    private var leaderBytes: UInt32
    private var followerBytes: UInt32

    /// The leader's fingerprint, which is spread evenly, so that processes can share the pairs by its partitions.
    var key: Fingerprint { leaderFingerprint }
    var leader: NearNode { NearNode(fingerprint: leaderFingerprint, bytes: leaderBytes) }
    var follower: NearNode { NearNode(fingerprint: followerFingerprint, bytes: followerBytes) }

    init(leader: NearNode, follower: NearNode) {
        leaderFingerprint = leader.fingerprint
        followerFingerprint = follower.fingerprint
        leaderBytes = leader.bytes
        followerBytes = follower.bytes
    }

    /// Orders by the leader's fingerprint, then by the follower's priority.
    @inline(__always)
    static func precedes(_ left: NearEdge, _ right: NearEdge) -> Bool {
        left.key != right.key ? left.key < right.key : left.follower < right.follower
    }
}

/// Two texts, and how many bands they share.
struct CountedPair: SpilledEntry, Hashable {
    static let kindName = "minhash-14x8-w5-counted-pairs"

    // Flat, so that no padding is between the members.
    private var leaderFingerprint: Fingerprint
    private var followerFingerprint: Fingerprint
    private var leaderBytes: UInt32
    private var followerBytes: UInt32
    private var bands: UInt64

    var key: NearNode { leader }
    var leader: NearNode { NearNode(fingerprint: leaderFingerprint, bytes: leaderBytes) }
    var follower: NearNode { NearNode(fingerprint: followerFingerprint, bytes: followerBytes) }
    var sharedBands: Int { Int(min(bands, UInt64(NearMethod.bands))) }

    init(_ edge: NearEdge, sharedBands: Int) {
        leaderFingerprint = edge.leader.fingerprint
        followerFingerprint = edge.follower.fingerprint
        leaderBytes = edge.leader.bytes
        followerBytes = edge.follower.bytes
        bands = UInt64(sharedBands)
    }

    /// Orders by leader, then by follower, each by priority.
    @inline(__always)
    static func precedes(_ left: CountedPair, _ right: CountedPair) -> Bool {
        left.leader != right.leader ? left.leader < right.leader : left.follower < right.follower
    }
}

/// How many bands a text shares with one of higher priority.
struct CountedEdge: SpilledEntry, Hashable {
    static let kindName = "minhash-14x8-w5-counted-edges"

    /// The number of the leader in the order of priority, among all leaders: 56 bits; below it, the bands in 8 bits.
    private var word: UInt64
    var follower: NearNode

    var key: NearNode { follower }
    var leaderRank: Int { Int(word >> 8) }
    var sharedBands: Int { Int(word & 0xFF) }

    init(follower: NearNode, leaderRank: Int, sharedBands: Int) {
        word = UInt64(leaderRank) << 8 | UInt64(min(sharedBands, NearMethod.bands))
        self.follower = follower
    }

    /// Orders by follower, then by leader, each by priority.
    @inline(__always)
    static func precedes(_ left: CountedEdge, _ right: CountedEdge) -> Bool {
        left.follower != right.follower ? left.follower < right.follower : left.word < right.word
    }
}
