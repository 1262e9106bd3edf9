import Testing

@testable import CorpusAudit

@Suite struct FileHeadTests {
    private static let record = Array("{\"text\": \"a\"}\n".utf8)

    private func content(_ bytes: [UInt8]) throws -> FileContent {
        let folder = try TemporaryFolder()
        return FileContent(try FileHeadReader().head(of: try folder.write(bytes, to: "part-0")))
    }

    @Test("what a compressed file holds is found behind whatever gives no bytes")
    func longStart() throws {
        let skippable = [0x50, 0x2A, 0x4D, 0x18, 0x00, 0x00, 0x10, 0x00] + [UInt8](repeating: 7, count: 1 << 20)
        let empty = Array((0..<30_000).map { _ in TemporaryFolder.zstd([]) }.joined())
        for start in [skippable, empty] {
            #expect(try content(start + TemporaryFolder.zstd(Self.record)) == .jsonLines, "\(start.count) bytes")
            #expect(try content(start) == .empty, "\(start.count) bytes")
        }
    }

    @Test("a gzip header of any length is passed over")
    func longHeader() throws {
        let member = TemporaryFolder.gzip(Self.record)
        let comment = [UInt8](repeating: 0x63, count: 300_000) + [0]
        let commented = Array(member[..<3]) + [0x10] + Array(member[4..<10]) + comment + member[10...]
        #expect(try content(commented) == .jsonLines)
    }

    @Test("a compressed file that is cut off before it gives a byte is damaged, not empty")
    func cutOff() throws {
        let records = Array((0..<20_000).map { "{\"text\": \"number \($0 &* 0x9E37_79B9)\"}\n" }.joined().utf8)
        let packed = TemporaryFolder.zstd(records)
        for count in [10, 3_000, 20_000] { #expect(try content(Array(packed[..<count])) == .damaged, "\(count)") }
        #expect(try content(Array(packed[..<(packed.count - 4)])) == .jsonLines)
        #expect(try content(Array(TemporaryFolder.gzip(records)[..<12])) == .damaged)
    }
}
