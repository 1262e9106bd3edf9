import DataMixing
import Foundation
import InfoLaw
import Muennighoff
import ScalingLaws
import TestSupport
import Testing

/// Random problems that Datasets/mixtures/solve.py had an independent convex solver (CVXPY with Clarabel) answer.
@Suite struct IndependentSolverTests {
    struct Case: CustomStringConvertible, Sendable {
        var name: String
        var tokens: Double
        var parameters: Double
        var kl: Double
        var objective: Double
        var sources: [SourceSupply] = []
        var coefficients: [Double?] = []

        var description: String { "case \(name): \(sources.count) sources, λ = \(kl)" }
    }

    static let cases: [Case] = {
        let file = PackageFolder.dataset("mixtures/solved.csv")
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
        var cases: [Case] = []
        for line in text.split(whereSeparator: \.isNewline).dropFirst() {
            let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            let numbers = cells.map { Double($0) }
            if cases.last?.name != cells[0] {
                cases.append(
                    Case(
                        name: cells[0], tokens: numbers[1] ?? 0, parameters: numbers[2] ?? 0, kl: numbers[3] ?? 0,
                        objective: numbers[4] ?? 0))
            }
            cases[cases.count - 1].sources.append(
                SourceSupply(
                    name: cells[5], uniqueTokens: numbers[6] ?? 0, quality: numbers[7] ?? 0, maxEpochs: numbers[10],
                    floor: numbers[11] ?? 0))
            cases[cases.count - 1].coefficients.append(cells[8] == "infolaw" ? nil : numbers[9])
        }
        return cases
    }()

    @Test("the cases are here")
    func present() { #expect(Self.cases.count == 48) }

    @Test("the optimum is the independent solver's, to a millionth of the objective", arguments: cases)
    func optimum(_ problem: Case) throws {
        let curves = try problem.coefficients.map { coefficient in
            try coefficient.map { try CompiledCurve(MuennighoffCurve(), coefficients: [$0]) }
                ?? InfoLawCurve().compiled()
        }
        let solution = try MixtureProblem(
            sources: problem.sources, tokens: problem.tokens, curves: curves, parameters: problem.parameters,
            pull: problem.kl > 0 ? NaturalPull(problem.kl) : .none
        ).solved()
        // Relative for effective tokens; for ln D_eff a difference is relative already.
        let difference =
            problem.kl > 0
            ? Elementary.log(solution.effectiveTokens) - problem.kl * solution.divergence - problem.objective
            : solution.effectiveTokens / problem.objective - 1
        #expect(abs(difference) < 1e-6)
        #expect(solution.gap < 1e-11)
        #expect(abs(solution.weights.reduce(0, +) - 1) < 1e-12)
        for (source, epochs) in zip(problem.sources, solution.epochs) {
            #expect(epochs <= (source.maxEpochs ?? .infinity) * (1 + 1e-9))
        }
    }
}
