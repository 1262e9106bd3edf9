/// The records of one worker, and an index of them by text for when looking a text up costs less than another record.
///
/// With the index, repeats are folded as they arrive. An open-addressing table of fingerprints points at the newest
/// record of each text: a text that comes again from the same origin with the same quality only counts up; from
/// elsewhere it makes another record, and the index follows it, so that a chain never forms however many origins share
/// a text.
struct RecordTable {
    private(set) var records: [UnitRecord] = []
    private var slots: [UInt32]
    private let isIndexed: Bool

    /// Bytes of memory a record costs at most: itself, its copy while sorting, and its share of the index.
    static let bytesPerRecord = 2 * MemoryLayout<UnitRecord>.stride + 16

    /// Creates an empty table.
    ///
    /// `isIndexed` says whether repeats are looked up; a lookup misses the cache, some 100 ns in a large table.
    init(isIndexed: Bool) {
        self.isIndexed = isIndexed
        slots = [UInt32](repeating: 0, count: isIndexed ? 1 << 12 : 0)
    }

    /// Tokens of a text that is in the index, or `nil`.
    func tokens(of fingerprint: Fingerprint) -> UInt32? {
        guard isIndexed else { return nil }
        let entry = slots[slot(of: fingerprint)]
        return entry == 0 ? nil : records[Int(entry) - 1].tokens
    }

    /// Takes in a unit.
    mutating func insert(_ record: UnitRecord) {
        guard isIndexed else { return records.append(record) }
        let slot = slot(of: record.fingerprint)
        let entry = slots[slot]
        if entry != 0, records[Int(entry) - 1].folds(with: record),
            records[Int(entry) - 1].copies < UnitRecord.maximumCopies
        {
            records[Int(entry) - 1].word += 1
            return
        }
        records.append(record)
        slots[slot] = UInt32(records.count)
        if entry == 0, records.count * 2 > slots.count { grow() }
    }

    /// The records, sorted, leaving the table empty.
    mutating func takeSorted() -> [UnitRecord] {
        var sorted: [UnitRecord] = []
        swap(&sorted, &records)
        slots = [UInt32](repeating: 0, count: isIndexed ? 1 << 12 : 0)
        RecordSort.sort(&sorted)
        return sorted
    }

    /// The slot where a fingerprint stands, or the empty one where it would.
    @inline(__always)
    private func slot(of fingerprint: Fingerprint) -> Int {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: fingerprint.low) & mask
        while true {
            let entry = slots[slot]
            if entry == 0 || records[Int(entry) - 1].fingerprint == fingerprint { return slot }
            slot = (slot + 1) & mask
        }
    }

    private mutating func grow() {
        let mask = slots.count * 2 - 1
        var larger = [UInt32](repeating: 0, count: mask + 1)
        for entry in slots where entry != 0 {
            var slot = Int(truncatingIfNeeded: records[Int(entry) - 1].low) & mask
            while larger[slot] != 0 { slot = (slot + 1) & mask }
            larger[slot] = entry
        }
        slots = larger
    }
}
