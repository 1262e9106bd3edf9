/// The receiver of an engine's pretokens, which counts each of them and adds up.
///
/// Pretokens come in batches. Each one is announced while its batch is collected, so that the memory of its lookup can
/// be prefetched long before it is read.
protocol PretokenTally: ~Copyable {
    /// Asks for the memory in which a pretoken's count may be.
    func expect(_ pretoken: NotedPretoken)

    /// Adds the counts of a batch; all bytes must stay in place until ``finish()``.
    mutating func take(_ batch: UnsafeBufferPointer<NotedPretoken>)

    /// Adds whatever has been put off.
    mutating func finish()
}

/// A pretoken that is waiting for its count.
struct NotedPretoken: BitwiseCopyable {
    /// The address of the pretoken, with 16 readable bytes after it.
    let bytes: UnsafePointer<UInt8>
    /// The bytes of a short pretoken; for others the length, in the lower half.
    private let low: UInt64
    private let high: UInt64
    /// The hash of its bytes; of those that no memo holds, zero.
    let hash: UInt64

    /// Notes a pretoken of at least one byte, with 16 readable bytes after it.
    @inline(__always)
    init(_ bytes: UnsafePointer<UInt8>, _ length: Int) {
        self.bytes = bytes
        if length <= PackedKey.capacity {
            let key = PackedKey(bytes, length: length)
            (low, high, hash) = (key.low, key.high, key.hash)
        } else {
            (low, high) = (UInt64(truncatingIfNeeded: length), 0)
            hash = length <= PretokenMemo.longest ? ByteHash.hash(bytes, length) : 0
        }
    }

    /// Whether it has a ``key``.
    @inline(__always)
    var isShort: Bool { high != 0 }

    /// Its bytes and their number; only of short ones.
    @inline(__always)
    var key: PackedKey { PackedKey(low: low, high: high) }

    /// Its bytes' number.
    @inline(__always)
    var length: Int { Int(truncatingIfNeeded: isShort ? high &>> 56 : low) }
}
