/// Records in memory, read in the order of their fingerprints, then origin and position.
struct SortedRecords: Sendable {
    private let held: HeldRecords
    private let order: RecordOrder

    /// Reads the records that an order names.
    init(_ held: HeldRecords, _ order: RecordOrder) {
        self.held = held
        self.order = order
    }

    /// How many there are.
    var count: Int { order.count }

    /// Copies the records at and after a place into a buffer, as many as fit or as exist before `end`, and returns
    /// their number.
    func copy(from place: Int, below end: Int, into target: UnsafeMutableBufferPointer<UnitRecord>) -> Int {
        let copied = min(target.count, end - place)
        for offset in 0..<min(RecordOrder.lookahead, copied) { prefetch(place + offset) }
        for offset in 0..<copied {
            prefetch(place + offset + RecordOrder.lookahead)
            target.initializeElement(at: offset, to: self[place + offset])
        }
        return copied
    }

    /// The record in a place of the order.
    @inline(__always)
    subscript(place: Int) -> UnitRecord {
        precondition(place >= 0 && place < count, "a place among the records")
        return held.all[Int(truncatingIfNeeded: order.keys[place] & 0xFFFF_FFFF)]
    }

    /// Prefetches the record in a place that will be read soon.
    @inline(__always)
    private func prefetch(_ place: Int) {
        guard place < count else { return }
        held.all.prefetch(Int(truncatingIfNeeded: order.keys[place] & 0xFFFF_FFFF))
    }

    /// The first place whose fingerprint's upper half is not below a bound.
    func firstPlace(notBelow bound: UInt64) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle].high < bound { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
