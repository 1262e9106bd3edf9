import CDataWallVector
import Testing

/// Stretches of ASCII, folded and cut into words: with AVX-512 if the processor has it, and by SSE2 or plain loops.
@Suite struct FoldingStretchTests {
    private let paths: [Int32] = datawall_widest_vectors() == DATAWALL_VECTORS_AVX512 ? [0, 1] : [0]

    private struct Folded: Equatable {
        var read = 0
        var bytes: [UInt8] = []
        var ends: [Int64] = []
        var after: Int32
    }

    @Test("Stretches are folded as a plain loop folds them, up to the end of memory")
    func folding() {
        var random = RandomBytes()
        let memory = GuardedBytes(capacity: 1_024)
        for round in 0..<RandomBytes.rounds {
            let text = random.mostlyASCII(random.number(0..<300))
            let (lowers, spaces) = (Int32(round & 1), Int32(round >> 1 & 1))
            let after = spaces & Int32(round >> 2)
            let expected = folded(text, lowers: lowers != 0, spaces: spaces != 0, after: after)
            let place = memory.place(text)
            for path in paths {
                var target = [UInt8](repeating: 0xEE, count: text.count + 80)
                let done = datawall_fold_ascii(place, text.count, &target, lowers, spaces, after, path)
                let found = Folded(read: done.read, bytes: Array(target.prefix(done.written)), after: done.after)
                if found != expected { Issue.record("seed \(random.seed), round \(round), path \(path): \(text)") }
            }
        }
    }

    private func folded(_ text: [UInt8], lowers: Bool, spaces: Bool, after: Int32) -> Folded {
        var folded = Folded(after: after)
        for byte in text.prefix(while: { $0 < 0x80 }) {
            folded.read += 1
            let isSpace = spaces && (byte == 0x20 || (0x09...0x0D).contains(byte))
            if isSpace {
                if folded.after == 0 { folded.bytes.append(0x20) }
            } else {
                folded.bytes.append(lowers && (0x41...0x5A).contains(byte) ? byte + 0x20 : byte)
            }
            folded.after = isSpace ? 1 : 0
        }
        return folded
    }

    @Test("Stretches have the words that a plain loop finds, up to the end of memory")
    func words() {
        var random = RandomBytes()
        let memory = GuardedBytes(capacity: 1_024)
        for round in 0..<RandomBytes.rounds {
            let text = random.mostlyASCII(random.number(0..<300))
            let limit = random.number(0..<text.count + 1)
            let (base, after) = (random.number(0..<1_000), Int32(round % 3))
            let place = memory.place(text)
            var reads: Set<Int> = []
            for path in paths {
                // A word takes a byte and its blank, and up to sixteen ends more are written.
                var target = [UInt8](repeating: 0xEE, count: text.count + 80)
                var (ends, count) = ([Int64](repeating: -1, count: text.count + 32), 0)
                let done = datawall_words_ascii(
                    place, text.count, limit, &target, base, after, &ends, &count, path)
                let found = Folded(
                    read: done.read, bytes: Array(target.prefix(done.written)), ends: Array(ends.prefix(count)),
                    after: done.after)
                reads.insert(done.read)
                if !stopsWell(text, done.read, limit)
                    || found != words(of: text, upTo: done.read, base: base, after: after)
                {
                    Issue.record("seed \(random.seed), round \(round), path \(path), limit \(limit): \(text)")
                }
            }
            if reads.count != 1 { Issue.record("seed \(random.seed), round \(round): the paths read \(reads)") }
        }
    }

    /// Whether a stretch may end at a place: at the end, past the limit, at a byte from 0x80, or at a point before one.
    private func stopsWell(_ text: [UInt8], _ place: Int, _ limit: Int) -> Bool {
        if place >= min(limit, text.count) || text[place] >= 0x80 { return true }
        let isPoint = text[place] == UInt8(ascii: ".") || text[place] == UInt8(ascii: ",")
        return isPoint && place + 1 < text.count && text[place + 1] >= 0x80
    }

    private func words(of text: [UInt8], upTo end: Int, base: Int, after: Int32) -> Folded {
        var words = Folded(read: end, after: after)
        for (place, byte) in text.prefix(end).enumerated() {
            let isPoint = byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",")
            let isBeforeDigit = place + 1 < text.count && (0x30...0x39).contains(text[place + 1])
            switch byte {
            case 0x41...0x5A, 0x61...0x7A:
                words.bytes.append(byte | 0x20)
                words.after = 0
            case 0x30...0x39:
                if words.after != 2 { words.bytes.append(0x30) }
                words.after = 2
            case _ where isPoint && isBeforeDigit && words.after == 2: break
            default:
                if words.after != 1 {
                    words.ends.append(Int64(base + words.bytes.count) << 1)
                    words.bytes.append(0x20)
                }
                words.after = 1
            }
        }
        return words
    }
}
