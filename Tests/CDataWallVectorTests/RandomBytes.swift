import ScalingLaws
import TestSupport

/// Random bytes, often those on the border of a class that some kernel looks for.
struct RandomBytes {
    /// Printed with a failure: the same seed gives the same bytes.
    let seed: UInt64
    private(set) var generator: SeededGenerator

    /// Inputs of each test: a million with `DATAWALL_SOAK`.
    static let rounds = isSoak ? 1_000_000 : 2_000

    private static let borders =
        Array("\0\u{8}\t\n\r\u{E}\u{1F} !\"./,-+09:@AZ[\\]`az{\u{7F}".utf8) + [0x80, 0xBF, 0xFF]

    init() {
        seed = .random(in: 0 ... .max)
        generator = SeededGenerator(seed: seed)
    }

    mutating func number(_ range: Range<Int>) -> Int { .random(in: range, using: &generator) }

    mutating func next<Integer: FixedWidthInteger & UnsignedInteger>() -> Integer { generator.next() }

    private static let numbers = Array("0019.,. aZ\n".utf8)

    /// Some bytes: any, on borders, of numbers, or few kinds, so that runs of each come up.
    mutating func bytes(_ count: Int) -> [UInt8] {
        let kind = number(0..<5)
        let few = (0..<3).map { _ in Self.borders[number(0..<Self.borders.count)] }
        return (0..<count).map { _ in
            switch kind {
            case 0: next()
            case 1: few[number(0..<3)]
            case 2: Self.numbers[number(0..<Self.numbers.count)]
            default: number(0..<8) == 0 ? next() : Self.borders[number(0..<Self.borders.count)]
            }
        }
    }

    /// The same without bytes from 0x80, but for one now and then.
    mutating func mostlyASCII(_ count: Int) -> [UInt8] {
        var bytes = bytes(count).map { $0 & 0x7F }
        if count > 0, number(0..<3) == 0 { bytes[number(0..<count)] = 0xC3 }
        return bytes
    }
}

extension [UInt8] {
    /// Bit i for byte i that fulfils a condition, of sixty-four at most.
    func mask(where condition: (UInt8) -> Bool) -> UInt64 {
        indices.reduce(0) { condition(self[$1]) ? $0 | 1 << UInt64($1) : $0 }
    }
}
