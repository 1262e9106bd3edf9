import TestSupport
import Testing

@testable import CorpusAudit

@Suite struct MinHashTests {
    private func minima(_ numbers: [UInt32], path: NearSignature.Path) -> [UInt32] {
        var minHash = MinHash(path: path)
        numbers.withUnsafeBufferPointer { minHash.insert($0) }
        return Array(minHash.minima)
    }

    /// With `DATAWALL_SOAK` a million sets in all.
    private static func sets(of count: Int) -> Int { isSoak && count < 1_000 ? 170_000 : 20 }

    @Test("All paths of this processor give the same minima, in one call or in several")
    func paths() {
        let seed = UInt64.random(in: 0 ... .max)
        var generator = SeededGenerator(seed: seed)
        for count in [0, 1, 2, 3, 7, 64, 1_000] {
            for _ in 0..<Self.sets(of: count) {
                let numbers = (0..<count).map { _ in UInt32.random(in: 0 ... .max, using: &generator) }
                let plain = minima(numbers, path: .plain)
                for path in NearSignature.Path.allCases where path.isSupported {
                    #expect(minima(numbers, path: path) == plain, "\(path), seed \(seed)")
                    var parts = MinHash(path: path)
                    numbers.prefix(count / 3).withUnsafeBufferPointer { parts.insert($0) }
                    numbers.dropFirst(count / 3).withUnsafeBufferPointer { parts.insert($0) }
                    #expect(Array(parts.minima) == plain, "\(path), seed \(seed)")
                }
            }
        }
    }

    @Test("The empty set has the highest minima, and extremes are found", arguments: NearSignature.Path.allCases)
    func extremes(path: NearSignature.Path) {
        #expect(minima([], path: path) == Array(repeating: .max, count: 112))
        // The number 0 goes to b; all values from one number on are distinct from those of the next.
        let (zero, one) = (minima([0], path: path), minima([1], path: path))
        #expect(zip(zero, one).allSatisfy { ($1 &- $0) % 2 == 1 })
        #expect(minima([0, 1], path: path) == zip(zero, one).map { min($0, $1) })
    }

    /// The share of pairs of sets with a given similarity that share at least one band.
    private func foundShare(
        common: Int, own: Int, pairs: Int, _ generator: inout SeededGenerator
    ) -> Double {
        var found = 0
        var left = MinHash()
        var right = MinHash()
        var numbers = [UInt32](repeating: 0, count: common + 2 * own)
        for _ in 0..<pairs {
            for index in numbers.indices { numbers[index] = UInt32.random(in: 0 ... .max, using: &generator) }
            left.removeAll()
            right.removeAll()
            numbers.withUnsafeBufferPointer { numbers in
                left.insert(UnsafeBufferPointer(rebasing: numbers[..<(common + own)]))
                right.insert(UnsafeBufferPointer(rebasing: numbers[..<common]))
                right.insert(UnsafeBufferPointer(rebasing: numbers[(common + own)...]))
            }
            let shares = (0..<NearMethod.bands).contains { band in
                (0..<NearMethod.rows).allSatisfy { left.minima[band * 8 + $0] == right.minima[band * 8 + $0] }
            }
            if shares { found += 1 }
        }
        return Double(found) / Double(pairs)
    }

    // The whole table of sizes and similarities is in Benchmarks/near/check.
    @Test("The share of pairs found is that of the curve", arguments: [(20, 1), (16, 2), (140, 30), (60, 20)])
    func curve(common: Int, own: Int) {
        let seed = UInt64.random(in: 0 ... .max)
        var generator = SeededGenerator(seed: seed)
        let pairs = 400
        let similarity = Double(common) / Double(common + 2 * own)
        let expected = NearMethod.recall(atSimilarity: similarity, threshold: 1)
        let found = foundShare(common: common, own: own, pairs: pairs, &generator)
        // Six deviations, so that chance fails one run in a hundred million.
        let deviation = (expected * (1 - expected) / Double(pairs)).squareRoot()
        #expect(abs(found - expected) <= 6 * deviation, "seed \(seed)")
    }

    // 1 − (1 − J⁸)¹⁴ and the binomial sums beyond it, by Python's math.comb.
    @Test("The chance to be found is the binomial's tail")
    func recall() {
        let expected: [(Double, Int, Double)] = [
            (0.5, 1, 0.053320), (0.7, 1, 0.564504), (0.8, 1, 0.923548), (0.9, 3, 0.975984), (0.85, 3, 0.778830),
            (0.8, 3, 0.425034), (0.7, 3, 0.043217),
        ]
        for (similarity, threshold, chance) in expected {
            #expect(abs(NearMethod.recall(atSimilarity: similarity, threshold: threshold) - chance) < 1e-6)
        }
        #expect(NearMethod.recall(atSimilarity: 1, threshold: 14) == 1)
        #expect(NearMethod.recall(atSimilarity: 0, threshold: 1) == 0)
    }
}
