#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Cuts a shard into its lines, of any length up to a limit.
struct RecordReader: ~Copyable {
    /// A line, without its line feed.
    struct Record {
        /// The line; valid until the next read.
        ///
        /// Padded as ``FieldScanner/scan(_:)`` asks.
        var bytes: UnsafeBufferPointer<UInt8>
        /// The line's number, from 0.
        var index: Int
        /// Where it starts in the decompressed shard.
        var offset: Int
        /// Whether it went over the limit; then `bytes` holds nothing of it.
        var isTooLong = false

        /// The line without a byte order mark: a shard may start with one, and so may each of the files it was joined
        /// from.
        var content: UnsafeBufferPointer<UInt8> {
            bytes.first == ByteOrderMark.bytes[0] ? ByteOrderMark.removed(from: bytes) : bytes
        }

        /// The same without a carriage return before the line feed: that belongs to the end of the line.
        var text: UnsafeBufferPointer<UInt8> {
            let content = content
            return content.last == UInt8(ascii: "\r") ? UnsafeBufferPointer(rebasing: content.dropLast()) : content
        }
    }

    private var stream: ShardStream
    private let maximumLength: Int

    // The window. Owned: allocated in `init`, grown in `grow`, freed in `deinit`. `padding` readable bytes follow
    // `capacity`; past the last line of the shard they are zero.
    private var window: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private var start = 0
    private var searched = 0
    private var filled = 0
    private var windowOffset = 0
    private var isAtEnd = false
    /// NUL bytes behind the last line.
    private var padding = 0
    private var nextIndex: Int
    /// Where the first line that is asked for starts; 0, or the end of what was read before.
    private let origin: Int

    private static let padding = FieldScanner.requiredPadding
    private static let initialCapacity = 512 << 10

    /// The first bytes of the shard, as far as they are in the window.
    var head: [UInt8] {
        guard windowOffset == 0 else { return [] }
        return Array(UnsafeBufferPointer(start: window, count: min(FileHead.length, filled)))
    }

    /// Starts at a shard's first line, or behind a part of it.
    ///
    /// Throws ``StreamFault/outOfMemory``.
    init(
        _ stream: consuming ShardStream, maximumLength: Int, after part: ShardPart? = nil
    ) throws(StreamFault) {
        window = try Self.allocate(Self.initialCapacity + Self.padding)
        self.stream = stream
        nextIndex = part?.records ?? 0
        origin = part?.offset ?? 0
        self.maximumLength = maximumLength
        capacity = Self.initialCapacity
        window.initialize(repeating: 0, count: capacity + Self.padding)
    }

    deinit { free(window) }

    private static func allocate(_ byteCount: Int) throws(StreamFault) -> UnsafeMutablePointer<UInt8> {
        guard let start = malloc(byteCount) else { throw .outOfMemory }
        return start.assumingMemoryBound(to: UInt8.self)
    }

    /// Decompressed bytes read so far.
    var bytesRead: Int { windowOffset + filled }

    /// Where the line that would come next starts.
    var offset: Int { max(windowOffset + start, origin) }

    /// The number of the line that would come next.
    var recordsRead: Int { nextIndex }

    /// Identity and digest of the file behind the lines, and what was passed over at its end.
    mutating func finish() throws(StreamFault) -> ShardEnd {
        var end = try stream.finish()
        if padding > 0 { end.notes.append(NULPadding.note(padding, of: bytesRead)) }
        return end
    }

    /// The next line, or `nil` at the end.
    ///
    /// A line feed at the very end starts no further line.
    mutating func next() throws(StreamFault) -> Record? {
        if windowOffset + start < origin { try skipToOrigin() }
        while true {
            if searched < filled, let found = memchr(window + searched, 0x0A, filled - searched) {
                let end = found.assumingMemoryBound(to: UInt8.self) - window
                return take(from: start, to: end, skipping: 1)
            }
            searched = filled
            if isAtEnd {
                guard start < filled else { return nil }
                (window + filled).update(repeating: 0, count: Self.padding)
                padding = trailingNULs
                guard start + padding < filled else {
                    start = filled
                    return nil
                }
                return take(from: start, to: filled - padding, skipping: padding)
            }
            if filled - start > maximumLength { return try skipLongLine() }
            try fill()
        }
    }

    /// Passes over what was read before, without looking at it.
    private mutating func skipToOrigin() throws(StreamFault) {
        while windowOffset + filled < origin, !isAtEnd {
            windowOffset += filled
            filled = 0
            try fill()
        }
        start = min(filled, origin - windowOffset)
        searched = start
    }

    private mutating func take(from first: Int, to end: Int, skipping terminator: Int) -> Record {
        defer {
            start = end + terminator
            searched = start
            nextIndex += 1
        }
        if end - first > maximumLength {
            return Record(
                bytes: .init(start: nil, count: 0), index: nextIndex, offset: windowOffset + first, isTooLong: true)
        }
        return Record(
            bytes: UnsafeBufferPointer(start: window + first, count: end - first),
            index: nextIndex, offset: windowOffset + first)
    }

    /// Moves what is left to the front, then reads; grows the window only when one line fills it.
    private mutating func fill() throws(StreamFault) {
        if start > 0 {
            memmove(window, window + start, filled - start)
            windowOffset += start
            filled -= start
            searched -= start
            start = 0
        }
        if filled == capacity { try grow() }
        let count = try stream.read(
            into: UnsafeMutableRawBufferPointer(start: window + filled, count: capacity - filled))
        filled += count
        isAtEnd = count == 0
    }

    /// How many of the bytes in the window, from the end back, are NUL.
    private var trailingNULs: Int {
        let rest = UnsafeBufferPointer(start: UnsafePointer(window + start), count: filled - start)
        return rest.count - NULPadding.removed(from: rest).count
    }

    private mutating func grow() throws(StreamFault) {
        let larger = try Self.allocate(capacity * 2 + Self.padding)
        // The line's text is unescaped into memory of the same size.
        guard MemoryHeadroom.isLeft(MemoryHeadroom.bytes + capacity * 2) else {
            free(larger)
            throw .outOfMemory
        }
        larger.update(from: window, count: filled)
        (larger + filled).update(repeating: 0, count: capacity * 2 + Self.padding - filled)
        free(window)
        window = larger
        capacity *= 2
    }

    /// Passes over a line that is over the limit without holding more of it than the window.
    private mutating func skipLongLine() throws(StreamFault) -> Record? {
        let record = Record(
            bytes: .init(start: nil, count: 0), index: nextIndex, offset: windowOffset + start, isTooLong: true)
        nextIndex += 1
        // NUL bytes that reach to the end of the shard are no part of the line.
        var nuls = 0
        while true {
            let count = trailingNULs
            nuls = count == filled - start ? nuls + count : count
            windowOffset += filled
            start = 0
            filled = 0
            searched = 0
            try fill()
            if isAtEnd {
                padding = nuls
                guard bytesRead - nuls == record.offset else { return record }
                nextIndex -= 1
                return nil
            }
            if let found = memchr(window, 0x0A, filled) {
                start = found.assumingMemoryBound(to: UInt8.self) - window + 1
                searched = start
                return record
            }
        }
    }
}
