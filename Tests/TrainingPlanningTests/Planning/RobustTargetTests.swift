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
        for (law, own) in zip(Self.laws, plan.families) {
            let alone = try Planner(law: law, objective: MinimumTotalFLOPs()).plan(
                supply, constraints: PlanConstraints(targetLoss: target), terms: terms
            ).recommended
            #expect(abs(own.cost / alone.cost - 1) < 1e-9)
            #expect(abs(own.parameters / alone.parameters - 1) < 1e-6)
            #expect(own.missedBy == nil)
            #expect(abs(own.excess - Elementary.log(plan.recommended.cost / own.cost)) < 1e-9)
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

    @Test("where no run reaches the target under all laws within the limits, the dearest give way, and are named")
    func givenUp() throws {
        /// A law that falls to 2.5 at so many parameters, or at so many tokens.
        func law(_ constants: ChinchillaLaw.Constants, parameters: Double, tokens: Double) -> ChangedLaw {
            ChangedLaw(
                ChinchillaLaw(constants).withoutSets.with(
                    values: ["E": 2, "A": parameters, "alpha": 0.5, "B": tokens, "beta": 0.5])
            ) { card in
                card.validity = ValidityRange()
                // Both are Chinchilla's constants; here they stand for laws of their own.
                card.family = nil
            }
        }
        // One takes 1e10 parameters, the other 1e12 tokens: together 6e22 FLOPs, by itself each is within 1e22.
        let (large, long) = (law(.besiroglu, parameters: 5e4, tokens: 10), law(.sardana, parameters: 10, tokens: 5e5))
        let supply = try DataSupply(uniqueTokens: 1e13)
        let constraints = PlanConstraints(minParameters: 1e8, targetLoss: 2.51)
        func plan(_ laws: [any ScalingLaw], flops: Double) throws -> Plan {
            try Planner(laws: laws, objective: MinimumTotalFLOPs())
                .plan(supply, within: .flops(flops), constraints: constraints, terms: terms)
        }
        let (largeName, longName) = (large.card.identifier, long.card.identifier)
        let together = try plan([large, long], flops: 1e23)
        #expect(together.families.allSatisfy { $0.missedBy == nil } && together.families.count == 2)
        #expect(!together.warnings.contains { $0.code == "target_missed" })

        let apart = try plan([large, long], flops: 1e22)
        let alone = try plan([long], flops: 1e22).recommended
        // To serve the large model costs more than all else: it gives way.
        #expect(abs(apart.recommended.parameters / alone.parameters - 1) < 1e-6)
        #expect(abs(apart.recommended.tokens / alone.tokens - 1) < 1e-6)
        #expect(apart.law == Plan.robust && apart.recommended.loss == nil)
        #expect(apart.families.first { $0.law == longName }?.missedBy == nil)
        let missed = try #require(apart.families.first { $0.law == largeName }?.missedBy)
        let reached = try large.compiled().loss(
            parameters: apart.recommended.parameters, tokens: apart.recommended.tokens, uniqueTokens: 1e13)
        #expect(abs(missed - (reached - 2.51)) < 1e-9)
        let note = try #require(apart.warnings.first { $0.code == "target_missed" })
        #expect(note.severity == .warning)
        #expect(note.message.contains("No run reaches it under \(largeName) as well"))
        #expect(note.message.contains("under '\(longName)'"))
    }
}
