import CDataWallVector

/// Cuts documents into units.
///
/// A line ends after its line feed, a paragraph after a run of two line feeds or more; the end of a document ends both.
/// Terminators belong to the unit they end when tokens are counted, and to none when it is fingerprinted.
struct UnitSplitter {
    /// The texts of the units, without terminators.
    private(set) var texts: [Range<Int>] = []
    /// Where the units end, terminators included.
    private(set) var ends: [Int] = []

    /// Where the unit in the making starts.
    private var start = 0
    /// The last run of line feeds of a document cut into paragraphs.
    private var feeds = 0..<0

    /// Cuts a document, forgetting the one before it.
    ///
    /// An empty document is one empty unit.
    ///
    /// - Complexity: O(*n*), sixty-four bytes at a time.
    mutating func split(_ document: UnsafeBufferPointer<UInt8>, into level: Audit.Level) {
        texts.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        start = 0
        feeds = 0..<0
        guard let base = document.baseAddress, !document.isEmpty else { return append(0..<0, end: 0) }
        let cutsLines = level != .paragraph
        var block = 0
        while block < document.count {
            // What follows a document may not be ours to read, so its last bytes get a block of their own.
            var found =
                document.count - block < 64
                ? lastFeeds(document, from: block) : datawall_line_feeds64(base + block)
            while found != 0 {
                let place = block + found.trailingZeroBitCount
                found &= found &- 1
                if cutsLines { append(start..<place, end: place + 1) } else { take(feed: place) }
            }
            block += 64
        }
        // A line feed that ends the document ends its last paragraph.
        if feeds.count > 1 || !feeds.isEmpty && feeds.upperBound == document.count {
            append(start..<feeds.lowerBound, end: feeds.upperBound)
        }
        if start < document.count { append(start..<document.count, end: document.count) }
    }

    private func lastFeeds(_ document: UnsafeBufferPointer<UInt8>, from block: Int) -> UInt64 {
        var found: UInt64 = 0
        for place in block..<document.count where document[place] == UInt8(ascii: "\n") {
            found |= 1 << UInt64(place - block)
        }
        return found
    }

    private mutating func take(feed place: Int) {
        if place == feeds.upperBound, !feeds.isEmpty {
            feeds = feeds.lowerBound..<place + 1
            return
        }
        if feeds.count > 1 { append(start..<feeds.lowerBound, end: feeds.upperBound) }
        feeds = place..<place + 1
    }

    @inline(__always)
    private mutating func append(_ text: Range<Int>, end: Int) {
        texts.append(text)
        ends.append(end)
        start = end
    }
}
