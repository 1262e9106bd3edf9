import TestSupport
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

    @Test(
        "The head of a compressed file is its first bytes, however many of the file the first block takes",
        arguments: [0, 1, 100, 4_600, 4_800, 18_500, 19_000, 74_000, 75_000, 131_072, 200_000])
    func heads(count: Int) throws {
        let folder = try TemporaryFolder()
        var random = SeededGenerator(seed: UInt64(count))
        // Seven bits of eight, so that blocks are compressed by little, and give nothing before they are whole.
        let bytes = (0..<count).map { _ in UInt8.random(in: 0...127, using: &random) }
        let zstd = try folder.write(TemporaryFolder.zstd(bytes), to: "a.zst")
        // Before it a frame to be passed over, longer than the first bytes that are looked at.
        let frame: [UInt8] = [0x50, 0x2A, 0x4D, 0x18, 0x40, 0x1F, 0, 0] + [UInt8](repeating: 7, count: 8_000)
        let framed = try folder.write(frame + TemporaryFolder.zstd(bytes), to: "b.zst")
        for path in [zstd, framed] {
            let head = try FileHeadReader().head(of: path)
            #expect(head.isCompressed && !head.isDamaged)
            #expect(head.content == Array(bytes.prefix(FileHead.length)), "\(path)")
        }
    }
}
