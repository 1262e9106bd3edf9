/// Writes a run: records in order, then their checksums and names.
struct RunWriter: ~Copyable {
    private let file: SystemFile
    private let origins: [RunOrigin]
    private let tokenizers: Int
    private var block: [UnitRecord] = []
    /// The rows of the block's records, where there are several tokenizers.
    private var blockRows: TokenRows
    private var checksums: [UInt64] = []
    private var recordCount = 0

    init(creating path: String, tokenizers: Int = 1, origins: [RunOrigin]) throws(RunError) {
        let file = try SystemFile(creating: path)
        var header = RunFile.magic
        for value in [RunFile.version, UInt32(RunFile.stride(tokenizers)), UInt32(RunFile.recordsPerBlock), 0] {
            header += Self.bytes(UInt64(value)).prefix(4)
        }
        header += [UInt8](repeating: 0, count: RunFile.headerSize - header.count)
        try file.write(header)
        self.file = file
        self.origins = origins
        self.tokenizers = tokenizers
        blockRows = TokenRows(width: tokenizers)
        block.reserveCapacity(RunFile.recordsPerBlock)
    }

    /// Appends a record, which must not precede the one before it.
    mutating func append(_ record: UnitRecord) throws(RunError) {
        block.append(record)
        if block.count == RunFile.recordsPerBlock { try flush() }
    }

    /// Appends such a record whose counts are in a row.
    mutating func append(_ record: UnitRecord, row: UInt32, of rows: TokenRows) throws(RunError) {
        precondition(rows.width == tokenizers, "a count for each tokenizer")
        var record = record
        record.tokens = blockRows.append(row, of: rows)
        try append(record)
    }

    /// Writes the end and makes the file durable; only then may a commit name it.
    consuming func finish() throws(RunError) {
        try flush()
        let footer = Array(RunFile.footer(recordCount: recordCount, origins: origins).utf8)
        let sums = checksums.flatMap { Self.bytes($0) }
        let tail = sums + footer
        let digest = tail.withUnsafeBytes { RunFile.checksum($0) }
        let footerOffset = RunFile.headerSize + recordCount * RunFile.stride(tokenizers) + sums.count
        try file.write(
            tail + Self.bytes(UInt64(footerOffset)) + Self.bytes(UInt64(footer.count)) + Self.bytes(digest)
                + RunFile.endMagic)
        try file.synchronize()
    }

    /// Writes a whole run.
    static func write(
        _ records: SortedRecords, rows: TokenRows? = nil, origins: [RunOrigin], to path: String
    ) throws(RunError) {
        var writer = try RunWriter(creating: path, tokenizers: rows?.width ?? 1, origins: origins)
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
        if tokenizers == 1 {
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

    /// The block with the counts of its rows in place: the first in the record, the others behind it.
    private func wideBlock() -> [UInt64] {
        let words = MemoryLayout<UnitRecord>.stride / 8
        let width = words + tokenizers - 1
        return [UInt64](unsafeUninitializedCapacity: block.count * width) { target, initialized in
            for (index, record) in block.enumerated() {
                let row = record.tokens
                var record = record
                record.tokens = blockRows[row, 0]
                UnsafeMutableRawPointer(target.baseAddress.unsafelyUnwrapped + index * width)
                    .storeBytes(of: record, as: UnitRecord.self)
                for column in 1..<tokenizers {
                    target.initializeElement(at: index * width + words + column - 1, to: UInt64(blockRows[row, column]))
                }
            }
            initialized = block.count * width
        }
    }

    private static func bytes(_ value: UInt64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * UInt64($0))) }
    }
}
