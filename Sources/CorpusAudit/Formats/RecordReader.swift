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
        /// Padded as ``FieldScanner/scan(_:)`` requires.
        var bytes: UnsafeBufferPointer<UInt8>
        /// The line's number, from 0.
        var index: Int
        /// Its start in the decompressed shard.
        var offset: Int
        /// Whether the line is longer than the limit; then `bytes` is empty.
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

    // The window is the memory of `memory`, which only this reader uses. `padding` readable bytes follow `capacity`;
    // after the last line of the shard they are zero.
    private let memory: WindowMemory
    private var window: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private var start = 0
    private var searched = 0
    private var filled = 0
    private var windowOffset = 0
    /// The start of the bytes that were decoded in place, each step after the one before.
    private var pieceStart = 0
    private var isAtEnd = false
    /// NUL bytes after the last line.
    private var padding = 0
    private var nextIndex: Int
    /// The start of the first line wanted: 0, or the end of the part that was read before.
    private let origin: Int

    private static let padding = FieldScanner.requiredPadding
    private static let initialCapacity = 512 << 10
    /// The least window to decode in beyond that: two huge pages, with the padding.
    private static let leastDecoding = 2 * MappedMemory.hugePage - padding

    /// The first bytes of the shard, as far as they are in the window.
    var head: [UInt8] {
        guard windowOffset == 0 else { return [] }
        return Array(UnsafeBufferPointer(start: window, count: min(FileHead.length, filled)))
    }

    /// Starts at a shard's first line, or after a part of it.
    ///
    /// `memory` has no other reader during this one. Throws ``StreamFault/outOfMemory``.
    init(
        _ stream: consuming ShardStream, maximumLength: Int, after part: ShardPart? = nil,
        memory: WindowMemory = WindowMemory()
    ) throws(StreamFault) {
        let bytes = try memory.begin(byteCount: Self.initialCapacity + Self.padding)
        self.memory = memory
        window = bytes.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: UInt8.self)
        capacity = bytes.count - Self.padding
        self.stream = stream
        nextIndex = part?.records ?? 0
        origin = part?.offset ?? 0
        self.maximumLength = maximumLength
    }

    /// Decompressed bytes read so far.
    var bytesRead: Int { windowOffset + filled }

    /// The start of the next line.
    var offset: Int { max(windowOffset + start, origin) }

    /// The number of the line that would come next.
    var recordsRead: Int { nextIndex }

    /// Identity and digest of the file, with notes about bytes skipped at its end.
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

    /// The start of the next line and the end of the bytes read, where a line feed is written.
    ///
    /// It is `nil` if no byte of the line has been read, if the search for its end has begun, or if it may be too long.
    var openLine: (start: UnsafePointer<UInt8>, limit: UnsafePointer<UInt8>)? {
        guard start == searched, start < filled, filled - start <= maximumLength, windowOffset + start >= origin else {
            return nil
        }
        // Bytes after the decoded ones do not affect decoding in place, and the padding has room for one.
        window[filled] = 0x0A
        return (UnsafePointer(window + start), UnsafePointer(window + filled))
    }

    /// The next line, up to the line feed that was found in ``openLine``.
    mutating func takeLine(endingAt lineFeed: UnsafePointer<UInt8>) -> Record {
        take(from: start, to: lineFeed - UnsafePointer(window), skipping: 1)
    }

    /// Skips the part that was read before, without examining it.
    private mutating func skipToOrigin() throws(StreamFault) {
        while windowOffset + filled < origin, !isAtEnd {
            start = filled
            searched = filled
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

    /// Reads more bytes; sets `isAtEnd` if there are none.
    private mutating func fill() throws(StreamFault) {
        while let needs = try stream.stepNeeds() {
            try makeRoom(needs)
            let count = try stream.readStep(to: window + filled)
            filled += count
            if count > 0 { return }
        }
        // The unread bytes move to the front; the window grows only when one line fills it.
        if start > 0 { moveLine(to: window) }
        if filled == capacity {
            try grow(to: capacity * 2)
            memory.forgetBefore()
        }
        let count = try stream.read(
            into: UnsafeMutableRawBufferPointer(
                start: window + filled, count: min(capacity - filled, Self.initialCapacity)))
        filled += count
        isAtEnd = count == 0
    }

    /// Makes room after the filled part for a step that decodes in place.
    ///
    /// Nothing moves while there is room. Without room, the current line moves to the front of this window or of a
    /// larger one, and the bytes decoded so far become the first of two pieces of history. Bytes written after the line
    /// must not reach the bytes of the first piece that are still needed. Each step needs fewer of those, by as many
    /// bytes as it writes, so it is enough that one step does not reach them. And the next piece must be as long as all
    /// history that may be needed before there is no room again.
    private mutating func makeRoom(_ needs: ZstdDecoder.StepNeeds) throws(StreamFault) {
        let room = ZstdDecoder.StepNeeds.room
        if needs.history == 0 { pieceStart = filled }
        guard capacity - filled < room else { return }
        precondition(filled - pieceStart >= needs.history, "the history before this is in one piece")
        let line = filled - start
        if line + room <= filled - needs.history, needs.window <= capacity - line - room {
            moveLine(to: window)
            memory.forgetBefore()
        } else {
            try grow(to: max(capacity * 2, Self.leastDecoding, line + needs.window + 2 * room))
        }
        pieceStart = filled
    }

    /// Moves the bytes at and after `start` to the front of the window, or of the next one.
    private mutating func moveLine(to target: UnsafeMutablePointer<UInt8>) {
        memmove(target, window + start, filled - start)
        windowOffset += start
        filled -= start
        searched -= start
        start = 0
    }

    /// Continues in a larger window with the bytes at and after `start`; the bytes of the old window stay in place.
    private mutating func grow(to wanted: Int) throws(StreamFault) {
        // The line's text is unescaped into memory of the same size.
        guard MemoryHeadroom.isLeft(MemoryHeadroom.bytes + wanted + 2 * (filled - start)) else { throw .outOfMemory }
        let bytes = try memory.replace(byteCount: wanted + Self.padding)
        let larger = bytes.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: UInt8.self)
        moveLine(to: larger)
        window = larger
        capacity = bytes.count - Self.padding
    }

    /// How many of the bytes in the window, from the end back, are NUL.
    private var trailingNULs: Int {
        let rest = UnsafeBufferPointer(start: UnsafePointer(window + start), count: filled - start)
        return rest.count - NULPadding.removed(from: rest).count
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
            start = filled
            searched = filled
            try fill()
            if isAtEnd {
                padding = nuls
                guard bytesRead - nuls == record.offset else { return record }
                nextIndex -= 1
                return nil
            }
            if let found = memchr(window + start, 0x0A, filled - start) {
                start = found.assumingMemoryBound(to: UInt8.self) - window + 1
                searched = start
                return record
            }
        }
    }
}
