/// Records, in memory or sorted in a file.
enum Run: Sendable {
    /// Records, with their rows if they are not plain.
    case memory(HeldRecords, rows: RecordRows?, origins: [RunOrigin])
    case file(RunFile)

    var origins: [RunOrigin] {
        switch self {
        case .memory(_, _, let origins): origins
        case .file(let file): file.origins
        }
    }

    var layout: RecordLayout {
        switch self {
        case .memory(_, let rows, _): rows?.layout ?? .plain
        case .file(let file): file.layout
        }
    }

    var recordCount: Int {
        switch self {
        case .memory(let records, _, _): records.count
        case .file(let file): file.recordCount
        }
    }

    /// Bytes of memory that it takes.
    var memoryBytes: Int {
        guard case .memory(let records, let rows, _) = self else { return 0 }
        // Records and their order, each in whole pages, which may be huge ones.
        return records.count * (PackedRecords.bytesPerRecord + RecordOrder.roomPerRecord) + 2
            * MappedMemory.hugePage
            + (rows.map { $0.words.count * MemoryLayout<UInt32>.stride } ?? 0)
    }

    /// Sorts the records in memory, which their first walk would otherwise wait for.
    func sort() throws(RunError) {
        if case .memory(let records, _, _) = self { _ = try records.sorted() }
    }

    /// Walks the records whose fingerprints' upper halves are in a range; `count` runs are walked together.
    func cursor(from low: UInt64, below high: UInt64?, among count: Int) throws(RunError) -> EntryCursor<UnitRecord> {
        switch self {
        case .memory(let records, let rows, _): EntryCursor(try records.sorted(), rows: rows, from: low, below: high)
        case .file(let file): try EntryCursor(file, from: low, below: high, among: count)
        }
    }
}
