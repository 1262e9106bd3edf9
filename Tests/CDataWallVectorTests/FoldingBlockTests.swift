import CDataWallVector
import ScalingLaws
import Testing

@Suite struct FoldingBlockTests {
    @Test("The processor's vectors fold blocks as plain loops do")
    func blocks() {
        let seed = UInt64.random(in: 0 ... .max)
        var generator = SeededGenerator(seed: seed)
        for round in 0..<RandomBytes.rounds {
            // Every byte, and often what is on the border of a class.
            let block = (0..<64).map { index in
                round < 4
                    ? UInt8(round * 64 + index)
                    : Bool.random(using: &generator)
                        ? UInt8.random(in: 0...255, using: &generator)
                        : Array("@AZ[`az{/09:\t\r\u{E}\u{8} .,".utf8).randomElement(using: &generator) ?? 0
            }
            for flags in 0..<4 as Range<Int32> {
                var (fast, plain) = ([UInt8](repeating: 1, count: 64), [UInt8](repeating: 2, count: 64))
                let one = datawall_fold64(block, &fast, flags & 1, flags >> 1)
                let other = datawall_fold64_plain(block, &plain, flags & 1, flags >> 1)
                #expect(one.spaces == other.spaces && one.high == other.high && fast == plain, "seed \(seed)")
            }
            var (fast, plain) = ([UInt8](repeating: 1, count: 64), [UInt8](repeating: 2, count: 64))
            let one = datawall_words64(block, &fast)
            let other = datawall_words64_plain(block, &plain)
            // What becomes of bytes from 0x80 is for the caller to cut off.
            let ascii = block.indices.filter { block[$0] < 0x80 }
            #expect(one.digits == other.digits && one.points == other.points && one.high == other.high, "seed \(seed)")
            #expect((one.blanks ^ other.blanks) & ~one.high == 0, "seed \(seed)")
            #expect(ascii.allSatisfy { fast[$0] == plain[$0] }, "seed \(seed)")
        }
    }

    @Test("Packing keeps the bytes of a mask")
    func packing() {
        let seed = UInt64.random(in: 0 ... .max)
        var generator = SeededGenerator(seed: seed)
        let block = (0..<80).map { UInt8($0) }
        for round in 0..<RandomBytes.rounds {
            let mask: UInt64 =
                round < 65
                ? (round == 64 ? .max : (1 << UInt64(round)) - 1)
                : UInt64.random(in: 0 ... .max, using: &generator) | UInt64.random(in: 0 ... .max, using: &generator)
            var target = [UInt8](repeating: 0, count: 160)
            let count = datawall_pack64(&target, block, mask)
            let kept = (0..<64).filter { mask >> UInt64($0) & 1 != 0 }.map { UInt8($0) }
            #expect(target.prefix(count).elementsEqual(kept))
        }
    }
}
