/// A part of a shard of token ids in memory, which moves through the shard.
///
/// Documents that fit are hashed in place; longer ones are digested in parts, so that no document is too long.
struct TokenWindow: ~Copyable {
    private var stream: ShardStream
    private let buffer: OwnedBuffer
    private var start = 0
    private var filled = 0
    /// The place in the shard of the window's first unread byte.
    private(set) var offset = 0
    private(set) var isAtEnd = false

    init(_ stream: consuming ShardStream, byteCount: Int = 1 << 20) throws(StreamFault) {
        buffer = try OwnedBuffer(byteCount: byteCount)
        self.stream = stream
    }

    /// The unread bytes in memory.
    ///
    /// Valid until the window moves on.
    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: buffer.bytes[start..<filled]) }

    /// How many bytes fit.
    var capacity: Int { buffer.bytes.count }

    mutating func finish() throws(StreamFault) -> ShardEnd { try stream.finish() }

    /// Goes past bytes that are in the window.
    mutating func consume(_ count: Int) {
        start += count
        offset += count
    }

    /// Reads until this many bytes are unread, or all that exist.
    mutating func fill(to count: Int) throws(StreamFault) {
        guard bytes.count < count, !isAtEnd else { return }
        if start > 0 {
            // The ranges may overlap, which this copy allows.
            buffer.bytes.copyMemory(from: bytes)
            filled -= start
            start = 0
        }
        while filled < min(count, capacity), !isAtEnd {
            let read = try stream.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer.bytes[filled...]))
            filled += read
            isAtEnd = read == 0
        }
    }

    /// Skips bytes and shows them on the way; throws at the end of the shard.
    mutating func pass(_ count: Int, _ show: (UnsafeRawBufferPointer) -> Void) throws(StreamFault) {
        var left = count
        while left > 0 {
            try fill(to: min(left, capacity))
            let step = min(left, bytes.count)
            guard step > 0 else {
                throw StreamFault(kind: .changedInput, reason: "the file ends \(left) bytes before its ids do")
            }
            show(UnsafeRawBufferPointer(rebasing: bytes[..<step]))
            consume(step)
            left -= step
        }
    }
}
