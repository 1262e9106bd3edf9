/// Writes a run: records in order, then their checksums and names.
struct RunWriter: ~Copyable {
    private let file: SystemFile
    private let origins: [RunOrigin]
    private var block: [UnitRecord] = []
    private var checksums: [UInt64] = []
    private var recordCount = 0

    init(creating path: String, origins: [RunOrigin]) throws(RunError) {
        let file = try SystemFile(creating: path)
        var header = RunFile.magic
        for value in [RunFile.version, UInt32(RunFile.stride), UInt32(RunFile.recordsPerBlock), 0] {
            header += Self.bytes(UInt64(value)).prefix(4)
        }
        header += [UInt8](repeating: 0, count: RunFile.headerSize - header.count)
        try file.write(header)
        self.file = file
        self.origins = origins
        block.reserveCapacity(RunFile.recordsPerBlock)
    }

    /// Appends a record, which must not precede the one before it.
    mutating func append(_ record: UnitRecord) throws(RunError) {
        block.append(record)
        if block.count == RunFile.recordsPerBlock { try flush() }
    }

    /// Writes the end and makes the file durable; only then may a commit name it.
    consuming func finish() throws(RunError) {
        try flush()
        let footer = Array(RunFile.footer(recordCount: recordCount, origins: origins).utf8)
        let sums = checksums.flatMap { Self.bytes($0) }
        let tail = sums + footer
        let digest = tail.withUnsafeBytes { RunFile.checksum($0) }
        let footerOffset = RunFile.headerSize + recordCount * RunFile.stride + sums.count
        try file.write(
            tail + Self.bytes(UInt64(footerOffset)) + Self.bytes(UInt64(footer.count)) + Self.bytes(digest)
                + RunFile.endMagic)
        try file.synchronize()
    }

    /// Writes a whole run.
    static func write(_ records: SortedRecords, origins: [RunOrigin], to path: String) throws(RunError) {
        var writer = try RunWriter(creating: path, origins: origins)
        while writer.recordCount < records.count {
            let first = writer.recordCount
            writer.block = [UnitRecord](unsafeUninitializedCapacity: RunFile.recordsPerBlock) { target, initialized in
                initialized = records.copy(from: first, below: records.count, into: target)
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
        try block.withUnsafeBufferPointer { (records) throws(RunError) in
            let bytes = UnsafeRawBufferPointer(records)
            checksums.append(RunFile.checksum(bytes))
            try file.write(bytes)
        }
        block.removeAll(keepingCapacity: true)
    }

    private static func bytes(_ value: UInt64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * UInt64($0))) }
    }
}
