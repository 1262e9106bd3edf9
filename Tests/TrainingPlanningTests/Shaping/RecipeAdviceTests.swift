import BuiltInModels
import ComputeOptimal
import Muennighoff
import RepetitionRecipes
import ScalingLaws
import Testing
import TrainingPlanning

@Suite struct RecipeAdviceTests {
    private func plan(uniqueTokens: Double, flops: Double, maxParameters: Double? = nil) throws -> Plan {
        var planner = Planner(law: MuennighoffLaw(), objective: MinimumLoss())
        planner.hyperparameterLaws = ModelCatalog.standard.hyperparameters.models
        return try planner.plan(
            DataSupply(uniqueTokens: uniqueTokens), within: .flops(flops),
            constraints: PlanConstraints(maxParameters: maxParameters))
    }

    @Test("a run that repeats its data inside a rule's range gets a weight decay from each team, and the laws' own")
    func inside() throws {
        let plan = try plan(uniqueTokens: 300e6, flops: 1e19)
        #expect(plan.recommended.epochs > 2)
        #expect(plan.recipes.map(\.law) == ["kim-recipe", "xu-recipe"])
        let remark = try #require(plan.warnings.first { $0.code == "weight_decay" })
        #expect(remark.message.contains("fitted on runs with 0.1"))
        #expect(plan.recipes.allSatisfy { ($0.weightDecay ?? 0) > 0.1 })
    }

    @Test("outside the range of every rule no value is given, and the plan says so")
    func outside() throws {
        let plan = try plan(uniqueTokens: 100e9, flops: 3e21, maxParameters: 1e9)
        #expect(plan.recommended.epochs > 1.5)
        #expect(plan.recipes.isEmpty)
        #expect(plan.warnings.contains { $0.code == "no_recipe" })
    }

    @Test("a run that sees its data about once says nothing of weight decay")
    func once() throws {
        let plan = try plan(uniqueTokens: 100e9, flops: 1e20)
        #expect(plan.recipes.isEmpty)
        #expect(!plan.warnings.contains { $0.code == "weight_decay" || $0.code == "no_recipe" })
    }
}
