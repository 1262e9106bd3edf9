import Testing

@testable import CorpusAudit

@Suite struct TokenRoundingTests {
    private typealias Pair = TokenRounding.Pair

    @Test(
        "pairs add up to the nearest totals, each sum within one token, no part over its whole, equal sums equal",
        arguments: 0..<200 as Range<UInt64>)
    func pairs(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let units: [Double] = [4, 3.7, 1, 0.3, 1_024, 1_000]
        let unit = units.randomElement(using: &random) ?? 4
        let rounding = TokenRounding(unitsPerToken: unit)
        let largest = [3, 20, 5_000].randomElement(using: &random) ?? 3
        let sums = (0..<Int.random(in: 0...40, using: &random)).map { _ in
            let part = Int.random(in: 0...largest, using: &random)
            let more = [0, 0, 1, largest].randomElement(using: &random) ?? 0
            return Pair(part: part, whole: part + Int.random(in: 0...more, using: &random))
        }
        let rounded = rounding.pairs(sums)
        #expect(rounded.count == sums.count)
        /// How far a number of tokens is from the sum it represents.
        func error(_ tokens: Int, _ sum: Int) -> Double { abs(Double(tokens) - Double(sum) / unit) }
        for (exact, found) in zip(sums, rounded) {
            #expect(error(found.part, exact.part) < 1, "seed \(seed)")
            #expect(error(found.whole, exact.whole) < 1, "seed \(seed)")
            #expect(found.part >= 0 && found.part <= found.whole, "seed \(seed)")
            #expect(exact.part != exact.whole || found.part == found.whole, "seed \(seed)")
            if exact.part == 0 { #expect(found.part == 0, "seed \(seed)") }
        }
        let parts = (rounded.map(\.part).reduce(0, +), sums.map(\.part).reduce(0, +))
        let wholes = (rounded.map(\.whole).reduce(0, +), sums.map(\.whole).reduce(0, +))
        #expect(error(parts.0, parts.1) < 0.5 + 1e-9, "seed \(seed)")
        #expect(error(wholes.0, wholes.1) < 0.5 + 1e-9, "seed \(seed)")
    }

    @Test("parts add up to what they are given, each within one token where that is near their sum")
    func parts() {
        let rounding = TokenRounding(unitsPerToken: 4)
        #expect(rounding.parts([5, 6, 7], addingTo: 4) == [1, 1, 2])
        #expect(rounding.parts([5, 6, 7], addingTo: 5) == [1, 2, 2])
        #expect(rounding.parts([0, 6, 0], addingTo: 2) == [0, 2, 0])
        #expect(rounding.parts([4, 8], addingTo: 2) == [1, 1])
        #expect(rounding.parts([4, 8], addingTo: 5) == [2, 3])
        #expect(rounding.parts([], addingTo: 3) == [])
        #expect(rounding.parts([0, 0], addingTo: 0) == [0, 0])
    }
}
