import Chinchilla
import ComputeOptimal
import InferenceCost
import Lovelace
import Muennighoff
import ScalingLaws
import Testing
import TrainingPlanning

@Suite struct RobustTargetTests {
    private let supply: DataSupply
    private let terms = PlanTerms(inferenceTokens: 2e12)

    init() throws { supply = try DataSupply(uniqueTokens: 2e11) }

    private func plan(_ laws: [any ScalingLaw], target: Double) throws -> Plan {
        try Planner(laws: laws, objective: MinimumTotalFLOPs()).plan(
            supply, constraints: PlanConstraints(targetLoss: target), terms: terms)
    }

    private static let laws: [any ScalingLaw] = [
        MuennighoffLaw().withoutSets, LovelaceLaw().withoutSets,
    ]

    @Test(
        "without a named law each plans at the target, and the run recommended is the cheapest that all reach it with")
    func cheapest() throws {
        let target = 2.4
        let plan = try plan(Self.laws, target: target)
        #expect(plan.law == Plan.robust && plan.recommended.loss == nil && !plan.costIsExcess)
        let compiled = try Self.laws.map { law throws in try law.compiled() }
        for (law, own) in zip(Self.laws, plan.byLaw) {
            let alone = try Planner(law: law, objective: MinimumTotalFLOPs()).plan(
                supply, constraints: PlanConstraints(targetLoss: target), terms: terms
            ).recommended
            #expect(abs(own.cost / alone.cost - 1) < 1e-9)
            #expect(abs(own.parameters / alone.parameters - 1) < 1e-6)
            #expect(own.missedBy == nil)
            #expect(abs(own.excess - (plan.recommended.cost - own.cost)) < 1e-9 * own.cost)
        }
        // A search that knows nothing of slopes, over runs that reach the target under both.
        let brute = GridSearch(
            cells: 200, x: 18...28, y: 22...34, kink: Elementary.log(supply.uniqueTokens),
            lines: [{ $0 + Elementary.log(5) + 1e-12 }]
        ) { parameters, tokens in
            guard tokens >= 5 * parameters else { return .infinity }
            for law in compiled {
                let loss = try? law.loss(
                    parameters: parameters, tokens: tokens, uniqueTokens: supply.uniqueTokens)
                guard let loss, loss <= target else { return .infinity }
            }
            return 6 * parameters * tokens + 2 * parameters * 2e12
        }.lowest()
        #expect(plan.recommended.cost <= brute.cost * (1 + 1e-9))
        #expect(plan.recommended.cost >= brute.cost * (1 - 1e-5))
        for law in compiled {
            let loss = try law.loss(
                parameters: plan.recommended.parameters, tokens: plan.recommended.tokens,
                uniqueTokens: supply.uniqueTokens)
            #expect(loss <= target + 1e-9)
        }
        #expect(plan.shadowPrices.limits.contains { $0.code == "target_loss" })
    }

    @Test("laws that cannot reach the target are named with the lowest loss that they reach")
    func unreachable() throws {
        let plan = try plan(Self.laws + [ChinchillaLaw(.sardana), ChinchillaLaw(.besiroglu)], target: 2.1)
        let left = try #require(plan.leftOut.first { $0.law == "lovelace" })
        let lowest = try #require(left.lowestLoss)
        #expect(lowest > 2.1)
        // That loss can be reached, and nothing below it.
        let alone = Planner(law: Self.laws[1], objective: MinimumTotalFLOPs())
        #expect(throws: Never.self) {
            try alone.plan(supply, constraints: PlanConstraints(targetLoss: lowest * 1.00001), terms: terms)
        }
        #expect(throws: PlanningError.self) {
            try alone.plan(supply, constraints: PlanConstraints(targetLoss: lowest * 0.99999), terms: terms)
        }
    }

    @Test("a target that no law reaches is refused with the lowest that one of them does")
    func none() throws {
        do {
            _ = try plan(Self.laws, target: 1.2)
            Issue.record("a plan")
        } catch let error as PlanningError {
            guard case .infeasible(let message, let nearest?) = error else {
                Issue.record("\(error)")
                return
            }
            #expect(message.contains("muennighoff") && message.contains("lovelace"))
            #expect(throws: Never.self) { try plan(Self.laws, target: nearest) }
        }
    }
}
