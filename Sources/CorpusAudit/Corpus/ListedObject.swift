/// A listing's entry for a shard: its size, and the identity of its version.
struct ListedObject: Sendable, Hashable {
    /// The size in bytes.
    var bytes: Int
    /// The store's tag of the content, as it is written; an opaque word.
    var etag: String?
    /// The store's name of the version.
    var version: String?
}
