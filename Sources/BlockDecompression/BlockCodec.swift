/// How a block is compressed.
public enum BlockCodec: String, Sendable, CaseIterable {
    /// Snappy's raw format: a length, then literals and copies.
    case snappy
    /// gzip (RFC 1952): one member or several.
    case gzip
    /// zstd (RFC 8878): one frame or several.
    case zstd
    /// LZ4's block format, without frame and without length.
    case lz4
}
