extension EntryCursor<UnitRecord> {
    /// Walks records in memory whose fingerprints' upper halves are in a range.
    init(_ records: SortedRecords, rows: RecordRows? = nil, from low: UInt64, below high: UInt64?) {
        let first = records.firstPlace(notBelow: low)
        let end = high.map { records.firstPlace(notBelow: $0) } ?? records.count
        self.init(first..<max(first, end), columns: rows) { records.copy(from: $0, below: $1, into: $2) }
    }

    /// Walks the records of a file in such a range; `count` files are walked together.
    ///
    /// - Throws: ``RunError`` if a block is damaged, or contains values that no scan writes.
    init(_ run: RunFile, from low: UInt64, below high: UInt64?, among count: Int = 1) throws(RunError) {
        let inspection = UnitInspection(run, among: count)
        try self.init(
            run.file, columns: run.layout.isPlain ? nil : RecordRows(layout: run.layout), from: low, below: high
        ) { inspection.fault(in: $0, rows: $1) }
    }
}

/// Checks the records of a run, block by block.
private final class UnitInspection {
    private let layout: RecordLayout
    private let originCount: Int
    /// The sum of the records so far, copies counted, in bytes or tokens, and its limit.
    private var sum: UInt64 = 0
    private let sumLimit: UInt64

    init(_ run: RunFile, among count: Int) {
        layout = run.layout
        originCount = run.origins.count
        // The sums of all runs that are walked together stay below 2⁶², so that no addition overflows.
        sumLimit = 1 << 62 / UInt64(max(1, count))
    }

    func fault(in block: [UnitRecord], rows: RecordRows?) -> String? {
        var highestOrigin = 0
        var positions: UInt64 = 0
        var words: UInt64 = 0
        var fewestBytes = UInt32.max
        // A record adds less than 2⁴⁸ and a block less than 2⁵⁹.
        var added: UInt64 = 0
        for record in block {
            highestOrigin = max(highestOrigin, record.origin)
            positions |= record.position
            words |= record.word
            fewestBytes = min(fewestBytes, record.bytes)
            var tokens = record.tokens
            if let rows { tokens = (0..<layout.tokenizers).reduce(0) { max($0, rows[record.tokens, $1]) } }
            added += UInt64(record.copies) * UInt64(max(tokens, record.bytes))
        }
        if highestOrigin >= originCount { return "a record has an origin that its footer does not name" }
        if positions > UInt64(Int.max) { return "a record has a position of 2⁶³ or more" }
        if words & UnitRecord.reservedBits != 0 { return "a record has bits set that mean nothing" }
        if fewestBytes == 0 { return "a record has no byte" }
        if added > sumLimit - sum { return "its records add up to more bytes or tokens than can be" }
        sum += added
        return nil
    }
}
