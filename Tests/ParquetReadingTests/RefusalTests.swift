import TestSupport
import Testing

@testable import ParquetReading

/// What is not read is refused by its name, with what to do.
@Suite struct RefusalTests {
    static let cases: [(name: String, column: String, message: String)] = [
        (
            "refused-brotli", "text",
            "row group 0, column 'text', byte 153, from row 0 of the file: it is compressed with BROTLI; "
                + "write the file again with zstd or snappy"
        ),
        (
            "refused-lzo", "text",
            "row group 0, column 'text', byte 168, from row 0 of the file: it is compressed with LZO; "
                + "write the file again with zstd or snappy"
        ),
        (
            "refused-lz4", "text",
            "row group 0, column 'text', byte 168, from row 0 of the file: it is compressed with LZ4 in Hadoop's framing "
                + "(the codec LZ4, not LZ4_RAW); write the file again with zstd or snappy"
        ),
        (
            "refused-unknown-codec", "text",
            "row group 0, column 'text', byte 168, from row 0 of the file: it is compressed with an unknown codec, "
                + "number 9; write the file again with zstd or snappy"
        ),
        (
            "refused-encrypted-footer", "text",
            "the file is encrypted, its footer too; decrypt it with its writer's tool"
        ),
        (
            "refused-external", "text",
            "row group 0, column 'text', byte 42, from row 0 of the file: the values are in another file, "
                + "'part-0.parquet'; read the files that hold them, without this one"
        ),
        (
            "refused-bit-packed-levels", "text",
            "row group 0, column 'text', page 0, byte 4, from row 0 of the file: definition levels in the encoding "
                + "BIT_PACKED are not read; write the file again with the encodings PLAIN or RLE_DICTIONARY"
        ),
        (
            "refused-int96", "time",
            "column 'time': values of type INT96 are not read; have the writer cast them to text (STRING), INT64 or DOUBLE"
        ),
        (
            "nested", "price",
            "column 'price': values of type FIXED_LEN_BYTE_ARRAY (DECIMAL) are not read; have the writer cast them to "
                + "text (STRING), INT64 or DOUBLE"
        ),
        (
            "nested", "tags.list.element",
            "column 'tags.list.element': it has any number of values a row, since 'tags.list' is a list; have the writer "
                + "join them into a column with one value a row"
        ),
    ]

    @Test("what is not read is refused by its name", arguments: cases)
    func refused(name: String, column: String, message: String) {
        let error = #expect(throws: ParquetError.self) {
            _ = try Fixture.values(ParquetFile(path: Fixture.path(name)), column)
        }
        #expect(error?.kind == .unsupported)
        #expect(error?.description == message)
    }

    @Test("an encrypted column is refused, and the others of its file are read")
    func encryptedColumn() throws {
        let file = try ParquetFile(path: Fixture.path("refused-encrypted-column"))
        let error = #expect(throws: ParquetError.self) { _ = try Fixture.values(file, "text") }
        #expect(error?.kind == .unsupported)
        #expect(error?.reason == "the column is encrypted")
        #expect(try Fixture.values(file, "n") == (0..<33).map { "\($0)" })
    }

    @Test("a missing column lists the file's columns, nearest first")
    func missing() throws {
        let file = try ParquetFile(path: Fixture.path("nested"))
        func message(_ path: String) -> String? {
            #expect(throws: ParquetError.self) { _ = try file.column(named: path) }?.description
        }
        #expect(
            message("metadata.scor")
                == "the file has no column 'metadata.scor'; its columns are metadata.score, text, metadata.by.name, "
                + "tags.list.element, price, hash")
        #expect(
            message("metadata")
                == "'metadata' is a group of columns, and not a column; its columns are metadata.score, "
                + "metadata.by.name, text, tags.list.element, price, hash")
        #expect(message("")?.hasPrefix("the file has no column ''; its columns are text, ") == true)
    }

    @Test("of very many columns a message lists twenty")
    func many() throws {
        var footer = ThriftWriter()
        footer.element { file in
            let leaves = (0..<50).map { index in
                { (leaf: inout ThriftWriter) in
                    leaf.integer(1, 6)
                    leaf.text(4, "c\(index)")
                }
            }
            file.structures(
                2,
                [
                    { root in
                        root.text(4, "root")
                        root.integer(5, 50)
                    }
                ] + leaves)
        }
        let file = try Fixture.open(ParquetProbe.sealed([], footer: footer.bytes))
        let error = #expect(throws: ParquetError.self) { _ = try file.column(named: "c7x") }
        #expect(error?.advice.hasPrefix("its columns are c7, c0, c1, c2, ") == true)
        #expect(error?.advice.hasSuffix(" and 30 more") == true)
    }
}
