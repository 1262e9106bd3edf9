import TestSupport
import Testing

@testable import CorpusAudit

@Suite struct FileHeadTests {
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
