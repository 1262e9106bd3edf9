/// What became of one shard: its place among the inputs, its documents by source, its damage.
struct ShardReport: Sendable {
    /// Documents that a source has in the shard.
    struct Share: Sendable, Equatable {
        var source: ByteName
        var documents = 0
        var emptyUnits = 0
    }

    var shard: Shard
    var identity: FileIdentity
    var digest: Fingerprint
    var shares: [Share] = []
    var problems = ProblemLog()
    /// Whether the file was there and could be read to the end of what it holds.
    var wasRead = true
}
