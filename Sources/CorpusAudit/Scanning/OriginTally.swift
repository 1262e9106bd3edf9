/// What one shard gave to one source, besides its unit records.
struct OriginTally: Sendable {
    var source: String
    var shard: Int
    var documents = 0
    var emptyUnits = 0
}
