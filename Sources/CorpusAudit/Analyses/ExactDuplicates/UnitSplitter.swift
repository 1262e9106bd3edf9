import CDataWallVector

/// Cuts documents into units.
///
/// A line ends with LF or CRLF. A blank line has nothing before its line end; blank lines end a paragraph. The end of a
/// document ends both. Line ends, and the blank lines after a paragraph, belong to the unit before them for counting
/// tokens, and to no unit for the fingerprint.
struct UnitSplitter: ~Copyable {
    private let level: Audit.Level

    /// The ends of the units.
    ///
    /// Owned by this value: allocated here, grown in `makeRoom`, freed in `deinit`.
    private var places: UnsafeMutablePointer<Int>
    private var capacity = 1_024
    private var count = 0

    init(level: Audit.Level) {
        self.level = level
        places = .allocate(capacity: capacity)
    }

    deinit { places.deallocate() }

    /// The ends of the last document's units, terminators included; valid until the next document is split.
    var ends: UnsafeBufferPointer<Int> { UnsafeBufferPointer(start: places, count: count) }

    /// Cuts a document, and forgets the previous one.
    ///
    /// An empty document is one empty unit.
    ///
    /// - Complexity: O(*n*), sixty-four bytes at a time.
    mutating func split(_ document: UnsafeBufferPointer<UInt8>) {
        count = 0
        guard let base = document.baseAddress, !document.isEmpty else { return append(0) }
        // A document starts with a line, so a line end at its start is a blank line.
        var run = LineEnds(count: 1, end: 0)
        for block in stride(from: 0, to: document.count, by: 64) {
            makeRoom()
            // The bytes after a document may not be readable, so its last bytes are copied to a block of their own.
            var found =
                document.count - block < 64
                ? lastFeeds(document, from: block) : datawall_line_feeds64(base + block)
            guard level == .paragraph else {
                appendLines(found, from: block)
                continue
            }
            while found != 0 {
                take(feed: block + found.trailingZeroBitCount, of: base, &run)
                found &= found &- 1
            }
        }
        if run.count > 1 { append(run.end) }
        if count == 0 || places[count - 1] < document.count { append(document.count) }
    }

    /// The text of a unit of the document, without the line ends after it.
    ///
    /// A line has one line end. The last line of a document may have none, and then keeps a carriage return at its end.
    @inline(__always)
    func text(from start: Int, to end: Int, of document: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        var end = end
        while end > start, document[end - 1] == UInt8(ascii: "\n") {
            end -= 1
            if end > start, document[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        }
        return UnsafeBufferPointer(rebasing: document[start..<end])
    }

    private func lastFeeds(_ document: UnsafeBufferPointer<UInt8>, from block: Int) -> UInt64 {
        var found: UInt64 = 0
        for place in block..<document.count where document[place] == UInt8(ascii: "\n") {
            found |= 1 << UInt64(place - block)
        }
        return found
    }

    /// A run of adjacent line ends: their number, and where the last one ends.
    private struct LineEnds {
        var count: Int
        var end: Int
    }

    private mutating func take(feed place: Int, of document: UnsafePointer<UInt8>, _ run: inout LineEnds) {
        // Nothing but a carriage return is between the line end before and this line feed.
        if place == run.end || place == run.end + 1 && document[run.end] == UInt8(ascii: "\r") {
            run = LineEnds(count: run.count + 1, end: place + 1)
            return
        }
        if run.count > 1 { append(run.end) }
        run = LineEnds(count: 1, end: place + 1)
    }

    @inline(__always)
    private mutating func append(_ end: Int) {
        places[count] = end
        count += 1
    }

    /// Adds the lines that end in a block, four at a time, since most blocks have at most four.
    @inline(__always)
    private mutating func appendLines(_ feeds: UInt64, from block: Int) {
        var feeds = feeds
        var place = count
        count += feeds.nonzeroBitCount
        repeat {
            // Places written after the last line are no units; there is room for them.
            for _ in 0..<4 {
                places[place] = block &+ feeds.trailingZeroBitCount &+ 1
                feeds &= feeds &- 1
                place &+= 1
            }
        } while feeds != 0
    }

    /// Makes room for the units that end in a block of the document, rounded up to four of them, and the last two.
    @inline(__always)
    private mutating func makeRoom() {
        if count + 70 > capacity { grow() }
    }

    private mutating func grow() {
        let larger = UnsafeMutablePointer<Int>.allocate(capacity: capacity * 2)
        larger.update(from: places, count: count)
        places.deallocate()
        places = larger
        capacity *= 2
    }
}
