import BlockDecompression

/// The values of one column in one row group, as the footer describes them (`ColumnChunk` of parquet.thrift).
public struct ParquetChunk: Sendable, Hashable {
    /// Its compression, in the format's own words: `SNAPPY`.
    public let codec: String
    /// The encodings of its pages, as the footer lists them: `PLAIN`, `RLE_DICTIONARY`.
    public let encodings: [String]
    /// Its values, those that are null included.
    public let valueCount: Int
    /// The offset of its first page in the file.
    public let byteOffset: Int
    /// The bytes of its pages and their headers in the file.
    public let compressedBytes: Int
    /// The bytes of its pages and their headers without compression.
    public let uncompressedBytes: Int

    /// The codec that undoes the compression; `nil` if there is none.
    let block: BlockCodec?
}

extension ParquetChunk {
    /// The footer's description of a chunk, before it is checked.
    private struct Record {
        var filePath: String?
        var isEncrypted = false
        var hasMetadata = false
        var physical: Int?
        var encodings: [Int] = []
        var codec: Int?
        var valueCount: Int?
        var compressedBytes: Int?
        var uncompressedBytes: Int?
        var dataOffset: Int?
        var dictionaryOffset: Int?

        init(_ thrift: inout ThriftReader) throws(ParquetError) {
            var last = 0
            while let field = try thrift.field(after: &last) {
                switch field.id {
                case 1: filePath = try thrift.string(field)
                case 3: try readMetadata(&thrift, field)
                case 8:
                    isEncrypted = true
                    try thrift.skip(field)
                default: try thrift.skip(field)
                }
            }
        }

        private mutating func readMetadata(
            _ thrift: inout ThriftReader, _ field: ThriftReader.Field
        ) throws(ParquetError) {
            try thrift.check(field, is: .structure)
            hasMetadata = true
            var last = 0
            while let field = try thrift.field(after: &last) {
                switch field.id {
                case 1: physical = try thrift.integer(field)
                case 2: encodings = try thrift.integers(field)
                case 4: codec = try thrift.integer(field)
                case 5: valueCount = try thrift.integer(field)
                case 6: uncompressedBytes = try thrift.integer(field)
                case 7: compressedBytes = try thrift.integer(field)
                case 9: dataOffset = try thrift.integer(field)
                case 11: dictionaryOffset = try thrift.integer(field)
                default: try thrift.skip(field)
                }
            }
        }
    }

    /// Reads the footer's description of a column's chunk, and checks it against the schema, the row group and the
    /// file.
    ///
    /// The row group has `rowCount` rows, and the pages of the file end at `end` at the latest, where its footer
    /// begins.
    init(
        _ thrift: inout ThriftReader, of column: ParquetColumn, rowCount: Int, end: Int
    ) throws(ParquetError) {
        let record = try Record(&thrift)
        if let path = record.filePath, !path.isEmpty {
            throw .unsupported(
                "the values are in another file, '\(path)'", advice: "read the files that hold them, without this one")
        }
        guard !record.isEncrypted else {
            throw .unsupported("the column is encrypted", advice: "decrypt it with its writer's tool")
        }
        guard record.hasMetadata, let codec = record.codec, let valueCount = record.valueCount,
            let compressedBytes = record.compressedBytes, let dataOffset = record.dataOffset
        else { throw .damaged("the footer does not say where the values are and how they are compressed") }
        guard record.physical == column.physical.rawValue else {
            throw .damaged("the chunk is of type \(record.physical ?? -1) and the schema's column \(column.type)")
        }
        guard valueCount == rowCount else {
            throw .damaged("the column has \(valueCount) values in a row group of \(rowCount) rows")
        }
        // Old writers leave the dictionary's offset out, set it to 0, or count the dictionary among the data.
        let dictionaryOffset = record.dictionaryOffset ?? 0
        let start = dictionaryOffset > 0 ? min(dictionaryOffset, dataOffset) : dataOffset
        guard start >= 0, start <= end, compressedBytes >= 0, compressedBytes <= end - start else {
            throw .damaged("the column's \(compressedBytes) bytes at byte \(start) are not in the file")
        }
        block = try Self.codec(codec)
        self.codec = Self.codecNames[codec] ?? "codec \(codec)"
        encodings = record.encodings.map { PageEncoding.name($0) }
        self.valueCount = valueCount
        byteOffset = start
        self.compressedBytes = compressedBytes
        uncompressedBytes = max(0, record.uncompressedBytes ?? 0)
    }

    private static let codecNames = [
        0: "UNCOMPRESSED", 1: "SNAPPY", 2: "GZIP", 3: "LZO", 4: "BROTLI", 5: "LZ4", 6: "ZSTD", 7: "LZ4_RAW",
    ]

    private static func codec(_ code: Int) throws(ParquetError) -> BlockCodec? {
        switch code {
        case 0: return nil
        case 1: return .snappy
        case 2: return .gzip
        case 6: return .zstd
        case 7: return .lz4
        default:
            let name = code == 5 ? "LZ4 in Hadoop's framing (the codec LZ4, not LZ4_RAW)" : codecNames[code]
            throw .unsupported(
                "it is compressed with \(name ?? "an unknown codec, number \(code)")",
                advice: "write the file again with zstd or snappy")
        }
    }
}
