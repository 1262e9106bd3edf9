/// Records in memory, divided into those that are the only one of their text, which are handed out as they are, and the
/// others, which are handed out text by text.
///
/// Sums need no order of texts, so only records that may share a text are put in order, and only by 32 bits. Joins need
/// the order of entries: the records that entries of an analysis are joined with are among the others, too.
final class SharedRecords: Sendable {
    private let held: HeldRecords
    /// The marks that were found here, where the records came without; written in `init`, and read ever after.
    private let found: MappedMemory
    private let order: RecordOrder

    /// Divides records.
    ///
    /// - Parameters:
    ///   - held: The records.
    ///   - inOrder: Whether the others are put in the order of entries.
    ///   - room: Memory of any content, for an order.
    /// - Throws: ``RunError/outOfMemory(_:)``.
    /// - Complexity: O(*n*) expected.
    init(of held: HeldRecords, inOrder: Bool, room: consuming MappedMemory?) throws(RunError) {
        self.held = held
        found = try Self.marks(held.marks == nil ? held.all : nil)
        let words = Self.words(held.marks ?? found.bytes, count: held.count)
        order = try RecordOrder(
            of: held.all, places: MarkedPlaces(words: words),
            count: words.reduce(0) { $0 + $1.nonzeroBitCount }, room: room, settlesTies: inOrder)
    }

    /// A bit for each record, set where another one may have its text.
    ///
    /// The memory is that of `found` or `held`, and so is there as long as this object is.
    private var words: UnsafeBufferPointer<UInt64> { Self.words(held.marks ?? found.bytes, count: count) }

    private static func words(_ marks: UnsafeMutableRawBufferPointer, count: Int) -> UnsafeBufferPointer<UInt64> {
        UnsafeBufferPointer(rebasing: UnsafeBufferPointer(marks.bindMemory(to: UInt64.self))[..<((count + 63) / 64)])
    }

    /// Marks the records whose upper bits another record has, too: all that share a text, and about a tenth of the
    /// others.
    private static func marks(_ records: PackedRecords.View?) throws(RunError) -> MappedMemory {
        guard let records else {
            guard let none = MappedMemory(byteCount: 0) else { throw .outOfMemory("sorting records") }
            return none
        }
        // Eight to sixteen places of two bits for each record: seen, and seen again. A place is a number of `bits` bits, and
        // each of the 2^(bits - 5) words has 32 places, so no index is out of bounds.
        let bits = max(5, Int.bitWidth - (8 * records.count).leadingZeroBitCount)
        guard let marks = MappedMemory(byteCount: (records.count + 63) / 64 * 8),
            let memory = MappedMemory(byteCount: 1 << (bits - 2))
        else { throw .outOfMemory("sorting records") }
        let places = memory.bytes.bindMemory(to: UInt64.self)
        let words = marks.bytes.bindMemory(to: UInt64.self)
        let shift = UInt64(64 - bits)
        for number in 0..<records.count {
            let place = records.high(number) >> shift
            let seen = UInt64(1) << (place & 31)
            // The lower half of a word has the bits of records that were seen, the upper half of those seen again.
            let word = places[Int(place >> 5)]
            places[Int(place >> 5)] = word | seen | (word & seen) << 32
        }
        for number in 0..<records.count {
            let place = records.high(number) >> shift
            words[number >> 6] |= (places[Int(place >> 5)] >> (32 | place & 31) & 1) << UInt64(number & 63)
        }
        return marks
    }

    /// The others in the order of entries, if they were put in it.
    var sorted: SortedRecords { SortedRecords(held, order) }

    /// The number of records.
    var count: Int { held.count }

    /// Hands out the records in a range of places that are the only ones of their texts.
    @inline(__always)
    func forEachLone(in places: Range<Int>, _ take: (UnitRecord) -> Void) {
        let records = held.all
        let words = words
        for place in places where words[place >> 6] >> UInt64(place & 63) & 1 == 0 { take(records[place]) }
    }

    /// The places, among the other records, of those whose fingerprints' upper halves are in a range.
    ///
    /// The bounds are multiples of 2³².
    func places(from low: UInt64, below high: UInt64?) -> Range<Int> {
        let first = firstPlace(notBelow: low)
        return first..<max(first, high.map { firstPlace(notBelow: $0) } ?? order.count)
    }

    private func firstPlace(notBelow bound: UInt64) -> Int {
        var low = 0
        var high = order.count
        while low < high {
            let middle = (low + high) / 2
            if order.keys[middle] < bound { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Hands out the other records in a range of places, text by text, up to the end of the text that contains the
    /// `most`th of them; returns where to go on.
    ///
    /// `take` is given all records of one text in any order, and then `finish` is called. The range is of whole texts.
    @inline(__always)
    func forEachText(
        in places: Range<Int>, most: Int, take: (UnitRecord) -> Void, finish: () -> Void
    ) -> Int {
        let records = held.all
        let keys = order.keys
        var place = places.lowerBound
        let end = min(places.upperBound, place + most)
        for ahead in place..<min(place + RecordOrder.lookahead, places.upperBound) { prefetch(ahead, records) }
        while place < end {
            let first = records[Int(keys[place] & 0xFFFF_FFFF)]
            let lead = keys[place] >> 32
            var others: [Int] = []
            take(first)
            repeat {
                if place + RecordOrder.lookahead < places.upperBound {
                    prefetch(place + RecordOrder.lookahead, records)
                }
                place += 1
                guard place < places.upperBound, keys[place] >> 32 == lead else { break }
                let number = Int(keys[place] & 0xFFFF_FFFF)
                let record = records[number]
                if record.hasSameText(as: first) { take(record) } else { others.append(number) }
            } while true
            finish()
            if !others.isEmpty { forEachText(ofAlike: others, records, take: take, finish: finish) }
        }
        return place
    }

    /// Hands out records whose fingerprints are alike in their upper bits: hardly any are, unless somebody made them so.
    private func forEachText(
        ofAlike numbers: [Int], _ records: PackedRecords.View, take: (UnitRecord) -> Void, finish: () -> Void
    ) {
        var last: Fingerprint?
        for number in numbers.sorted(by: { records.fingerprint($0) < records.fingerprint($1) }) {
            let record = records[number]
            if let last, last != record.fingerprint { finish() }
            last = record.fingerprint
            take(record)
        }
        finish()
    }

    @inline(__always)
    private func prefetch(_ place: Int, _ records: PackedRecords.View) {
        records.prefetch(Int(order.keys[place] & 0xFFFF_FFFF))
    }
}

/// The places of set bits, from the lowest on.
private struct MarkedPlaces: Sequence, IteratorProtocol {
    private let words: UnsafeBufferPointer<UInt64>
    private var index = -1
    private var left: UInt64 = 0

    init(words: UnsafeBufferPointer<UInt64>) { self.words = words }

    mutating func next() -> Int? {
        while left == 0 {
            index += 1
            guard index < words.count else { return nil }
            left = words[index]
        }
        defer { left &= left &- 1 }
        return index << 6 | left.trailingZeroBitCount
    }
}
