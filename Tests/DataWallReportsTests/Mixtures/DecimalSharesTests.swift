import Testing

@testable import DataWallReports

@Suite struct DecimalSharesTests {
    /// The parts of 10¹² that a decimal says.
    private static func parts(_ text: String) throws -> Int {
        let digits = text.split(separator: ".")
        #expect(digits.count == 2 && digits[1].count == 12, "\(text)")
        return try #require(Int(digits[0])) * 1_000_000_000_000 + (try #require(Int(digits[1])))
    }

    private static func texts(_ weights: [Double]) -> [String] {
        let shares = DecimalShares(weights)
        return weights.indices.map { shares.text($0) }
    }

    struct Case: Sendable {
        var weights: [Double]
        var expected: [String]
    }

    static let cases: [Case] = [
        Case(weights: [1], expected: ["1.000000000000"]),
        Case(weights: [0, 1], expected: ["0.000000000000", "1.000000000000"]),
        Case(weights: [0.1, 0.2, 0.7], expected: ["0.100000000000", "0.200000000000", "0.700000000000"]),
        Case(
            weights: [1.0 / 3, 1.0 / 3, 1.0 / 3], expected: ["0.333333333334", "0.333333333333", "0.333333333333"]),
        // The heaviest gives way to weights that would be cut to nothing.
        Case(
            weights: [1 - 2e-15, 1e-15, 1e-15], expected: ["0.999999999998", "0.000000000001", "0.000000000001"]),
    ]

    @Test("decimals of hand-made weights", arguments: cases)
    func byHand(_ example: Case) {
        #expect(Self.texts(example.weights) == example.expected)
    }

    @Test("decimals add up to exactly 1, stay near their weights, and none of a weight is lost", arguments: 1...30)
    func random(seed: UInt64) throws {
        var state = seed
        func next() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 11) * 0x1p-53
        }
        let count = 1 + Int(next() * 1_000)
        // Over twenty decades, a tenth of them nothing.
        let raw = (0..<count).map { index -> Double in
            var size = index == 0 ? 1.0 : next() < 0.1 ? 0 : 1.0
            for _ in 0..<Int(next() * 20) { size /= 10 }
            return size * (0.1 + next())
        }
        let sum = raw.reduce(0, +)
        let weights = raw.map { $0 / sum }
        let parts = try Self.texts(weights).map(Self.parts)
        #expect(parts.reduce(0, +) == 1_000_000_000_000, "seed \(seed)")
        for (weight, part) in zip(weights, parts) {
            #expect((part > 0) == (weight > 0), "seed \(seed)")
            #expect(abs(Double(part) * 1e-12 - weight) < 1.1e-12 * Double(count), "seed \(seed)")
        }
    }
}
