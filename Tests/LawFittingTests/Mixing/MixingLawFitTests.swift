import Foundation
import LawFitting
import ScalingLaws
import TestSupport
import Testing

@Suite struct MixingLawFitTests {
    static let folder = PackageFolder.published.appending(path: "mixtures/pilots")

    static func text(_ name: String) -> String? {
        try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
    }

    static let isThere = text("regmix_train_1m.csv") != nil

    static func pileCC() throws -> (fit: MixingLawFit, pilots: MixturePilots) {
        let pilots = try MixturePilots(parsing: try #require(text("regmix_train_1m.csv")))
        let target = try #require(pilots.targets.firstIndex(of: "pile_cc"))
        return (try MixingLawFit(pilots, target: target, folds: 0), pilots)
    }

    /// How well predictions rank the runs of a file that were held out.
    private func ranks(_ file: String, _ pilots: MixturePilots, _ predict: ([Double]) -> Double) throws -> Double {
        let test = try MixturePilots(parsing: try #require(Self.text(file)))
        #expect(test.sources == pilots.sources)
        let target = try #require(test.targets.firstIndex(of: "pile_cc"))
        return RankingQuality(
            predicted: test.runs.map { predict($0.weights) }, measured: test.runs.map { $0.losses[target] }
        ).spearman
    }

    // RegMix's 512 runs of 1M parameters (arXiv:2407.01492, its repository's data); the bounds are those of an
    // independent fit of the same form, whose own ranks are 0.9625, 0.9576 and 0.9857.
    @Test(
        "the law of 512 small runs ranks runs of 1M, 60M and 1B parameters it has not seen",
        .enabled(if: isThere, "RegMix's runs are not here"),
        arguments: [("regmix_test_1m.csv", 0.96), ("regmix_test_60m.csv", 0.955), ("regmix_test_1b.csv", 0.98)])
    func regmix(file: String, least: Double) throws {
        let (fit, pilots) = try Self.pileCC()
        #expect(pilots.runs.count == 512)
        #expect(pilots.sources.count == 17)
        let rank = try ranks(file, pilots) { fit.law.loss($0) }
        #expect(rank >= least, "\(rank)")
    }

    // The same runs; the figures are those of an independent least-squares fit.
    @Test(
        "a straight line through the same runs ranks them worse, as an independent fit of it does",
        .enabled(if: isThere, "RegMix's runs are not here"),
        arguments: [("regmix_test_1m.csv", 0.9021), ("regmix_test_60m.csv", 0.8933), ("regmix_test_1b.csv", 0.8766)])
    func straightLine(file: String, expected: Double) throws {
        let (fit, pilots) = try Self.pileCC()
        let target = try #require(pilots.targets.firstIndex(of: "pile_cc"))
        let line = try LinearMixingFit(pilots, target: target)
        let rank = try ranks(file, pilots) { line.loss($0) }
        #expect(abs(rank - expected) < 0.005, "\(rank)")
        #expect(try ranks(file, pilots) { fit.law.loss($0) } > rank + 0.05)
    }

    @Test(
        "cross-validation foretells how well unseen runs of the same size are ranked",
        .enabled(if: isThere, "RegMix's runs are not here"))
    func crossValidation() throws {
        let pilots = try MixturePilots(parsing: try #require(Self.text("regmix_train_1m.csv")))
        let target = try #require(pilots.targets.firstIndex(of: "pile_cc"))
        let fit = try MixingLawFit(pilots, target: target)
        let quality = try #require(fit.crossValidation)
        #expect(quality.runs == 512)
        #expect(abs(quality.spearman - 0.9625) < 0.02, "\(quality.spearman)")
        let line = try #require(fit.straightLine)
        #expect(abs(line.spearman - 0.9021) < 0.02, "\(line.spearman)")
    }

    static func table(_ rows: [([Double], Double)]) -> String {
        "w_a,w_b,w_c,loss\n"
            + rows.map { "\($0.0[0]),\($0.0[1]),\($0.0[2]),\($0.1)\n" }.joined()
    }

    @Test("a law is found again from its own losses, also where some runs are far off", arguments: [0, 3])
    func recovery(outliers: Int) throws {
        let law = MixingLaw(floor: 2, slopes: [0.3, -0.8, 0.9])
        var random = SeededNumbers(seed: 5)
        let rows = (0..<60).map { index -> ([Double], Double) in
            let raw = (0..<3).map { _ in random.next() }
            let sum = raw.reduce(0, +)
            let weights = raw.map { $0 / sum }
            return (weights, law.loss(weights) + (index < outliers ? 1 : 0))
        }
        let fit = try MixingLawFit(try MixturePilots(parsing: Self.table(rows)))
        for weights in [[0.2, 0.3, 0.5], [0.6, 0.3, 0.1], [0.1, 0.8, 0.1]] {
            #expect(abs(fit.law.loss(weights) - law.loss(weights)) < (outliers == 0 ? 1e-5 : 0.02))
        }
    }

    @Test(
        "tables that are no pilots are refused, line and column named",
        arguments: [
            ("w_a,w_b\n0.5,0.5\n", "loss"), ("a,b,loss\n0.5,0.5,2\n", "w_NAME"), ("w_a,w_b,loss\n", "no run"),
            ("w_a,w_b,loss\n0.5,0.6,2\n", "line 2"), ("w_a,w_b,loss\n1.5,-0.5,2\n", "line 2"),
            ("w_a,w_b,loss\n0.5,0.5,2\n0.5,0.5,nan\n", "line 3"), ("w_a,w_b,loss\n0.5,0.5,-1\n", "loss"),
            ("w_a,w_a,loss\n0.5,0.5,1\n", "w_a"), ("w_a,w_b,loss\n0.5,0.5\n", "line 2"),
        ])
    func refusals(text: String, word: String) {
        do {
            _ = try MixturePilots(parsing: text)
            Issue.record("accepted")
        } catch { #expect("\(error)".contains(word), "\(error)") }
    }

    @Test("fewer pilots than coefficients are refused")
    func tooFew() throws {
        let rows = [([0.2, 0.3, 0.5], 3.0), ([0.5, 0.3, 0.2], 3.1), ([0.3, 0.3, 0.4], 3.05)]
        let pilots = try MixturePilots(parsing: Self.table(rows))
        #expect(throws: FittingError.tooFewRuns(3, coefficients: ["c", "t_a", "t_b", "t_c"])) {
            try MixingLawFit(pilots)
        }
    }

    private struct SeededNumbers {
        private var state: UInt64
        init(seed: UInt64) { state = seed }
        mutating func next() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 11) * 0x1p-53
        }
    }
}
