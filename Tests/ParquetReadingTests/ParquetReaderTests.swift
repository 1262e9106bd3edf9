import Foundation
import TestSupport
import Testing

@testable import ParquetReading

@Suite struct ParquetReaderTests {
    @Test("a batch that is kept stays as it was")
    func kept() throws {
        for name in ["text-plain-v1", "text-delta-byte-array-v2", "codec-snappy-v1", "text-dictionary-then-plain-v2"] {
            let file = try ParquetFile(path: Fixture.path(name))
            let reader = try ParquetReader(file, columns: [file.columns[0]], batchRows: 5, readAhead: 1)
            try reader.start(file.rowGroups[0])
            var batches: [ParquetBatch] = []
            while let batch = try reader.next() { batches.append(batch) }
            #expect(batches.flatMap { Fixture.spelled($0, 0) } == Fixture.expected[name]?["text"], "\(name)")
        }
    }

    @Test("pages that are observed are the chunk's bytes, in order")
    func observed() throws {
        let name = "text-dictionary-then-plain-v1"
        let file = try ParquetFile(path: Fixture.path(name))
        let reader = try ParquetReader(file, columns: [file.columns[0]], readAhead: 1)
        var bytes: [UInt8] = []
        reader.observePage = { column, page in
            #expect(column == 0)
            bytes += page
        }
        try reader.start(file.rowGroups[0])
        while try reader.next() != nil {}
        let chunk = try file.chunk(of: file.columns[0], in: file.rowGroups[0])
        let whole = try Fixture.bytes(name)
        #expect(bytes == Array(whole[chunk.byteOffset..<(chunk.byteOffset + chunk.compressedBytes)]))
        #expect(
            file.withFooterBytes { Array($0) }
                == Array(whole[(chunk.byteOffset + chunk.compressedBytes)..<(whole.count - 8)]))
    }

    @Test("a row group may be begun again, or out of order")
    func order() throws {
        let file = try ParquetFile(path: Fixture.path("row-groups"))
        let reader = try ParquetReader(file, columns: [file.columns[0]], batchRows: 4)
        #expect(try reader.next() == nil)
        for group in [2, 0, 0, 1].map({ file.rowGroups[$0] }) {
            try reader.start(group)
            let batch = try #require(try reader.next())
            #expect(batch.rowGroup == group.index)
            #expect(batch.firstRow == group.firstRow)
            #expect(Fixture.texts(batch) == (0..<4).map { "row \(group.firstRow + $0)" })
        }
    }

    @Test("several readers read one file at once")
    func threads() async throws {
        let file = try ParquetFile(path: Fixture.path("row-groups"))
        let texts = try await withThrowingTaskGroup(of: (Int, [String?]).self) { tasks in
            for group in file.rowGroups {
                tasks.addTask {
                    let reader = try ParquetReader(file, columns: [file.columns[0]])
                    try reader.start(group)
                    return (group.index, Fixture.texts(try #require(try reader.next())))
                }
            }
            return try await tasks.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        #expect((0..<3).flatMap { texts[$0] ?? [] } == (0..<25).map { "row \($0)" })
    }

    @Test("memory is that of a page, whatever the row group's size")
    func memory() throws {
        // 200 pages of 20 texts of 1,000 bytes, none compressed.
        let text = [0xE8, 3, 0, 0] + [UInt8](repeating: 97, count: 1000)
        let body = (0..<20).flatMap { _ in text }
        var header = ThriftWriter()
        header.element { page in
            page.integer(1, 0)
            page.integer(2, body.count)
            page.integer(3, body.count)
            page.structure(5) { data in
                data.integer(1, 20)
                data.integer(2, 0)
            }
        }
        let pages = (0..<200).flatMap { _ in header.bytes + body }
        let file = try Fixture.open(ParquetProbe.file(pages: pages, type: 6, isOptional: false, codec: 0, rows: 4000))
        let reader = try ParquetReader(file, columns: [file.columns[0]], readAhead: 1000)
        try reader.start(file.rowGroups[0])
        var largest = 0
        var rows = 0
        while let batch = try reader.next() {
            guard case .texts(let texts) = batch.columns[0] else { break }
            largest = max(largest, texts.withBuffer(\.count))
            rows += batch.count
        }
        #expect(rows == 4000)
        // A page with its header and an eighth more.
        #expect(largest <= (header.bytes.count + body.count) * 9 / 8)
    }
}
