import CDataWallVector

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

    /// Copies records from a place on into a buffer, as many as it has room for or there are before `end`, and returns
    /// how many.
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
        let index = order.keys[place] & 0xFFFF_FFFF
        return (held.all.baseAddress.unsafelyUnwrapped + Int(truncatingIfNeeded: index)).pointee
    }

    /// Asks for the record in a place ahead, which will be read soon.
    @inline(__always)
    private func prefetch(_ place: Int) {
        guard place < count else { return }
        let record = held.all.baseAddress.unsafelyUnwrapped + Int(truncatingIfNeeded: order.keys[place] & 0xFFFF_FFFF)
        datawall_prefetch(record)
        // A record of forty bytes spans two cache lines more often than not.
        datawall_prefetch(UnsafeRawPointer(record) + MemoryLayout<UnitRecord>.stride - 1)
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
