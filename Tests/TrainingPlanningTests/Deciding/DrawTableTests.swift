import BuiltInModels
import ComputeOptimal
import ScalingLaws
import Testing

@testable import TrainingPlanning

@Suite struct DrawTableTests {
    @Test("all draws together cost what each costs by itself")
    func costs() throws {
        for law in ModelCatalog.standard.decidingLaws {
            let question = try PlanningQuestion(
                planner: Planner(law: law, objective: MinimumLoss()), supply: DataSupply(uniqueTokens: 2e9),
                budget: .flops(1e21), constraints: PlanConstraints(), terms: PlanTerms()
            ).question(to: law)
            let part = try question.part(weight: 1, draws: law.card.ensemble)
            for (parameters, tokens) in [(1e8, 1e9), (3e9, 2e9), (1e10, 3e11)] {
                let together = try #require(part.costs(parameters: parameters, tokens: tokens))
                for (draw, cost) in zip(law.card.ensemble, together) {
                    let own = try CompiledLaw(law, coefficients: draw).loss(
                        parameters: parameters, tokens: tokens, uniqueTokens: 2e9)
                    #expect(abs(cost - Elementary.log(own)) < 1e-12)
                }
            }
        }
    }

    @Test("the descent of each draw ends where the planner's own search over that law does")
    func optima() throws {
        for law in ModelCatalog.standard.decidingLaws {
            for (unique, flops) in [(1e9, 1e22), (25e9, 1e21), (1e13, 1e23)] {
                let question = try PlanningQuestion(
                    planner: Planner(law: law, objective: MinimumLoss()), supply: DataSupply(uniqueTokens: unique),
                    budget: .flops(flops), constraints: PlanConstraints(), terms: PlanTerms()
                ).question(to: law)
                let draws = Array(law.card.ensemble.prefix(6))
                let best = try #require(question.lowest())
                let own = try question.ownOptima(draws, around: best)
                #expect(own.count == draws.count)
                for (draw, found) in zip(draws, own) {
                    let member = try question.landscape.with(coefficients: draw)
                    let searched = try #require(question.varied { landscape, _ in landscape = member }.lowest(.fine))
                    #expect(abs(found.cost - Elementary.log(searched.cost)) < 1e-8, "\(law.card.identifier)")
                }
            }
        }
    }
}
