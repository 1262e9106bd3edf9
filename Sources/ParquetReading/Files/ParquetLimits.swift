/// The largest sizes that are believed of a file, whose every length may be forged.
public struct ParquetLimits: Sendable, Hashable {
    /// The largest page or dictionary, in bytes, compressed or not (default: 1 GiB).
    ///
    /// The same limit applies to the texts that one page with `DELTA_BYTE_ARRAY` expands to.
    public var pageBytes: Int
    /// The largest footer, in bytes (default: 256 MiB).
    ///
    /// It is kept in memory.
    public var footerBytes: Int

    /// Makes limits; values that the format's 32-bit sizes cannot express are reduced.
    public init(pageBytes: Int = 1 << 30, footerBytes: Int = 256 << 20) {
        self.pageBytes = min(max(0, pageBytes), Int(Int32.max))
        self.footerBytes = min(max(0, footerBytes), Int(UInt32.max))
    }
}
