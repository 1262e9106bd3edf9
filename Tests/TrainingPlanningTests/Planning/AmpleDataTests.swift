import BuiltInModels
import Chinchilla
import ComputeOptimal
import DataMixing
import ScalingLaws
import Testing
import TrainingPlanning

/// Plans without a supply.
@Suite struct AmpleDataTests {
    @Test("with ample data the plan is the law's closed form, each token read once", arguments: [1e20, 1e23, 1e25])
    func closedForm(flops: Double) throws {
        let law = ChinchillaLaw(.hoffmann)
        let plan = try Planner(law: law, objective: MinimumLoss()).plan(.ample(), within: .flops(flops))
        let best = try law.optimalAllocation(compute: flops)
        #expect(abs(plan.recommended.parameters / best.parameters - 1) < 1e-6)
        #expect(plan.recommended.epochs == 1 && plan.recommended.uniqueTokens == plan.recommended.tokens)
        #expect(plan.frontier.isEmpty && plan.epochSteps.isEmpty)
        #expect(plan.warnings.contains { $0.code == "ample_data" })
    }

    @Test("several families speak of no epochs, and of no gain from more data")
    func families() throws {
        let planner = Planner(laws: ModelCatalog.standard.decidingLaws, objective: MinimumLoss())
        let plan = try planner.plan(.ample(), within: .flops(1e22))
        #expect(plan.families.count > 2 && plan.families.allSatisfy { $0.epochs == 1 && $0.epochsInterval == nil })
        #expect(plan.prospects.allSatisfy { $0.quantity == .flops } && plan.shadowPrices.uniqueTokens == nil)
        #expect(plan.families.allSatisfy { $0.wallFLOPs == nil })
        // The same run as with more data than it reads.
        let rich = try planner.plan(DataSupply(uniqueTokens: 1e13), within: .flops(1e22)).recommended
        #expect(abs(plan.recommended.parameters / rich.parameters - 1) < 0.1)
        #expect(try planner.run(.ample(), within: .flops(1e22)).epochs == 1)
    }
}
