/// Walks over the pretokens of valid text and hands them to a tally.
struct PretokenEngine<Cutter: Splitter, Tally: PretokenTally & ~Copyable>: ~Copyable {
    /// Counts the pretokens and holds the total.
    var tally: Tally
    private let classes = UnicodeClasses.table
    private var memory = ScratchMemory()
    /// A copy of the end of a text with extra bytes, so that blocks and keys may be read past its end.
    private let tail: UnsafeMutablePointer<UInt8>
    /// Pretokens that the tally expects and has not been given yet.
    private let noted: UnsafeMutablePointer<NotedPretoken>
    private var notedCount = 0

    /// The batch goes to the tally when it has at least this many pretokens; a block adds at most as many.
    private static var batch: Int { 64 }

    /// Bytes that are read at once from a pretoken's start: a block, and a key from the block's last byte.
    private static var reach: Int { ByteBlock.width + 16 }

    init(_ cutter: Cutter.Type, _ tally: consuming Tally) {
        self.tally = tally
        tail = memory.allocate(3 * Self.reach, of: 0)
        noted = memory.allocate(Self.batch + ByteBlock.width)
    }

    /// Hands the pretokens of a text to the tally.
    ///
    /// - Parameters:
    ///   - bytes: Valid UTF-8.
    ///   - length: Its bytes.
    mutating func count(_ bytes: UnsafePointer<UInt8>, _ length: Int) {
        let text = TextScan(bytes, end: length, classes: classes)
        var start = 0
        while length - start >= Self.reach {
            start += step(text, start, length)
        }
        if start < length {
            let rest = length - start
            tail.update(from: bytes + start, count: rest)
            (tail + rest).update(repeating: 0, count: Self.reach)
            let text = TextScan(tail, end: rest, classes: classes)
            var start = 0
            while start < rest { start += step(text, start, rest + Self.reach) }
        }
        finish()
    }

    private mutating func finish() {
        handOver()
        tally.finish()
    }

    @inline(__always)
    private mutating func handOver() {
        tally.take(UnsafeBufferPointer(start: noted, count: notedCount))
        notedCount = 0
    }

    @inline(__always)
    private mutating func note(_ bytes: UnsafePointer<UInt8>, _ length: Int) {
        let pretoken = NotedPretoken(bytes, length)
        tally.expect(pretoken)
        (noted + notedCount).initialize(to: pretoken)
        notedCount &+= 1
    }

    /// Notes the pretokens of a block, or one pretoken; returns how many bytes they take.
    ///
    /// Bytes must be readable up to an offset, ``reach`` of them from the start.
    @inline(__always)
    private mutating func step(_ text: TextScan, _ start: Int, _ readable: Int) -> Int {
        if notedCount >= Self.batch { handOver() }
        let bytes = text.bytes + start
        // Scripts that blocks do not cover begin with these bytes, after a space or at once.
        if bytes[0] < 0xE0, bytes[1] < 0xE0 {
            let block = ByteBlock(
                bytes, length: text.end - start, classes: classes, blockLetters: Cutter.blockLetters,
                stopsAtControls: Cutter.stopsAtControls)
            let found = Cutter.boundaries(block)
            var starts = found.starts & found.settled & ~1
            let isWhole = block.endsText && found.settled == block.valid
            if starts != 0 || isWhole {
                var from = 0
                while starts != 0 {
                    let to = starts.trailingZeroBitCount
                    starts &= starts &- 1
                    note(bytes + from, to &- from)
                    from = to
                }
                if isWhole {
                    note(bytes + from, block.count &- from)
                    from = block.count
                }
                return from
            }
        }
        let end = Cutter.pretokenEnd(text, start)
        if readable &- end < 16 { return countLast(bytes, end &- start) }
        note(bytes, end &- start)
        return end &- start
    }

    /// Counts a pretoken at a text's end, copied where keys may be read past its end.
    @inline(never)
    private mutating func countLast(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> Int {
        let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: length + 16)
        defer { copy.deallocate() }
        copy.update(from: bytes, count: length)
        (copy + length).update(repeating: 0, count: 16)
        note(copy, length)
        finish()
        return length
    }
}
