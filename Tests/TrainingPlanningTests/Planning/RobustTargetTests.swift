import BuiltInModels
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

    @Test("the run is the cheapest that reaches the target in the weighted mean of ln L, as a plain search finds it")
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
        }
        func mean(_ parameters: Double, _ tokens: Double) -> Double? {
            var mean = 0.0
            for (law, family) in zip(compiled, plan.families) {
                let loss = try? law.loss(
                    parameters: parameters, tokens: tokens, uniqueTokens: supply.uniqueTokens)
                guard let loss else { return nil }
                mean += family.weight * Elementary.log(loss)
            }
            return mean
        }
        // A search that knows nothing of slopes.
        let brute = GridSearch(
            cells: 200, x: 18...28, y: 22...34, kink: Elementary.log(supply.uniqueTokens),
            lines: [{ $0 + Elementary.log(5) + 1e-12 }]
        ) { parameters, tokens in
            guard tokens >= 5 * parameters, let mean = mean(parameters, tokens), mean <= Elementary.log(target) else {
                return .infinity
            }
            return 6 * parameters * tokens + 2 * parameters * 2e12
        }.lowest()
        #expect(plan.recommended.cost <= brute.cost * (1 + 1e-9))
        #expect(plan.recommended.cost >= brute.cost * (1 - 1e-5))
        let reached = try #require(mean(plan.recommended.parameters, plan.recommended.tokens))
        #expect(abs(reached - Elementary.log(target)) < 1e-9)
        #expect(plan.shadowPrices.limits.contains { $0.code == "target_loss" })
    }

    @Test("a family that cannot reach the target keeps its weight, and is named with its lowest loss")
    func unreachable() throws {
        let laws = Self.laws + [ChinchillaLaw(.besiroglu)]
        let plan = try plan(laws, target: 2.12)
        let family = try #require(plan.families.first { $0.law == "lovelace" })
        let lowest = try #require(family.lowestLoss)
        #expect(lowest > 2.12 && family.weight > 0 && family.excess == 0)
        #expect(abs(plan.families.reduce(0) { $0 + $1.weight } - 1) < 1e-12)
        // Its own run is the best that it does with the compute of the plan.
        #expect(abs(6 * family.parameters * family.tokens / plan.recommended.flops - 1) < 1e-6)
        let loss = try #require(family.loss)
        #expect(abs(try #require(family.missedBy) - (loss - 2.12)) < 1e-9)
        #expect(([plan.status] + plan.furtherStatuses).contains(.targetDisputed))
        let note = try #require(plan.warnings.first { $0.code == "target_missed" })
        #expect(note.severity == .warning && note.message.contains("lovelace misses it by"))
        // That loss can be reached by only the law, and nothing below it.
        let alone = Planner(law: Self.laws[1], objective: MinimumTotalFLOPs())
        #expect(throws: Never.self) {
            try alone.plan(supply, constraints: PlanConstraints(targetLoss: lowest * 1.00001), terms: terms)
        }
        #expect(throws: PlanningError.self) {
            try alone.plan(supply, constraints: PlanConstraints(targetLoss: lowest * 0.99999), terms: terms)
        }
    }

    @Test("a target that no run reaches is refused with the lowest mean that one does")
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

    @Test("a lower target takes a dearer run, without a jump, and is never called optimal where a family misses it")
    func smooth() throws {
        let planner = Planner(
            laws: ModelCatalog.standard.decidingLaws.map { $0.with(ensemble: Array($0.card.ensemble.prefix(2))) },
            objective: MinimumTotalFLOPs())
        var before: Recommendation?
        for target in stride(from: 2.46, through: 2.40, by: -0.02) {
            let plan = try planner.plan(
                DataSupply(uniqueTokens: 25e9), constraints: PlanConstraints(targetLoss: target), terms: terms)
            if let before {
                let dearer = plan.recommended.cost / before.cost
                #expect(dearer > 1 && dearer < 1.5, "\(target): \(dearer)")
            }
            before = plan.recommended
            #expect(plan.families.count == 5 && plan.families.contains { $0.missedBy != nil })
            #expect(plan.status != .optimal)
        }
    }
}
