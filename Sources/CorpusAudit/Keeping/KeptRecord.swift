/// A record that is to be kept: a shard's place among the shards, and the record's number there.
struct KeptRecord: SpilledEntry, SortKey, Equatable {
    var shard: UInt64
    var position: UInt64

    static let kindName = "kept-records"

    var key: KeptRecord { self }

    /// Few corpora have more shards than 24 bits can number, or a shard with more records than 40 bits can.
    var lead: UInt64 { min(shard, 1 << 24 - 1) << 40 | min(position, 1 << 40 - 1) }

    static func < (left: KeptRecord, right: KeptRecord) -> Bool {
        left.shard != right.shard ? left.shard < right.shard : left.position < right.position
    }
}
