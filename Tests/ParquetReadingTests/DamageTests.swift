import TestSupport
import Testing

@testable import ParquetReading

/// What damage costs, and what is said of it.
@Suite struct DamageTests {
    @Test("damage costs the rest of its row group and nothing else", arguments: [1, 3, 1024])
    func rest(batchRows: Int) throws {
        let file = try ParquetFile(path: Fixture.path("damaged-page"))
        let reader = try ParquetReader(file, columns: [try file.column(named: "text")], batchRows: batchRows)
        var texts: [String?] = []
        var errors: [ParquetError] = []
        for group in file.rowGroups {
            do throws(ParquetError) {
                try reader.start(group)
                while let batch = try reader.next() { texts += Fixture.texts(batch) }
            } catch {
                errors.append(error)
                #expect(try reader.next() == nil)
            }
        }
        #expect(texts == (Array(0..<14) + Array(20..<25)).map { "row \($0)" })
        #expect(errors.count == 1)
        #expect(errors.first?.row == 14)
        #expect(errors.first?.kind == .damaged)
        #expect(
            errors.first?.description
                == "row group 1, column 'text', page 0, byte 121, from row 14 of the file: the bytes end within a text; "
                + "copy the file again, or have its writer make it anew")
    }

    @Test("a page whose checksum is wrong is refused")
    func checksum() throws {
        let file = try ParquetFile(path: Fixture.path("damaged-checksum"))
        let error = #expect(throws: ParquetError.self) { _ = try Fixture.values(file, "text") }
        #expect(error?.reason == "the page's checksum is not the one in its header")
        #expect(error?.page == 0)
        #expect(error?.byteOffset == 4)
    }

    @Test("a file that was cut off is told from what is no Parquet file")
    func cut() throws {
        func reason(_ bytes: [UInt8]) -> String? {
            #expect(throws: ParquetError.self) { _ = try Fixture.open(bytes) }?.reason
        }
        #expect(
            reason(try Fixture.bytes("damaged-cut"))
                == "it begins as a Parquet file and does not end as one: its footer, which comes last, is missing")
        #expect(reason(Array("{\"text\": \"a\"}\n".utf8)) == "it does not end with PAR1, as a Parquet file does")
        #expect(reason([]) == "its 0 bytes are no Parquet file")
        #expect(reason(Array("PAR1PAR1".utf8)) == "its 8 bytes are no Parquet file")
    }

    /// Pages of a column without levels: `PLAIN` texts.
    private func page(
        _ body: [UInt8], values: Int, encoding: Int = 0, uncompressed: Int? = nil, compressed: Int? = nil, type: Int = 0
    ) -> [UInt8] {
        var header = ThriftWriter()
        header.element { page in
            page.integer(1, type)
            page.integer(2, uncompressed ?? body.count)
            page.integer(3, compressed ?? body.count)
            page.structure(type == 2 ? 7 : 5) { data in
                data.integer(1, values)
                data.integer(2, encoding)
                data.integer(3, 3)
            }
        }
        return header.bytes + body
    }

    private func fault(_ pages: [UInt8], type: Int = 6, codec: Int = 0, rows: Int = 2) throws -> String? {
        let file = try Fixture.open(
            ParquetProbe.file(pages: pages, type: type, isOptional: false, codec: codec, rows: rows),
            limits: ParquetLimits(pageBytes: 1000))
        return #expect(throws: ParquetError.self) { _ = try Fixture.values(file, "c") }?.reason
    }

    private let one: [UInt8] = [1, 0, 0, 0, 97]

    @Test("sizes and counts that contradict each other are refused")
    func contradictions() throws {
        #expect(try fault(page(one, values: 1)) == "the column's chunk ends before its last 1 values")
        #expect(try fault(page(one, values: 3)) == "the page has 3 values and the row group 2 rows left")
        #expect(try fault(page(one, values: -1)) == "the page's header holds a negative size")
        #expect(try fault(page(one, values: 1 << 31)) == "2147483648 values are more than a page may hold")
        #expect(try fault(page(one, values: 2)) == "the bytes end within a text's length")
        #expect(
            try fault(page(one, values: 2, compressed: 900))
                == "the page has 900 bytes and the column's chunk ends before them")
        #expect(try fault(page(one, values: 2, uncompressed: 1001)) == "the page has 1001 bytes and the limit is 1000")
        #expect(try fault(page(one, values: 2, uncompressed: 4)) == "the page has 5 bytes, and 4 without compression")
        #expect(try fault(page([3, 0], values: 2, encoding: 8)) == "the page refers to a dictionary and there is none")
        #expect(
            try fault(page(one, values: 1, type: 2) + page([33, 2, 0], values: 2, encoding: 8))
                == "values of 33 bits are longer than the 32 there may be")
        #expect(
            try fault(page(one, values: 1, type: 2) + page([1, 4, 1], values: 2, encoding: 8))
                == "the page refers to text 1 of a dictionary of 1")
        #expect(
            try fault(page(one, values: 1 << 30, type: 2)) == "a dictionary of 1073741824 texts has 5 bytes")
        #expect(
            try fault(page(one, values: 1, type: 2) + page(one, values: 1, type: 2))
                == "the column has a second dictionary")
        #expect(
            try fault(page([5, 1, 0, 0], values: 2), codec: 1) == "the snappy block holds 5 bytes where 4 are expected")
        #expect(try fault(page([0, 1], values: 2, encoding: 5), type: 2).map { $0.contains("differences") } == true)
        #expect(
            try fault(page(one, values: 2, encoding: 4)) == "texts in the encoding BIT_PACKED are not read")
        #expect(
            try fault(page([0, 0, 0, 0, 0], values: 2, encoding: 9), type: 5) == "5 bytes are no whole number of values"
        )
    }

    @Test("a page of few bytes that claims many values takes no memory for them")
    func claims() throws {
        // One repeated index of no bits, two thousand million times.
        let rows = 2_000_000_000
        let pages = page(one, values: 1, type: 2) + page([0, 0x80, 0xD0, 0xAC, 0xF3, 0x0E], values: rows, encoding: 8)
        let file = try Fixture.open(ParquetProbe.file(pages: pages, type: 6, isOptional: false, codec: 0, rows: rows))
        let reader = try ParquetReader(file, columns: [file.columns[0]])
        try reader.start(file.rowGroups[0])
        for _ in 0..<100 { #expect(try reader.next()?.count == 1024) }
    }

    @Test("a page whose texts share their bytes may not expand without end")
    func expansion() throws {
        // 128 texts, each the 100 bytes of the one before and none of its own: differences 0 after a first prefix of 0.
        // Prefixes 0, 100, 100 …: the first difference is 100, the others 0, in seven bits.
        var prefixes: [UInt8] = [0x80, 1, 4, 64, 0, 0] + [7, 7, 0, 0]
        var bits = [Bool](repeating: false, count: 64 * 7)
        for bit in 0..<7 { bits[bit] = 100 >> bit & 1 == 1 }
        prefixes += stride(from: 0, to: bits.count, by: 8).map { start in
            (0..<8).reduce(0) { $0 | (bits[start + $1] ? 1 << $1 : 0) }
        }
        // Lengths 100, 0, 0 …: the first difference is -100, the smallest, and the others 100 more.
        var lengths: [UInt8] = [0x80, 1, 4, 64, 0xC8, 1] + [0xC7, 1] + [7, 7, 0, 0]
        bits = (0..<(64 * 7)).map { $0 >= 7 && 100 >> ($0 % 7) & 1 == 1 }
        lengths += stride(from: 0, to: bits.count, by: 8).map { start in
            (0..<8).reduce(0) { $0 | (bits[start + $1] ? 1 << $1 : 0) }
        }
        let body = prefixes + lengths + [UInt8](repeating: 97, count: 100)
        let made = ParquetProbe.file(
            pages: page(body, values: 64, encoding: 7), type: 6, isOptional: false, codec: 0, rows: 64)
        let whole = try Fixture.open(made)
        #expect(
            try Fixture.values(whole, "c").count == 64)
        let limited = try ParquetReader(
            Fixture.open(made, limits: ParquetLimits(pageBytes: 1000)), columns: [whole.columns[0]])
        try limited.start(whole.rowGroups[0])
        #expect(try limited.next()?.count == 10)
        let error = #expect(throws: ParquetError.self) { _ = try limited.next() }
        #expect(error?.kind == .tooLarge)
        #expect(error?.row == 10)
    }
}
