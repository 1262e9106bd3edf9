import CDataWallVector
import Testing

@Suite struct ByteMaskTests {
    @Test("Masks of sixteen and sixty-four bytes are those of plain loops, up to the end of memory")
    func masks() {
        var random = RandomBytes()
        let memory = GuardedBytes(capacity: 64)
        for round in 0..<RandomBytes.rounds {
            // Every byte once, then random ones.
            let bytes = round < 4 ? (0..<64).map { UInt8(round * 64 + $0) } : random.bytes(64)
            let place = memory.place(bytes)
            let specials = bytes.mask { $0 < 0x20 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }
            let digits = bytes.mask { (0x30...0x39).contains($0) }
            let hasHigh = bytes.contains { $0 >= 0x80 }
            let feeds = bytes.mask { $0 == 0x0A }
            let blanks = bytes.mask { $0 == 0x20 }
            let block = datawall_json_specials64(place)
            var isRight = block.specials == specials && (block.high != 0) == hasHigh
            isRight = isRight && datawall_line_feeds64(place) == feeds && datawall_blanks64(place) == blanks
            for start in 0...48 {
                let (some, shift) = (place + start, UInt64(start))
                isRight = isRight && UInt64(datawall_json_specials16(some)) == specials >> shift & 0xFFFF
                isRight = isRight && UInt64(datawall_digits16(some)) == digits >> shift & 0xFFFF
            }
            if !isRight { Issue.record("seed \(random.seed), round \(round): \(bytes)") }
        }
    }

    @Test("Slots are found as a plain loop finds them, whatever the alignment of their line")
    func slots() {
        var random = RandomBytes()
        let memory = GuardedBytes(capacity: 68)
        for round in 0..<RandomBytes.rounds {
            // Few tags and numbers, so that some slots match and some are empty.
            let line = (0..<16).map { _ in UInt32(random.number(0..<4)) << UInt32(random.number(0..<2) * 30) }
            let tag = line[random.number(0..<8)] &+ UInt32(random.number(0..<4) / 3)
            // A line of numbers may start at any multiple of four bytes: at the end of memory, or four bytes before it.
            let bytes = line.flatMap { number in withUnsafeBytes(of: number) { Array($0) } }
            let place = memory.place(bytes + [UInt8](repeating: 0, count: round % 2 * 4))
            let found = place.withMemoryRebound(to: UInt32.self, capacity: 16) { datawall_search_slots8($0, tag) }
            var expected: (matches: UInt32, empties: UInt32) = (0, 0)
            for slot in 0..<8 {
                if line[8 + slot] == 0 {
                    expected.empties |= 1 << UInt32(slot)
                } else if line[slot] == tag {
                    expected.matches |= 1 << UInt32(slot)
                }
            }
            if found.matches != expected.matches || found.empties != expected.empties {
                Issue.record("seed \(random.seed), round \(round): \(line) \(tag)")
            }
        }
    }

    @Test("A gap is copied whole, and no more than thirty-two bytes past its end are touched")
    func gaps() {
        var random = RandomBytes()
        for count in 0...64 {
            let touched = count > 32 ? 64 : 32
            let source = GuardedBytes(capacity: 64)
            let target = GuardedBytes(capacity: 64)
            for _ in 0..<RandomBytes.rounds / 64 {
                let bytes = random.bytes(touched)
                let end = target.room(touched)
                end.update(repeating: 0, count: touched)
                datawall_copy_gap(end, source.place(bytes), count)
                let copied = UnsafeBufferPointer(start: end, count: count)
                if !copied.elementsEqual(bytes.prefix(count)) {
                    Issue.record("seed \(random.seed), \(count) bytes")
                }
            }
        }
    }
}
