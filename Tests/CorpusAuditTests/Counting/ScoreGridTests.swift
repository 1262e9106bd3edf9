import Foundation
import Testing

@testable import CorpusAudit

@Suite struct ScoreGridTests {
    /// The bin of a decimal by its digits: the oracle reads them off the text, where the grid compares doubles.
    ///
    /// `digits` has two digits and more behind them; a score below 0 that has more than the two is one bin lower.
    private static func edge(_ digits: String, exponent: Int, isNegative: Bool) -> Double {
        let two = Int(digits.prefix(2)) ?? 0
        let isExact = digits.dropFirst(2).allSatisfy { $0 == "0" }
        return isNegative
            ? Double("-\(isExact ? two : two + 1)e\(exponent)") ?? 0 : Double("\(two)e\(exponent)") ?? 0
    }

    @Test("a score lies in the bin of its first two digits, rounded down")
    func digits() {
        var random = SeededGenerator(seed: 21)
        for _ in 0..<20_000 {
            let digits =
                "\(Int.random(in: 1...9, using: &random))"
                + (0..<Int.random(in: 1...5, using: &random)).map { _ in "\(Int.random(in: 0...9, using: &random))" }
                .joined()
            let exponent = Int.random(in: -13..<11, using: &random)
            for isNegative in [false, true] {
                // The digits after the second are behind the point.
                let text = "\(isNegative ? "-" : "")\(digits.prefix(2)).\(digits.dropFirst(2))0e\(exponent)"
                let score = Double(text) ?? .nan
                let range = ScoreGrid.range(of: ScoreGrid.bin(of: score))
                #expect(range.from == Self.edge(digits, exponent: exponent, isNegative: isNegative), "\(text)")
                #expect(range.from ?? 1 <= score && score < range.to ?? 0, "\(text)")
            }
        }
    }

    @Test("bins follow each other without gaps, are bounded in number, and open at both ends")
    func bins() {
        // 90 bins for each of 24 powers of ten on both sides, two around 0, two open ones.
        #expect(ScoreGrid.count == 2 * 90 * 24 + 4)
        for bin in 0..<ScoreGrid.count {
            let range = ScoreGrid.range(of: bin)
            #expect((range.from == nil) == (bin == 0) && (range.to == nil) == (bin == ScoreGrid.count - 1))
            if let from = range.from {
                #expect(ScoreGrid.bin(of: from) == bin && ScoreGrid.bin(of: from.nextDown) == bin - 1)
            }
            if let from = range.from, let to = range.to { #expect(from < to) }
        }
        #expect(ScoreGrid.bin(of: -.greatestFiniteMagnitude) == 0)
        #expect(ScoreGrid.bin(of: .greatestFiniteMagnitude) == ScoreGrid.count - 1)
    }

    @Test(
        "bins are those that a person expects",
        arguments: [
            (0.0, 0.0, 1e-12), (0.29, 0.29, 0.30), (0.2999, 0.29, 0.30), (3, 3, 3.1), (3.14, 3.1, 3.2), (10, 10, 11),
            (99.9, 99, 100), (100, 100, 110), (-0.5, -0.5, -0.49), (-10, -10, -9.9), (-9.95, -10, -9.9),
            (.leastNonzeroMagnitude, 0, 1e-12), (-.leastNonzeroMagnitude, -1e-12, 0),
        ])
    func examples(score: Double, from: Double, to: Double) {
        let range = ScoreGrid.range(of: ScoreGrid.bin(of: score))
        #expect(range.from == from && range.to == to)
    }
}
