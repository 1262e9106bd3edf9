import TestSupport
import Testing

@testable import ParquetReading

/// Footers whose lengths and counts are forged: each is refused with a reason, and none takes much memory or time.
@Suite struct HostileFooterTests {
    private typealias Part = (inout ThriftWriter) -> Void

    private func root(_ children: Int) -> Part {
        { element in
            element.text(4, "root")
            element.integer(5, children)
        }
    }

    private func leaf(_ name: String = "c", repetition: Int = 0) -> Part {
        { element in
            element.integer(1, 6)
            element.integer(3, repetition)
            element.text(4, name)
        }
    }

    private func chunk(
        values: Int = 1, start: Int = 4, size: Int = 5, type: Int = 6, dictionary: Int? = nil
    ) -> Part {
        { chunk in
            chunk.structure(3) { data in
                data.integer(1, type)
                data.integer(4, 0)
                data.integer(5, values)
                data.integer(7, size)
                data.integer(9, start)
                if let dictionary { data.integer(11, dictionary) }
            }
        }
    }

    private func footer(
        schema: [Part], chunks: [Part] = [], rows: Int = 1, claimedSchema: Int? = nil
    ) -> [UInt8] {
        var writer = ThriftWriter()
        writer.element { file in
            file.structures(2, schema, claimed: claimedSchema)
            file.structures(
                4,
                [
                    { group in
                        group.structures(1, chunks)
                        group.integer(3, rows)
                    }
                ])
        }
        return writer.bytes
    }

