/// The origin of a run's records: a source in a shard.
struct RunOrigin: Sendable, Hashable {
    var source: ByteName
    var shard: ByteName
}
