/// A record that is to be kept: a shard's place among the shards, and the record's number there.
struct KeptRecord: Sendable, Equatable, BitwiseCopyable {
    var shard: UInt64
    var position: UInt64

    static func precedes(_ left: KeptRecord, _ right: KeptRecord) -> Bool {
        left.shard != right.shard ? left.shard < right.shard : left.position < right.position
    }
}
