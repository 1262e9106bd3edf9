import ComputeOptimal
import Lovelace
import Muennighoff
import ScalingLaws
import Testing
import TrainingPlanning

/// Tokens of the data that are not the law's, and unique tokens that may be fewer than counted.
@Suite struct TokenScaleTests {
    private let law = MuennighoffLaw().withoutSets

    @Test("the law is asked at D·(bytes per token here / there), and both figures are reported")
    func scaled() throws {
        var planner = Planner(law: law, objective: MinimumLoss())
        planner.lawBytesPerToken = 4.4
        let plan = try planner.plan(DataSupply(uniqueTokens: 25e9, bytesPerToken: 3.3), within: .flops(1e22))
        let run = plan.recommended
        let tokens = try #require(run.lawTokens)
        #expect(abs(tokens / (run.tokens * 0.75) - 1) < 1e-12)
        let loss = try law.compiled().loss(
            parameters: run.parameters, tokens: tokens, uniqueTokens: 25e9 * 0.75)
        #expect(abs(run.knownLoss - loss) < 1e-12)
        #expect(abs(run.flops / 1e22 - 1) < 1e-9)
        #expect(!plan.warnings.contains { $0.code == "tokenizer" })
        // No other size within the budget is better, in the law's own tokens.
        for factor in [0.8, 0.95, 1.05, 1.25] {
            let size = run.parameters * factor
            let other = try law.compiled().loss(
                parameters: size, tokens: 1e22 / 6 / size * 0.75, uniqueTokens: 25e9 * 0.75)
            #expect(other > run.knownLoss)
        }
    }

    @Test("where bytes per token are not known, a warning gives the answer with tokens a quarter off either way")
    func unknown() throws {
        let plan = try Planner(law: law, objective: MinimumLoss())
            .plan(DataSupply(uniqueTokens: 25e9), within: .flops(1e22))
        #expect(plan.warnings.contains { $0.code == "tokenizer" && $0.severity == .warning })
        #expect(plan.tokenSensitivity.map(\.tokenScale) == [0.75, 1.25])
        for other in plan.tokenSensitivity {
            var planner = Planner(law: law, objective: MinimumLoss())
            planner.lawBytesPerToken = 4 / other.tokenScale
            let own = try planner.plan(DataSupply(uniqueTokens: 25e9, bytesPerToken: 4), within: .flops(1e22))
            #expect(abs(own.recommended.parameters / other.parameters - 1) < 1e-6)
            #expect(abs(own.recommended.epochs / other.epochs - 1) < 1e-6)
        }
    }

    @Test("a share of unique tokens that may be copies after all moves the run to its middle, and widens the intervals")
    func uniqueFactor() throws {
        let planner = Planner(law: MuennighoffLaw(), objective: MinimumLoss())
        let counted = try DataSupply(uniqueTokens: 25e9)
        let exact = try planner.plan(counted, within: .flops(1e22)).recommended
        let bounded = try planner.plan(counted.with(uniqueFactor: 0.5...1), within: .flops(1e22)).recommended
        let middle = try planner.plan(DataSupply(uniqueTokens: 25e9 * 0.5.squareRoot()), within: .flops(1e22))
            .recommended
        #expect(abs(bounded.parameters / middle.parameters - 1) < 1e-9 && bounded.loss == middle.loss)
        let (narrow, wide) = (try #require(exact.epochsInterval), try #require(bounded.epochsInterval))
        #expect(wide.lowerBound <= narrow.lowerBound && wide.upperBound > narrow.upperBound)
        let (first, second) = (try #require(exact.lossInterval), try #require(bounded.lossInterval))
        #expect(second.upperBound > first.upperBound)
        // Without an ensemble the interval runs from one end's plan to the other's.
        let planner2 = Planner(law: law, objective: MinimumLoss())
        let alone = try planner2.plan(counted.with(uniqueFactor: 0.5...1), within: .flops(1e22)).recommended
        let half = try planner2.plan(DataSupply(uniqueTokens: 12.5e9), within: .flops(1e22)).recommended
        let interval = try #require(alone.epochsInterval)
        #expect(abs(interval.upperBound / half.epochs - 1) < 1e-6)
        let all = try planner2.plan(counted, within: .flops(1e22)).recommended
        #expect(abs(interval.lowerBound / all.epochs - 1) < 1e-6)
        #expect(interval.contains(alone.epochs))
        for factor in [0...0.5, 0.5...1.5] {
            #expect(throws: MixtureError.self) { try counted.with(uniqueFactor: factor) }
        }
    }

    @Test("what if there were more: a plan with further tokens is the plan for their sum")
    func further() throws {
        let planner = Planner(law: law, objective: MinimumLoss())
        let sources = [SourceSupply(name: "web", uniqueTokens: 20e9), SourceSupply(name: "code", uniqueTokens: 5e9)]
        let supply = try DataSupply(sources: sources).adding(uniqueTokens: 100e9)
        #expect(supply.uniqueTokens == 125e9)
        #expect(supply.sources.map(\.name) == ["web", "code", "what-if"])
        let plan = try planner.plan(supply, within: .flops(1e22)).recommended
        let sum = try planner.plan(DataSupply(uniqueTokens: 125e9), within: .flops(1e22)).recommended
        #expect(plan.parameters == sum.parameters && plan.loss == sum.loss)
        #expect(throws: MixtureError.self) { try supply.adding(uniqueTokens: 1e9) }
    }
}
