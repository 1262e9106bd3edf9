import Foundation
import LawFitting
import ScalingLaws
import TestSupport
import Testing

@Suite struct LawFitterTests {
    struct Answers: Decodable {
        struct Answer: Decodable {
            var law: String
            var filter: String
            var objectiveKind: String
            var runs: Int
            var objective: Double
            var coefficients: [String: Double]

            enum CodingKeys: String, CodingKey {
                case law, runs, objective, coefficients
                case filter = "where"
                case objectiveKind = "objective_kind"
            }
        }

        var answers: [Answer]
    }

    /// What SciPy found on the synthetic table (Datasets/synthetic/make.py).
    static let answers: [Answers.Answer] = {
        let file = PackageFolder.dataset("synthetic/answers.json")
        do {
            return try JSONDecoder().decode(Answers.self, from: Data(contentsOf: file)).answers
        } catch {
            Issue.record("the answers cannot be read: \(error)")
            return []
        }
    }()

    @Test("fits reach what SciPy reaches from hundreds of starts", arguments: 0..<8)
    func agreement(index: Int) throws {
        let answer = Self.answers[index]
        let runs = try SampleTables.synthetic(answer.filter)
        #expect(runs.count == answer.runs)
        let objective: FitObjective =
            answer.objectiveKind.hasPrefix("huber")
            ? .huber(delta: Double(answer.objectiveKind.dropFirst(6)) ?? 0) : .squares
        let fit = try LawFitter(SampleTables.law(answer.law), options: FitOptions(objective: objective)).fit(runs)
        // Never above SciPy's minimum, and below it only by what SciPy's own tolerance leaves.
        #expect(fit.objectiveValue <= answer.objective * (1 + 1e-9))
        #expect(fit.objectiveValue >= answer.objective * (1 - 1e-4))
        #expect(fit.converged)
        for (name, value) in answer.coefficients {
            let fitted = try #require(fit[name])
            #expect(agree(fitted, value, within: answer.objective < 1e-4 ? 0.02 : 1e-3), "\(name): \(fitted), \(value)")
        }
    }

    @Test("the same runs give the same bits, and a warm start the same minimum")
    func determinism() throws {
        let runs = try SampleTables.synthetic("epochs<=1")
        let fitter = try LawFitter(SampleTables.law("chinchilla"))
        let first = try fitter.fit(runs)
        #expect(try fitter.fit(runs).coefficients == first.coefficients)
        let warm = try fitter.fit(runs, startingAlsoAt: [first.coefficients])
        #expect(agree(warm.objectiveValue, first.objectiveValue, within: 1e-9))
    }

    @Test("held coefficients stay where they are, and a local search goes downhill only")
    func held() throws {
        let runs = try SampleTables.synthetic("epochs<=1")
        let law = try SampleTables.law("chinchilla")
        let fit = try LawFitter(law, options: FitOptions(held: ["alpha": 0.3])).fit(runs)
        #expect(fit["alpha"] == 0.3)
        #expect(fit.freeCoefficients == ["E", "A", "B", "beta"])
        let free = try LawFitter(law).fit(runs)
        #expect(fit.objectiveValue > free.objectiveValue)
        let local = try LawFitter(law, options: FitOptions(search: .local(from: ["alpha": 0.5]))).fit(runs)
        #expect(agree(local.objectiveValue, free.objectiveValue, within: 1e-8))
        // The factor of weight decay on Lovelace's penalty is held by its card.
        let penalty = try LawFitter(SampleTables.law("lovelace")).fit(SampleTables.synthetic())
        #expect(penalty["w"] == 1)
        #expect(!penalty.freeCoefficients.contains("w"))
        #expect(throws: FittingError.self) {
            try LawFitter(law, options: FitOptions(held: ["gamma": 1])).fit(runs)
        }
        #expect(throws: FittingError.self) {
            try LawFitter(law, options: FitOptions(held: ["alpha": -1])).fit(runs)
        }
    }

    @Test("absolute errors are minimised as the limit of ever narrower Huber losses")
    func absolute() throws {
        let runs = try SampleTables.synthetic("epochs<=1")
        let law = try SampleTables.law("chinchilla")
        let fit = try LawFitter(law, options: FitOptions(objective: .absolute)).fit(runs)
        // At the minimum of a sum of absolute errors as many runs are met exactly as there are coefficients.
        #expect(fit.residuals.count { abs($0) < 1e-6 } == 5)
        // Huber's loss over delta falls short of the absolute error by delta/2 a run at most.
        let narrow = try #require(Self.answers.first { $0.objectiveKind == "huber 1e-05" })
        #expect(fit.objectiveValue <= narrow.objective / 1e-5 + 0.5e-5 * Double(narrow.runs))
        #expect(fit.objectiveValue >= narrow.objective / 1e-5 * (1 - 1e-6))
    }

    // MARK: Runs that cannot tell

    static func message(_ law: String, _ table: String) throws -> String {
        let runs = try RunTableReader().read(table)
        let law = try SampleTables.law(law)
        let error = #expect(throws: FittingError.self) { try LawFitter(law).fit(runs) }
        return error?.description ?? ""
    }

    static func table(_ rows: [(Double, Double, Double?)]) -> String {
        "params,tokens,unique_tokens,loss\n"
            + rows.enumerated().map { index, row in
                "\(row.0),\(row.1),\(row.2 ?? row.1),\(2.5 + 0.01 * Double(index % 7))"
            }.joined(separator: "\n")
    }

    @Test("too few runs are counted against the coefficients")
    func tooFew() throws {
        let text = try Self.message("chinchilla", Self.table([(1e9, 2e10, nil), (2e9, 3e10, nil), (3e9, 5e10, nil)]))
        #expect(text.hasPrefix("3 runs cannot determine the 5 coefficients E, A, alpha, B, beta"))
    }

    @Test("runs of one size, one D or one epoch name what cannot be known")
    func unknowable() throws {
        let oneSize = (1...12).map { (1e9, 2e9 * Double($0 * $0), nil as Double?) }
        let text = try Self.message("chinchilla", Self.table(oneSize))
        #expect(text.hasPrefix("all 12 runs have the same model size, N = 1B: E, A, alpha cannot be known"))
        let oneD = (1...12).map { (1e8 * Double($0 * $0), 2e10, nil as Double?) }
        #expect(
            try Self.message("chinchilla", Self.table(oneD)).contains("D = 20B: E, B, beta cannot be known"))
        var single: [(Double, Double, Double?)] = []
        for i in 1...5 { for j in 1...5 { single.append((1e8 * Double(i * i), 2e9 * Double(j * j), nil)) } }
        #expect(
            try Self.message("lovelace", Self.table(single))
                .hasPrefix("no run repeats data (all 25 have one epoch at most): P, delta, kappa cannot be known"))
        let fourEpochs = single.map { ($0.0, $0.1, Optional($0.1 / 4)) }
        #expect(
            try Self.message("lovelace", Self.table(fourEpochs))
                .contains("the same number of epochs, 4: P, delta cannot be known"))
        let unknown = "params,tokens,loss\n" + single.map { "\($0.0),\($0.1),2.5" }.joined(separator: "\n")
        #expect(try Self.message("lovelace", unknown).contains("does not say how many tokens are unique"))
    }
}
