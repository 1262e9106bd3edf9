import OrderedJSON

/// Writes a run of unit records.
struct RunWriter: ~Copyable {
    private var writer: EntryWriter<UnitRecord>
    private let origins: [RunOrigin]

    init(
        creating path: String, layout: RecordLayout = .plain, origins: [RunOrigin], isDurable: Bool = true
    ) throws(RunError) {
        writer = try EntryWriter(
            creating: path, header: RunFile.header(layout), columns: layout.isPlain ? nil : RecordRows(layout: layout),
            isDurable: isDurable)
        self.origins = origins
    }

    /// Appends a record, which must not sort before the previous one.
    mutating func append(_ record: UnitRecord) throws(RunError) { try writer.append(record) }

    /// Appends such a record whose tokens are the number of a row.
    mutating func append(_ record: UnitRecord, of rows: RecordRows) throws(RunError) {
        try writer.append(record, of: rows)
    }

    /// Writes the end; a durable run is safe once this returns, and only then may a commit name it.
    consuming func finish() throws(RunError) {
        let origins = origins
        try writer.finish { Array(RunFooter(recordCount: $0, origins: origins).json.compactText.utf8) }
    }

    /// Writes a whole run.
    static func write(
        _ records: SortedRecords, rows: RecordRows? = nil, origins: [RunOrigin], to path: String, isDurable: Bool = true
    ) throws(RunError) {
        var run = try RunWriter(
            creating: path, layout: rows?.layout ?? .plain, origins: origins, isDurable: isDurable)
        while run.writer.count < records.count {
            let first = run.writer.count
            try run.writer.appendBlock(of: rows) { records.copy(from: first, below: records.count, into: $0) }
        }
        try run.finish()
    }
}
