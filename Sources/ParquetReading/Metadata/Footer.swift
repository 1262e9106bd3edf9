/// The footer of a file, which describes the file and comes last in it (`FileMetaData` of parquet.thrift).
///
/// Schema and row counts are read at once. Chunk descriptions are read only with their row group: a wide file with many
/// row groups has millions of them.
struct Footer: Sendable {
    let columns: [ParquetColumn]
    let rowGroups: [ParquetRowGroup]
    /// The place of each row group's description in `content`.
    private let places: [Int]
    private let content: PageBuffer
    private let count: Int
    /// The offset in the file at which the footer begins and the pages end.
    let byteOffset: Int

    private static let magic: [UInt8] = Array("PAR1".utf8)
    private static let encryptedMagic: [UInt8] = Array("PARE".utf8)
    /// The footer's length and the magic, after it.
    private static let tailBytes = 8
    /// The most nodes of a schema, and the most row groups: forged ones take far less in the footer than in memory.
    private static let mostElements = 1 << 20

    init(of source: ParquetSource, limits: ParquetLimits) throws(ParquetError) {
        guard source.size >= Self.magic.count + Self.tailBytes else {
            throw ParquetError(.notParquet, "its \(source.size) bytes are no Parquet file")
        }
        let length = try Self.length(source)
        let tail = source.size - Self.tailBytes
        guard length <= tail - Self.magic.count else {
            throw ParquetError(
                .damaged, "the footer is said to have \(length) bytes in a file of \(source.size)", byteOffset: tail)
        }
        guard length <= limits.footerBytes else {
            throw ParquetError(
                .tooLarge, "the footer has \(length) bytes and the limit is \(limits.footerBytes)", byteOffset: tail)
        }
        byteOffset = tail - length
        count = length
        var buffer: PageBuffer?
        let memory = try PageBuffer.writable(&buffer, count: length)
        try source.read(at: byteOffset, into: UnsafeMutableRawBufferPointer(rebasing: memory[..<length]))
        guard let buffer else { throw ParquetError(.outOfMemory, "there is no memory left for the footer") }
        content = buffer
        do throws(ParquetError) {
            (columns, rowGroups, places) = try Self.read(ByteReader(buffer.bytes, 0..<length))
        } catch {
            var error = error
            error.reason = "the footer cannot be read: \(error.reason)"
            error.byteOffset = byteOffset
            throw error
        }
    }

    /// The footer's length, which the magic follows.
    private static func length(_ source: ParquetSource) throws(ParquetError) -> Int {
        let tail = try bytes(tailBytes, of: source, at: source.size - tailBytes)
        let magic = Array(tail[4...])
        if magic == Self.magic { return tail[..<4].reversed().reduce(0) { $0 << 8 | Int($1) } }
        guard magic != encryptedMagic else {
            throw .unsupported("the file is encrypted, its footer too", advice: "decrypt it with its writer's tool")
        }
        let head = try bytes(Self.magic.count, of: source, at: 0)
        throw ParquetError(
            .notParquet,
            head == Self.magic
                ? "it begins as a Parquet file and does not end as one: its footer, which comes last, is missing"
                : "it does not end with PAR1, as a Parquet file does",
            byteOffset: source.size - tailBytes)
    }

    private static func bytes(_ count: Int, of source: ParquetSource, at offset: Int) throws(ParquetError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        try bytes.withUnsafeMutableBufferPointer { (buffer) throws(ParquetError) in
            try source.read(at: offset, into: UnsafeMutableRawBufferPointer(buffer))
        }
        return bytes
    }

    private static func read(
        _ bytes: ByteReader
    ) throws(ParquetError) -> ([ParquetColumn], [ParquetRowGroup], [Int]) {
        var thrift = ThriftReader(bytes)
        var schema: [SchemaElement] = []
        var rowGroups: [ParquetRowGroup] = []
        var places: [Int] = []
        var firstRow = 0
        var last = 0
        while let field = try thrift.field(after: &last) {
            switch field.id {
            case 2:
                for _ in 0..<(try elements(of: field, &thrift)) { schema.append(try SchemaElement(&thrift)) }
            case 4:
                for _ in 0..<(try elements(of: field, &thrift)) {
                    places.append(thrift.bytes.position)
                    let rowCount = try rowCount(&thrift)
                    let (end, overflow) = firstRow.addingReportingOverflow(rowCount)
                    guard rowCount >= 0, !overflow else { throw .damaged("a row group has \(rowCount) rows") }
                    rowGroups.append(ParquetRowGroup(index: rowGroups.count, firstRow: firstRow, rowCount: rowCount))
                    firstRow = end
                }
            default: try thrift.skip(field)
            }
        }
        return (try ParquetColumn.leaves(of: schema), rowGroups, places)
    }

    private static func elements(
        of field: ThriftReader.Field, _ thrift: inout ThriftReader
    ) throws(ParquetError) -> Int {
        let count = try thrift.structures(field)
        guard count <= mostElements else {
            throw ParquetError(.tooLarge, "\(count) columns or row groups are more than \(mostElements)")
        }
        return count
    }

    /// Passes over a row group, whose rows it returns.
    private static func rowCount(_ thrift: inout ThriftReader) throws(ParquetError) -> Int {
        var count: Int?
        var last = 0
        while let field = try thrift.field(after: &last) {
            if field.id == 3 { count = try thrift.integer(field) } else { try thrift.skip(field) }
        }
        guard let count else { throw .damaged("a row group does not say how many rows it has") }
        return count
    }

    func withBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(UnsafeRawBufferPointer(rebasing: content.bytes[..<count]))
    }

    /// The footer's description of one column in a row group.
    func chunk(rowGroup: Int, column: ParquetColumn) throws(ParquetError) -> ParquetChunk {
        precondition(places.indices.contains(rowGroup), "the row group is the file's")
        do throws(ParquetError) {
            var thrift = ThriftReader(ByteReader(content.bytes, places[rowGroup]..<count))
            var last = 0
            while let field = try thrift.field(after: &last) {
                guard field.id == 1 else {
                    try thrift.skip(field)
                    continue
                }
                let chunks = try thrift.structures(field)
                guard chunks == columns.count else {
                    throw .damaged("the row group has \(chunks) columns and the schema \(columns.count)")
                }
                for _ in 0..<column.index { try thrift.skipStructure() }
                return try ParquetChunk(
                    &thrift, of: column, rowCount: rowGroups[rowGroup].rowCount, end: byteOffset)
            }
            throw .damaged("the row group has no columns")
        } catch {
            var error = error
            error.rowGroup = rowGroup
            error.column = column.path
            error.byteOffset = byteOffset + places[rowGroup]
            error.row = rowGroups[rowGroup].firstRow
            throw error
        }
    }
}