    /// The reason for which the file, or its first column's first row group, is refused.
    private func fault(_ footer: [UInt8], pages: [UInt8] = [0, 0, 0, 0, 0]) -> String? {
        #expect(throws: ParquetError.self) {
            let file = try Fixture.open(ParquetProbe.sealed(pages, footer: footer))
            guard let column = file.columns.first else { return }
            try ParquetReader(file, columns: [column]).start(file.rowGroups[0])
        }?.reason
    }

    @Test("a schema that is no tree is refused")
    func schema() {
        let prefix = "the footer cannot be read: "
        #expect(fault(footer(schema: [])) == prefix + "the schema has no root")
        #expect(fault(footer(schema: [leaf()])) == prefix + "the schema has no root")
        #expect(fault(footer(schema: [root(2), leaf()])) == prefix + "the schema ends within a group")
        #expect(
            fault(footer(schema: [root(1), leaf(), leaf("d")])) == prefix + "the schema has nodes without a parent")
        #expect(fault(footer(schema: [root(-1)])) == prefix + "a group of the schema has -1 children")
        #expect(fault(footer(schema: [root(1), leaf(repetition: 9)])) == prefix + "the schema has a repetition 9")
        #expect(
            fault(footer(schema: [root(1), leaf()], claimedSchema: 1 << 40)) == prefix + "the bytes end within a list")
        #expect(fault(footer(schema: [root(1), leaf()], claimedSchema: -1)) == prefix + "the bytes end within a list")
    }

    @Test("chunks that contradict the schema, the rows or the file are refused")
    func chunks() {
        let schema = [root(1), leaf()]
        #expect(fault(footer(schema: schema, chunks: [])) == "the row group has 0 columns and the schema 1")
        #expect(
            fault(footer(schema: schema, chunks: [chunk(), chunk()])) == "the row group has 2 columns and the schema 1")
        #expect(
            fault(footer(schema: schema, chunks: [chunk(values: 2)]))
                == "the column has 2 values in a row group of 1 rows")
        #expect(
            fault(footer(schema: schema, chunks: [chunk(type: 2)]))
                == "the chunk is of type 2 and the schema's column BYTE_ARRAY")
        for (start, size) in [(4, 6), (-1, 5), (1 << 40, 1), (4, .max), (.max, .max), (9, -1)] {
            #expect(
                fault(footer(schema: schema, chunks: [chunk(start: start, size: size)]))
                    == "the column's \(size) bytes at byte \(start) are not in the file")
        }
        #expect(
            fault(footer(schema: schema, chunks: [{ $0.integer(2, 4) }]))
                == "the footer does not say where the values are and how they are compressed")
        #expect(
            fault(footer(schema: schema, chunks: [chunk(values: -1)], rows: -1))
                == "the footer cannot be read: a row group has -1 rows")
    }

    @Test("more row groups than any file has are refused before they take memory")
    func rowGroups() {
        var writer = ThriftWriter()
        writer.element { file in
            file.structures(2, [root(1), leaf()])
            file.structures(4, [], claimed: 2_000_000)
            file.text(5, String(repeating: "x", count: 2_000_000))
        }
        #expect(
            fault(writer.bytes)
                == "the footer cannot be read: 2000000 columns or row groups are more than 1048576")
    }

    @Test("a footer's length over the file or the limit is refused")
    func length() throws {
        var file = ParquetProbe.sealed([], footer: footer(schema: [root(0)]))
        let limited = #expect(throws: ParquetError.self) {
            _ = try Fixture.open(file, limits: ParquetLimits(footerBytes: 3))
        }
        #expect(limited?.kind == .tooLarge)
        file.replaceSubrange((file.count - 8)..<(file.count - 4), with: [0xFF, 0xFF, 0xFF, 0xFF])
        let error = #expect(throws: ParquetError.self) { _ = try Fixture.open(file) }
        #expect(error?.reason == "the footer is said to have 4294967295 bytes in a file of \(file.count)")
    }

    @Test("values that are nested without end are refused")
    func nesting() {
        // Field 5 as a list of one list of one list …
        let deep = [0x59] + [UInt8](repeating: 0x19, count: 100_000)
        #expect(fault(deep) == "the footer cannot be read: values are nested more than 32 deep")
        // Field 5 as a structure with a structure as its field 1 …
        let structures = [0x5C] + [UInt8](repeating: 0x1C, count: 100_000)
        #expect(fault(structures) == "the footer cannot be read: values are nested more than 32 deep")
    }

    @Test("groups that are nested deep, and paths that grow with the square of the schema, are read or refused")
    func deepSchema() throws {
        let groups = (0..<2000).map { _ in root(1) }
        let deep = try Fixture.open(ParquetProbe.sealed([], footer: footer(schema: groups + [leaf()])))
        #expect(deep.columns[0].path.utf8.count == 1999 * 5 + 1)
        let long = String(repeating: "x", count: 1 << 20)
        let wide =
            [
                root(1),
                { (group: inout ThriftWriter) in
                    group.text(4, long)
                    group.integer(5, 100)
                },
            ] + (0..<100).map { leaf("c\($0)") }
        let error = #expect(throws: ParquetError.self) {
            _ = try Fixture.open(ParquetProbe.sealed([], footer: footer(schema: wide)))
        }
        #expect(error?.kind == .tooLarge)
    }

    @Test("a file with any byte of its footer changed is read or refused")
    func changed() throws {
        let bytes = try Fixture.bytes("duckdb-v2")
        let length = Int(bytes[bytes.count - 8]) | Int(bytes[bytes.count - 7]) << 8
        for place in (bytes.count - 8 - length)..<bytes.count {
            for change: UInt8 in [0x02, 0x80] {
                var changed = bytes
                changed[place] ^= change
                #expect(ParquetProbe.feed([0] + changed) == nil, "byte \(place) by \(change)")
            }
        }
    }

    @Test("columns of one name are refused where they are asked for")
    func doubled() throws {
        let file = try Fixture.open(ParquetProbe.sealed([], footer: footer(schema: [root(2), leaf(), leaf()])))
        let error = #expect(throws: ParquetError.self) { _ = try file.column(named: "c") }
        #expect(error?.reason == "2 columns have the name 'c'")
    }
}
