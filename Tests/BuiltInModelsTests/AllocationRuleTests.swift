import BuiltInModels
import ComputeOptimal
import DataMixing
import ScalingLaws
import Testing
import TrainingPlanning

@Suite struct AllocationRuleTests {
    @Test(
        "sizes are those that are published, at Gopher's compute",
        arguments: [
            // By hand: the square root of 5.76e23/120; the printed rows of Hoffmann's tables, which the lines meet to 5 %;
            // approach 3 unrounded; Kaplan's 1.3e9 · 6,667 petaflop-days to the power 0.73.
            ("20 tokens per parameter", 69.28e9, 1e-3), ("Hoffmann 1", 67e9, 0.05), ("Hoffmann 2", 63e9, 0.05),
            ("Hoffmann 3", 40.36e9, 1e-3), ("Kaplan", 804e9, 0.01),
        ])
    func sizes(name: String, parameters: Double, tolerance: Double) throws {
        let rule = try #require(AllocationRule.published.first { $0.name == name })
        let size = try rule.parameters(5.76e23)
        #expect(abs(size / parameters - 1) < tolerance, "\(size)")
    }

    @Test("plans show what the rules would train with their compute, and what it costs")
    func baselines() throws {
        var planner = Planner(
            law: try ModelCatalog.standard.laws.model(named: "muennighoff-soft"), objective: MinimumLoss())
        planner.allocationRules = AllocationRule.published
        let plan = try planner.plan(DataSupply(uniqueTokens: 25e9), within: .flops(1e22))
        #expect(plan.baselines.map(\.name) == AllocationRule.published.map(\.name))
        let law = try planner.laws[0].compiled()
        let best = try #require(plan.recommended.loss)
        for rule in plan.baselines {
            #expect(abs(6 * rule.parameters * rule.tokens / 1e22 - 1) < 1e-12)
            #expect(abs(rule.epochs - rule.tokens / 25e9) < 1e-9)
            guard let excess = rule.excess else {
                #expect(rule.tokens < 5 * rule.parameters)
                continue
            }
            let loss = try law.loss(parameters: rule.parameters, tokens: rule.tokens, uniqueTokens: 25e9)
            #expect(excess >= 0 && abs(excess - Elementary.log(loss / best)) < 1e-12)
        }
        // Without a budget, or at a target, there is nothing to hold rules against.
        #expect(planner.allocationRules.count == 5)
    }
}
