/// The layout of a shard's file, if its format stores rows in groups.
struct ShardLayout: Sendable, Equatable {
    /// How many row groups there are.
    var rowGroups: Int
    /// How the texts are compressed, in the format's own words, sorted.
    var codecs: [String]
}
