/// Cuts documents into units.
///
/// A line ends after its line feed, a paragraph after a run of two line feeds or more; the end of a document ends both.
/// Terminators belong to the unit they end when tokens are counted, and to none when it is fingerprinted.
struct UnitSplitter {
    /// A unit of a document.
    struct Unit {
        /// Where its text starts and ends, without terminators.
        var text: Range<Int>
        /// Where it ends, terminators included.
        var end: Int
    }

    private(set) var units: [Unit] = []
    private(set) var ends: [Int] = []

    mutating func split(_ document: UnsafeBufferPointer<UInt8>, into level: Audit.Level) {
        units.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        var start = 0
        var position = 0
        let count = document.count
        let feed = UInt8(ascii: "\n")
        while start < count {
            // From the search for a line feed on, `position` is past it.
            while position < count, document[position] != feed { position += 1 }
            let textEnd = position
            var end = min(position + 1, count)
            if level == .paragraph, end < count {
                guard document[end] == feed else {
                    position = end
                    continue
                }
                while end < count, document[end] == feed { end += 1 }
            }
            units.append(Unit(text: start..<textEnd, end: end))
            ends.append(end)
            start = end
            position = end
        }
        if units.isEmpty {
            units.append(Unit(text: 0..<0, end: 0))
            ends.append(0)
        }
    }
}
