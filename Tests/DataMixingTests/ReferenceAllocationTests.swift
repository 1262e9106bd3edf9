import DataMixing
import Muennighoff
import Sampling
import ScalingLaws
import Testing
import UniMax

@Suite struct ReferenceAllocationTests {
    struct Case: CustomStringConvertible, Sendable {
        var name: String
        var solver: String
        var lambda: Double
        var cap: Double?
        var tokens: Double
        var sources: [SourceSupply]
        var weights: [Double]
        var epochs: [Double]
        var effective: Double

        var description: String {
            "\(name), \(solver), λ = \(lambda), cap \(cap.map { "\($0)" } ?? "none")"
        }
    }

    static let file = "reference_allocations.csv"

    static let cases: [Case] = {
        var cases: [Case] = []
        for row in PublishedData.rows(file) {
            func number(_ column: String) -> Double? { row[column].flatMap { Double($0) } }
            guard let name = row["case"], let solver = row["solver"], let source = row["source"] else { continue }
            let lambda = number("kl_lambda") ?? 0
            let cap = number("epoch_cap")
            let isNew =
                cases.last.map { ($0.name, $0.solver) != (name, solver) || $0.lambda != lambda || $0.cap != cap }
                ?? true
            if isNew {
                cases.append(
                    Case(
                        name: name, solver: solver, lambda: lambda, cap: cap, tokens: number("budget_btok") ?? 0,
                        sources: [], weights: [], epochs: [], effective: number("effective_btok") ?? 0))
            }
            let last = cases.count - 1
            cases[last].sources.append(
                SourceSupply(
                    name: source, uniqueTokens: number("unique_btok") ?? 0, quality: number("quality") ?? 1,
                    maxEpochs: cap))
            cases[last].weights.append(number("weight") ?? .nan)
            cases[last].epochs.append(number("epochs") ?? .nan)
        }
        return cases
    }()

    @Test(
        "the solver returns the reference allocations",
        .enabled(if: PublishedData.exists(file), "the reference allocations are not here"),
        arguments: cases.filter { $0.solver.hasPrefix("effective_data") })
    func solver(_ reference: Case) throws {
        let curve = try CompiledCurve(MuennighoffCurve(), coefficients: [15.387756])
        let problem = try MixtureProblem(
            sources: reference.sources, tokens: reference.tokens, curve: curve,
            pull: reference.lambda > 0 ? NaturalPull(reference.lambda) : .none)
        let solution = try problem.solved()
        for (weight, expected) in zip(solution.weights, reference.weights) {
            #expect(abs(weight - expected) < 1e-6, "\(solution.weights)")
        }
        for (epochs, expected) in zip(solution.epochs, reference.epochs) {
            #expect(abs(epochs - expected) < 1.2e-5, "printed to five decimals")
        }
        #expect(abs(solution.effectiveTokens / reference.effective - 1) < 1e-6)
        #expect(solution.gap < 1e-11, "\(solution.gap)")
    }

    /// The rows that a method other than the solver made.
    static func method(_ solver: String) -> (any MixtureMethod)? {
        switch solver {
        case "proportional": ProportionalMixture()
        case "unimax": UniMaxMixture()
        default: nil
        }
    }

    @Test(
        "the other methods return the reference allocations",
        .enabled(if: PublishedData.exists(file), "the reference allocations are not here"),
        arguments: cases.filter { !$0.solver.hasPrefix("effective_data") })
    func methods(_ reference: Case) throws {
        let method = try #require(Self.method(reference.solver), "no method is known for '\(reference.solver)'")
        // In tokens, as users ask: the file counts in billions.
        let sources = reference.sources.map { source in
            SourceSupply(name: source.name, uniqueTokens: source.uniqueTokens * 1e9, maxEpochs: source.maxEpochs)
        }
        let question = try MixtureQuestion(
            supply: try DataSupply(sources: sources), tokens: reference.tokens * 1e9,
            curve: CompiledCurve(MuennighoffCurve(), coefficients: [15.387756]), cap: reference.cap)
        let allocation = try method.allocation(for: question)
        for (item, expected) in zip(allocation.sources, zip(reference.weights, reference.epochs)) {
            #expect(abs(item.weight - expected.0) < 1e-6, "\(allocation.weights)")
            #expect(abs(item.epochs - expected.1) < 1.2e-5, "printed to five decimals")
        }
        #expect(abs(allocation.effectiveTokens / 1e9 / reference.effective - 1) < 1e-6)
    }

    @Test("every row of the file is tested", .enabled(if: PublishedData.exists(file)))
    func complete() {
        #expect(Self.cases.reduce(0) { $0 + $1.sources.count } == PublishedData.rows(Self.file).count)
        for reference in Self.cases where !reference.solver.hasPrefix("effective_data") {
            #expect(Self.method(reference.solver) != nil, "\(reference.solver)")
        }
    }
}
