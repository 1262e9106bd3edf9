/// A document of token ids, as far as an audit looks at it.
struct TokenDocument {
    /// XXH3-128 of the ids' bytes as they are.
    var fingerprint: Fingerprint
    /// Its size.
    var bytes: Int
    /// Its start in the shard.
    var offset: Int
    /// How many ids it has.
    var ids = 0
}

/// Documents of token ids, one after the other.
protocol TokenDocumentSource: ~Copyable, SendableMetatype {
    /// Bytes of an id.
    var width: Int { get }

    /// Bytes of the shard read so far.
    var bytesRead: Int { get }

    /// The next document, or `nil` after the last.
    mutating func next() throws(StreamFault) -> TokenDocument?

    /// Identity and digest of the file, reading on to its end if need be.
    mutating func finish() throws(StreamFault) -> ShardEnd
}
