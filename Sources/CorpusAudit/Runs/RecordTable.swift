/// The records of one worker, and an index of them by text for when looking a text up costs less than counting it.
///
/// With the index, repeats are folded as they arrive, and the text of a repeat is not counted again. An open-addressing index of fingerprints points at the newest record of each text. A text that comes again from the
/// same origin with the same quality only counts up; from elsewhere it makes another record, and the index follows it,
/// so that a chain never forms however many origins share a text.
struct RecordTable {
    private(set) var records: [UnitRecord] = []
    private var slots: [UInt32]

    /// Creates an empty table.
    ///
    /// - Parameter isIndexed: Whether repeats are looked up; a lookup misses the cache, some 100 ns in a large table.
    init(isIndexed: Bool) { slots = [UInt32](repeating: 0, count: isIndexed ? 1 << 12 : 0) }

    /// Takes in a unit.
    ///
    /// `countTokens` is called only for a text that is not in the table yet.
    mutating func insert(
        _ fingerprint: Fingerprint, bytes: Int, origin: Int, quality: QualityWeight, countTokens: () -> UInt32
    ) {
        guard !slots.isEmpty else {
            records.append(
                UnitRecord(
                    fingerprint, tokens: countTokens(), bytes: UInt32(clamping: bytes), origin: origin, quality: quality
                ))
            return
        }
        let slot = slot(of: fingerprint)
        let entry = slots[slot]
        let tokens = entry == 0 ? countTokens() : records[Int(entry) - 1].tokens
        let record = UnitRecord(
            fingerprint, tokens: tokens, bytes: UInt32(clamping: bytes), origin: origin, quality: quality)
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
        slots = []
        var sorted: [UnitRecord] = []
        swap(&sorted, &records)
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
            if entry == 0 { return slot }
            let record = records[Int(entry) - 1]
            if record.low == fingerprint.low, record.high == fingerprint.high { return slot }
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
