/// Walks over the pretokens of valid text and hands them to a tally.
struct PretokenEngine<Cutter: Splitter, Tally: PretokenTally & ~Copyable>: ~Copyable {
    /// What is counted with, and the total.
    var tally: Tally
    private let classes = UnicodeClasses.table
    /// The end of a text with room behind it, so that blocks and keys may be read past its end.
    private let tail: UnsafeMutablePointer<UInt8>

    /// Bytes that are read at once from a pretoken's start: a block, and a key from the block's last byte.
    private static var reach: Int { ByteBlock.width + 16 }

    init(_ cutter: Cutter.Type, _ tally: consuming Tally) {
        self.tally = tally
        tail = .allocate(capacity: 3 * Self.reach)
        tail.initialize(repeating: 0, count: 3 * Self.reach)
    }

    deinit { tail.deallocate() }

    /// Hands the pretokens of a text to the tally.
    ///
    /// - Parameters:
    ///   - bytes: Valid UTF-8.
    ///   - length: Its bytes.
    mutating func count(_ bytes: UnsafePointer<UInt8>, _ length: Int) {
        let text = TextScan(bytes, end: length, classes: classes)
        var start = 0
        while length - start >= Self.reach {
            start += step(text, start)
        }
        if start < length {
            let rest = length - start
            tail.update(from: bytes + start, count: rest)
            (tail + rest).update(repeating: 0, count: Self.reach)
            let text = TextScan(tail, end: rest, classes: classes)
            var start = 0
            while start < rest { start += step(text, start) }
        }
    }

    /// Counts the pretokens of a block, or one pretoken; returns how many bytes they take.
    ///
    /// ``reach`` bytes must be readable at the start.
    @inline(__always)
    private mutating func step(_ text: TextScan, _ start: Int) -> Int {
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
                var sum = Tally.Amount.zero
                while starts != 0 {
                    let to = starts.trailingZeroBitCount
                    starts &= starts &- 1
                    sum += tally.count(bytes + from, to &- from)
                    from = to
                }
                if isWhole {
                    sum += tally.count(bytes + from, block.count &- from)
                    from = block.count
                }
                tally.take(sum)
                return from
            }
        }
        let end = Cutter.pretokenEnd(text, start)
        if end &- start >= Self.reach, text.end &- end < 16 { return countLast(bytes, end &- start) }
        tally.take(tally.count(bytes, end &- start))
        return end &- start
    }

    /// Counts a long pretoken that a text ends with, copied where keys may be read past its end.
    @inline(never)
    private mutating func countLast(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> Int {
        let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: length + 16)
        defer { copy.deallocate() }
        copy.update(from: bytes, count: length)
        (copy + length).update(repeating: 0, count: 16)
        tally.take(tally.count(copy, length))
        return length
    }
}
