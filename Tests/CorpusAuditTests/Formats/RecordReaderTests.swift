import CDataWallZstd
import Testing

@testable import CorpusAudit

@Suite struct RecordReaderTests {
    /// Lines of words that repeat near and far, some longer than a block, a window and the reader's own window.
    private func lines(_ generator: inout SeededGenerator, bytes: Int) -> [[UInt8]] {
        let words = (0..<2_000).map { "w\($0 &* 7919 % 100_003)" }
        var lines: [[UInt8]] = []
        var left = bytes
        while left > 0 {
            let sizes = [0, 10, 200, 3_000, 150_000, 700_000]
            let size = min(left, Int.random(in: 0...(sizes.randomElement(using: &generator) ?? 0), using: &generator))
            if lines.count > 3, Int.random(in: 0..<4, using: &generator) == 0 {
                lines.append(lines[Int.random(in: 0..<lines.count, using: &generator)])
            } else {
                var line: [UInt8] = []
                while line.count < size { line += Array((words.randomElement(using: &generator) ?? "").utf8) + [0x20] }
                lines.append(line)
            }
            left -= lines[lines.count - 1].count + 1
        }
        return lines
    }

    private func frame(_ bytes: ArraySlice<UInt8>, window: Int32, isPromised: Bool) -> [UInt8] {
        let context = ZSTD_createCCtx()
        defer { ZSTD_freeCCtx(context) }
        ZSTD_CCtx_setParameter(context, ZSTD_c_windowLog, window)
        ZSTD_CCtx_setParameter(context, ZSTD_c_contentSizeFlag, isPromised ? 1 : 0)
        ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
        var packed = [UInt8](repeating: 0, count: ZSTD_compressBound(bytes.count))
        let count = bytes.withUnsafeBytes { ZSTD_compress2(context, &packed, packed.count, $0.baseAddress, $0.count) }
        precondition(ZSTD_isError(count) == 0, "zstd packs what a test gives it")
        return Array(packed.prefix(count))
    }

    /// What a reader gives of a file: its lines, and the fault that ended it.
    private func read(
        _ path: String, maximumLength: Int = 1 << 30, memory: WindowMemory = WindowMemory()
    ) throws -> (lines: [[UInt8]], fault: ProblemKind?) {
        var lines: [[UInt8]] = []
        do throws(StreamFault) {
            var reader = try RecordReader(
                try ShardStream(path: path, content: .text), maximumLength: maximumLength, memory: memory)
            while let line = try reader.next() { lines.append(line.isTooLong ? [0x21] : Array(line.bytes)) }
            return (lines, nil)
        } catch {
            return (lines, error.kind)
        }
    }

    @Test("Lines of frames of any window, one after the other, are those that were packed", arguments: 0..<8)
    func frames(trial: UInt64) throws {
        let seed = UInt64.random(in: 0 ... .max - 8) + trial
        var generator = SeededGenerator(seed: seed)
        let folder = try TemporaryFolder()
        let memory = WindowMemory()
        for shard in 0..<3 {
            let lines = lines(&generator, bytes: Int.random(in: 1...6_000_000, using: &generator))
            let text = Array(lines.joined(separator: [0x0A])) + [0x0A]
            var packed: [UInt8] = []
            var place = 0
            while place < text.count {
                let length = [1, 700, 60_000, 1_000_000, text.count].randomElement(using: &generator) ?? 1
                let end = min(text.count, place + length)
                packed += frame(
                    text[place..<end], window: Int32.random(in: 10...22, using: &generator),
                    isPromised: Bool.random(using: &generator))
                // A skippable frame, and one that holds nothing.
                if Bool.random(using: &generator) { packed += [0x50, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3] }
                if Bool.random(using: &generator) { packed += frame([], window: 10, isPromised: true) }
                place = end
            }
            let path = try folder.write(packed, to: "\(shard).zst")
            let found = try read(path, memory: memory)
            #expect(found.lines == lines, "seed \(seed)")
            #expect(found.fault == nil, "seed \(seed)")
            let limit = 2_000
            let short = try read(path, maximumLength: limit, memory: memory)
            #expect(short.lines == lines.map { $0.count > limit ? [0x21] : $0 }, "seed \(seed)")
        }
    }

    @Test("A frame that is cut gives the lines before the cut and is reported")
    func cutFrames() throws {
        let seed = UInt64.random(in: 0 ... .max)
        var generator = SeededGenerator(seed: seed)
        let folder = try TemporaryFolder()
        let lines = lines(&generator, bytes: 1_500_000)
        let packed = frame(Array(lines.joined(separator: [0x0A]))[...], window: 18, isPromised: true)
        for _ in 0..<40 {
            let cut = Int.random(in: 5..<packed.count, using: &generator)
            let path = try folder.write(Array(packed[..<cut]), to: "cut.zst")
            let found = try read(path)
            #expect(found.fault == .truncatedFrame, "seed \(seed), \(cut) of \(packed.count)")
            #expect(found.lines[...] == lines.prefix(found.lines.count), "seed \(seed), \(cut) of \(packed.count)")
        }
    }

    @Test("A frame with changed bytes is refused, or gives what libzstd makes of it when it streams")
    func changedFrames() throws {
        let seed = UInt64.random(in: 0 ... .max)
        var generator = SeededGenerator(seed: seed)
        let folder = try TemporaryFolder()
        let lines = lines(&generator, bytes: 400_000)
        let packed = frame(Array(lines.joined(separator: [0x0A]))[...], window: 15, isPromised: false)
        for _ in 0..<300 {
            var changed = packed
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let place = Int.random(in: 4..<changed.count, using: &generator)
                changed[place] = UInt8.random(in: 0...255, using: &generator)
            }
            let finding = DecoderProbe.zstd.feed(changed)
            #expect(finding == nil, "seed \(seed)")
            if changed != packed {
                #expect(try read(try folder.write(changed, to: "changed.zst")).fault != nil, "seed \(seed)")
            }
        }
    }
}
