/// Where records of a run come from: a source in a shard.
struct RunOrigin: Sendable, Hashable {
    var source: ByteName
    var shard: ByteName
}
