import Foundation
import Testing

@testable import ParquetReading

/// Files by pyarrow 26.0.1 and DuckDB 2.0.1; expected values are what pyarrow reads (`Fixtures/make_fixtures.py`).
@Suite struct FixtureTests {
    @Test(
        "a file holds what pyarrow reads in it, whatever the size of batches and reads",
        arguments: Fixture.expected.keys)
    func asPyarrow(name: String) throws {
        let file = try ParquetFile(path: Fixture.path(name))
        let expected = try #require(Fixture.expected[name])
        #expect(Set(file.columns.filter { $0.kind != nil }.map(\.path)) == Set(expected.keys))
        for (path, values) in expected {
            #expect(try Fixture.values(file, path) == values, "\(path)")
            #expect(try Fixture.values(file, path, batchRows: 3, readAhead: 1) == values, "\(path) in small parts")
        }
    }

    @Test("columns that are read together come row by row, whatever their pages")
    func together() throws {
        for name in ["nested", "scalars-dictionary-v1", "duckdb-v2"] {
            let file = try ParquetFile(path: Fixture.path(name))
            let columns = file.columns.filter { $0.kind != nil }
            let reader = try ParquetReader(file, columns: columns, batchRows: 7)
            var values = [[String?]](repeating: [], count: columns.count)
            for group in file.rowGroups {
                try reader.start(group)
                while let batch = try reader.next() {
                    #expect(batch.firstRow == values[0].count)
                    for index in columns.indices { values[index] += Fixture.spelled(batch, index) }
                }
            }
            for (index, column) in columns.enumerated() {
                #expect(values[index] == Fixture.expected[name]?[column.path], "\(name), \(column.path)")
            }
        }
    }

    /// What the names of files promise: the encoding and the codec of the first column.
    static let promised: [(name: String, codec: String, encoding: String)] = [
        ("text-plain-v1", "UNCOMPRESSED", "PLAIN"), ("text-plain-v2", "UNCOMPRESSED", "PLAIN"),
        ("text-dictionary-v1", "UNCOMPRESSED", "RLE_DICTIONARY"),
        ("text-dictionary-v2", "UNCOMPRESSED", "RLE_DICTIONARY"),
        ("text-delta-length-byte-array-v1", "UNCOMPRESSED", "DELTA_LENGTH_BYTE_ARRAY"),
        ("text-delta-length-byte-array-v2", "UNCOMPRESSED", "DELTA_LENGTH_BYTE_ARRAY"),
        ("text-delta-byte-array-v1", "UNCOMPRESSED", "DELTA_BYTE_ARRAY"),
        ("text-delta-byte-array-v2", "UNCOMPRESSED", "DELTA_BYTE_ARRAY"),
        ("codec-snappy-v1", "SNAPPY", "RLE_DICTIONARY"), ("codec-snappy-v2", "SNAPPY", "RLE_DICTIONARY"),
        ("codec-gzip-v1", "GZIP", "RLE_DICTIONARY"), ("codec-gzip-v2", "GZIP", "RLE_DICTIONARY"),
        ("codec-zstd-v1", "ZSTD", "RLE_DICTIONARY"), ("codec-zstd-v2", "ZSTD", "RLE_DICTIONARY"),
        ("codec-lz4-v1", "LZ4_RAW", "RLE_DICTIONARY"), ("codec-lz4-v2", "LZ4_RAW", "RLE_DICTIONARY"),
        ("scalars-delta", "UNCOMPRESSED", "DELTA_BINARY_PACKED"),
    ]

    @Test("a chunk says its codec and its encodings", arguments: promised)
    func chunks(name: String, codec: String, encoding: String) throws {
        let file = try ParquetFile(path: Fixture.path(name))
        let chunk = try file.chunk(of: file.columns[0], in: file.rowGroups[0])
        #expect(chunk.codec == codec)
        #expect(chunk.encodings.contains(encoding))
        #expect(chunk.valueCount == file.rowCount)
    }

    @Test("a chunk may go from a dictionary to plain pages", arguments: ["v1", "v2"])
    func fallback(version: String) throws {
        let file = try ParquetFile(path: Fixture.path("text-dictionary-then-plain-\(version)"))
        let reader = try ParquetReader(file, columns: [file.columns[0]])
        var encodings: Set<Int> = []
        reader.observePage = { _, page in
            var thrift = ThriftReader(ByteReader(page))
            if let header = try? PageHeader(&thrift), header.kind != .dictionary { encodings.insert(header.encoding) }
        }
        try reader.start(file.rowGroups[0])
        while try reader.next() != nil {}
        #expect(encodings == [PageEncoding.runLengthDictionary.rawValue, PageEncoding.plain.rawValue])
    }

    @Test("columns have dotted paths, types in the format's words, and kinds")
    func columns() throws {
        let nested = try ParquetFile(path: Fixture.path("nested"))
        #expect(
            nested.columns.map { "\($0.path): \($0.type), \($0.kind?.rawValue ?? "refused")" } == [
                "text: BYTE_ARRAY (STRING), text", "metadata.score: DOUBLE, double",
                "metadata.by.name: BYTE_ARRAY (STRING), text", "tags.list.element: BYTE_ARRAY (STRING), refused",
                "price: FIXED_LEN_BYTE_ARRAY (DECIMAL), refused", "hash: FIXED_LEN_BYTE_ARRAY, refused",
            ])
        #expect(nested.rowGroups.map(\.rowCount) == [20, 13])
        #expect(nested.rowGroups.map(\.firstRow) == [0, 20])
        #expect(nested.rowCount == 33)
        let scalars = try ParquetFile(path: Fixture.path("scalars-plain-v1"))
        #expect(
            scalars.columns.map { "\($0.type), \($0.kind?.rawValue ?? "")" } == [
                "INT32 (INT_8), integer", "INT32, integer", "INT64, integer", "INT32 (UINT_16), integer",
                "INT32 (UINT_32), integer", "INT64 (UINT_64), unsignedInteger", "FLOAT, float", "DOUBLE, double",
                "BOOLEAN, boolean", "INT32 (DATE), integer", "INT64 (TIMESTAMP), integer",
            ])
    }
}
