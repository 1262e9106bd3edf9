import OrderedJSON

/// Writes a run: records in order, then their checksums and names.
struct RunWriter: ~Copyable {
    private let file: SystemFile
    private let origins: [RunOrigin]
    private let layout: RecordLayout
    private var block: [UnitRecord] = []
    /// The rows of the block's records, where the layout is not plain.
    private var blockRows: RecordRows
    private var checksums: [UInt64] = []
    private var recordCount = 0

    init(creating path: String, layout: RecordLayout = .plain, origins: [RunOrigin]) throws(RunError) {
        let file = try SystemFile(creating: path)
        try file.write(RunFile.header(layout))
        self.file = file
        self.origins = origins
        self.layout = layout
        blockRows = RecordRows(layout: layout)
        block.reserveCapacity(RunFile.recordsPerBlock)
    }

    /// Appends a record, which must not precede the one before it.
    mutating func append(_ record: UnitRecord) throws(RunError) {
        block.append(record)
        if block.count == RunFile.recordsPerBlock { try flush() }
    }

    /// Appends such a record whose tokens are the number of a row.
    mutating func append(_ record: UnitRecord, of rows: RecordRows) throws(RunError) {
        var record = record
        record.tokens = blockRows.append(record.tokens, of: rows)
        try append(record)
    }

    /// Writes the end and makes the file durable; only then may a commit name it.
    consuming func finish() throws(RunError) {
        try flush()
        let footer = Array(RunFooter(recordCount: recordCount, origins: origins).json.compactText.utf8)
        let sums = checksums.flatMap { RunFile.bytes($0) }
        let tail = sums + footer
        let digest = tail.withUnsafeBytes { RunFile.checksum($0) }
        let footerOffset = RunFile.headerSize + recordCount * layout.stride + sums.count
        try file.write(
            tail + RunFile.bytes(UInt64(footerOffset)) + RunFile.bytes(UInt64(footer.count)) + RunFile.bytes(digest)
                + RunFile.endMagic)
        try file.synchronize()
    }

    /// Writes a whole run.
    static func write(
        _ records: SortedRecords, rows: RecordRows? = nil, origins: [RunOrigin], to path: String
    ) throws(RunError) {
        var writer = try RunWriter(creating: path, layout: rows?.layout ?? .plain, origins: origins)
        while writer.recordCount < records.count {
            let first = writer.recordCount
            writer.block = [UnitRecord](unsafeUninitializedCapacity: RunFile.recordsPerBlock) { target, initialized in
                initialized = records.copy(
                    from: first, below: records.count,
                    into: UnsafeMutableBufferPointer(rebasing: target[..<RunFile.recordsPerBlock]))
            }
            if let rows {
                for index in writer.block.indices {
                    writer.block[index].tokens = writer.blockRows.append(writer.block[index].tokens, of: rows)
                }
            }
            try writer.flush()
        }
        try writer.finish()
    }

    private mutating func flush() throws(RunError) {
        guard !block.isEmpty else { return }
        recordCount += block.count
        // The records' memory is the file's layout on little-endian machines; others would swap here.
        #if _endian(big)
            #error("run files are little-endian")
        #endif
        let sum: UInt64
        if layout.isPlain {
            sum = try block.withUnsafeBufferPointer { (records) throws(RunError) in
                try Self.write(UnsafeRawBufferPointer(records), to: file)
            }
        } else {
            sum = try wideBlock().withUnsafeBufferPointer { (words) throws(RunError) in
                try Self.write(UnsafeRawBufferPointer(words), to: file)
            }
            blockRows.removeAll()
        }
        checksums.append(sum)
        block.removeAll(keepingCapacity: true)
    }

    /// Writes a block and returns its checksum.
    private static func write(_ bytes: UnsafeRawBufferPointer, to file: borrowing SystemFile) throws(RunError) -> UInt64
    {
        try file.write(bytes)
        return RunFile.checksum(bytes)
    }

    /// The block with its rows in place: the first count in the record, the others and the score behind it.
    private func wideBlock() -> [UInt64] {
        let words = MemoryLayout<UnitRecord>.stride / 8
        let width = layout.stride / 8
        return [UInt64](unsafeUninitializedCapacity: block.count * width) { target, initialized in
            for (index, record) in block.enumerated() {
                let row = record.tokens
                var record = record
                record.tokens = blockRows[row, 0]
                UnsafeMutableRawPointer(target.baseAddress.unsafelyUnwrapped + index * width)
                    .storeBytes(of: record, as: UnitRecord.self)
                for column in 1..<layout.tokenizers {
                    target.initializeElement(at: index * width + words + column - 1, to: UInt64(blockRows[row, column]))
                }
                guard layout.hasScores else { continue }
                target.initializeElement(at: (index + 1) * width - 1, to: blockRows.score(row).bitPattern)
            }
            initialized = block.count * width
        }
    }
}
