/// The bytes of a column chunk, read in windows.
struct ChunkInput {
    private let source: ParquetSource
    /// The least number of bytes to read at once, if there are as many.
    private let readAhead: Int
    /// The offset in the file of the window's first byte.
    private var start = 0
    /// The bytes of the window.
    private var count = 0
    /// The offset in the file of the chunk's end.
    var end = 0
    /// The memory of the window, which changes with the next call of ``window(at:atLeast:)``.
    private(set) var buffer: PageBuffer?

    init(_ source: ParquetSource, readAhead: Int) {
        self.source = source
        self.readAhead = max(1, readAhead)
    }

    /// Begins another chunk, in the memory of the previous one.
    mutating func begin(end: Int) {
        (start, count, self.end) = (0, 0, end)
    }

    /// The place of a byte of the file in the window's memory.
    func place(of offset: Int) -> Int { offset - start }

    /// The bytes from an offset in the file to the end of the window, at least as many as requested.
    ///
    /// The caller has checked that they are before ``end``.
    mutating func window(at offset: Int, atLeast needed: Int) throws(ParquetError) -> UnsafeRawBufferPointer {
        precondition(offset >= 0 && needed >= 0 && needed <= end - offset, "the bytes are in the chunk")
        let isInside = offset >= start && offset <= start + count
        let kept = isInside ? start + count - offset : 0
        if kept < needed || buffer == nil { try refill(at: offset, kept: kept, needed: needed) }
        guard let buffer else { throw ParquetError(.outOfMemory, "there is no memory left for a page") }
        return UnsafeRawBufferPointer(rebasing: buffer.bytes[place(of: offset)..<count])
    }

    private mutating func refill(at offset: Int, kept: Int, needed: Int) throws(ParquetError) {
        let wanted = min(max(needed, readAhead), end - offset)
        let from = count - kept
        // A read that fails leaves no window.
        count = 0
        let memory: UnsafeMutableRawBufferPointer
        if kept == 0 || PageBuffer.isWritable(&buffer, count: wanted) {
            memory = try PageBuffer.writable(&buffer, count: wanted)
            if kept > 0 { memory.copyMemory(from: UnsafeRawBufferPointer(rebasing: memory[from..<(from + kept)])) }
        } else {
            let old = buffer
            memory = try PageBuffer.writable(&buffer, count: wanted)
            if let old { memory.copyMemory(from: UnsafeRawBufferPointer(rebasing: old.bytes[from..<(from + kept)])) }
        }
        try source.read(at: offset + kept, into: UnsafeMutableRawBufferPointer(rebasing: memory[kept..<wanted]))
        (start, count) = (offset, wanted)
    }
}
