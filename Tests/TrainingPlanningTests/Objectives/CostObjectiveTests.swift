import Chinchilla
import ComputeOptimal
import InferenceCost
import Kaplan
import Lovelace
import Muennighoff
import ScalingLaws
import Testing
import TrainingPlanning

@Suite struct CostObjectiveTests {
    @Test("at equal prices the least money is the least compute of Sardana and others")
    func equalPrices() throws {
        // 13B quality at 2T inference tokens: a 7B model, 1.7e22 FLOPs (17 %) saved; arXiv:2401.00448, section 3.
        let constraints = PlanConstraints(targetLoss: 2.04528)
        let supply = try DataSupply(uniqueTokens: 1e14)
        let flops = try Planner(law: ChinchillaLaw(.sardana), objective: MinimumTotalFLOPs()).plan(
            supply, constraints: constraints, terms: PlanTerms(inferenceTokens: 2e12))
        let dollars = try Planner(law: ChinchillaLaw(.sardana), objective: MinimumDollars()).plan(
            supply, constraints: constraints,
            terms: PlanTerms(inferenceTokens: 2e12, trainingPrice: 2e-18, servingPrice: 2e-18))
        #expect(abs(dollars.recommended.parameters / flops.recommended.parameters - 1) < 1e-6)
        #expect(abs(dollars.recommended.cost / (2e-18 * flops.recommended.cost) - 1) < 1e-9)
        #expect(abs(dollars.recommended.parameters / 6.97e9 - 1) < 5e-3)
    }

    @Test("the cheapest model of a 70B model's quality at a hundred million queries a day is a quarter of its size")
    func queries() throws {
        let law = try ChinchillaLaw(.sardana).compiled()
        let target = try law.loss(parameters: 70e9, tokens: 1.4e12)
        let served = try ServingLoad(requestsPerDay: 100e6, tokensPerRequest: 500, months: 12).tokens
        let plan = try Planner(law: ChinchillaLaw(.sardana), objective: MinimumTotalFLOPs()).plan(
            DataSupply(uniqueTokens: 1e15), constraints: PlanConstraints(targetLoss: target),
            terms: PlanTerms(inferenceTokens: served))
        // The tokens that a size needs, in closed form, and the least total over a fine grid of sizes.
        let values = ChinchillaLaw.Constants.sardana.values
        func total(_ size: Double) -> Double {
            let left = target - values.E - values.A / Elementary.pow(size, values.alpha)
            return 6 * size * Elementary.pow(values.B / left, 1 / values.beta) + 2 * size * served
        }
        let sizes = (0...40_000).map { Elementary.exp(22.7 + 2.5 * Double($0) / 40_000) }
        let best = try #require(sizes.min { total($0) < total($1) })
        #expect(abs(plan.recommended.parameters / best - 1) < 1e-3)
        #expect(abs(plan.recommended.cost / total(best) - 1) < 1e-6)
        // The figures of Sources/TrainingPlanning/TrainingPlanning.docc/Guides/BudgetsAndServing.md.
        #expect(abs(plan.recommended.parameters / 17.26e9 - 1) < 2e-3)
        #expect(abs(total(best) / 1.369e24 - 1) < 2e-3)
        #expect(abs(total(70e9) / 3.143e24 - 1) < 1e-3)
        #expect(abs(total(40.61e9) / 2.025e24 - 1) < 2e-3)
        #expect(abs(total(7e9) / 5.41e24 - 1) < 2e-3)
    }

    @Test("dearer service makes the model smaller")
    func dearerService() throws {
        func size(_ price: Double) throws -> Double {
            try Planner(law: ChinchillaLaw(.sardana), objective: MinimumDollars()).plan(
                DataSupply(uniqueTokens: 1e14), constraints: PlanConstraints(targetLoss: 2.04528),
                terms: PlanTerms(inferenceTokens: 2e12, trainingPrice: 2e-18, servingPrice: price)
            ).recommended.parameters
        }
        let sizes = try [0, 1e-18, 1e-17, 1e-16].map(size)
        #expect(sizes == sizes.sorted(by: >))
    }

    @Test("prices come from hardware: the same plan as prices of a FLOP given as such")
    func hardware() throws {
        let h100 = try AcceleratorTable.standard.accelerator(named: "h100")
        let cluster = try TrainingCluster(h100, utilization: 0.4, dollarsPerHour: 2.5)
        let serving = try ServingHardware(h100, utilization: 0.1, dollarsPerHour: 2.5)
        let planner = Planner(law: ChinchillaLaw(.besiroglu), objective: MinimumDollars())
        let supply = try DataSupply(uniqueTokens: 1e13)
        let constraints = PlanConstraints(targetLoss: 2.1)
        let priced = try planner.plan(
            supply, constraints: constraints,
            terms: PlanTerms(inferenceTokens: 1e13, cluster: cluster, serving: serving))
        let bare = try planner.plan(
            supply, constraints: constraints,
            terms: PlanTerms(
                inferenceTokens: 1e13, trainingPrice: cluster.dollarsPerFLOP, servingPrice: serving.dollarsPerFLOP))
        #expect(priced.recommended.parameters == bare.recommended.parameters)
        #expect(priced.expense?.acceleratorHours == cluster.expense(of: priced.recommended.flops).acceleratorHours)
    }

    @Test("what an objective needs and was not given is named")
    func missing() throws {
        let supply = try DataSupply(uniqueTokens: 1e12)
        func error(_ objective: any PlanningObjective, _ terms: PlanTerms) -> PlanningError? {
            do throws(PlanningError) {
                _ = try Planner(law: ChinchillaLaw(), objective: objective).plan(
                    supply, constraints: PlanConstraints(targetLoss: 2.2), terms: terms)
                return nil
            } catch { return error }
        }
        #expect(
            error(MinimumDollars(), PlanTerms(inferenceTokens: 1, trainingPrice: 1e-18))
                == .missing(.servingPrice, objective: "min-dollars"))
        #expect(
            error(MinimumLossPlusCost(), PlanTerms(trainingPrice: 1e-18))
                == .missing(.costWeight, objective: "min-loss-plus-cost"))
        // Serving half said is refused, rather than served for nothing.
        #expect(
            error(MinimumLossPlusCost(), PlanTerms(inferenceTokens: 1e12, trainingPrice: 1e-18, costWeight: 1e-8))
                == .missing(.servingPrice, objective: "min-loss-plus-cost"))
        #expect(
            error(MinimumLossPlusCost(), PlanTerms(trainingPrice: 2.5, costWeight: 1e-8))?.description
                .contains("dollars for a FLOP") == true)
    }

    @Test("a law of one quantity alone cannot weigh two", arguments: KaplanLaw.Variant.allCases)
    func unsuitable(variant: KaplanLaw.Variant) throws {
        let planner = Planner(law: KaplanLaw(variant), objective: MinimumLoss())
        let supply = try DataSupply(uniqueTokens: 1e12)
        switch variant {
        case .joint: #expect(throws: Never.self) { try planner.plan(supply, within: .flops(1e20)) }
        case .steps:
            // Without constants of its own it says so before anything else.
            #expect(throws: PlanningError.law(.missingCoefficient("Nc", model: "kaplan-steps"))) {
                try planner.plan(supply, within: .flops(1e20))
            }
        case .parameters, .tokens, .compute, .minimalCompute:
            #expect {
                try planner.plan(supply, within: .flops(1e20))
            } throws: { error in
                guard case .unsuitableLaw(let message)? = error as? PlanningError else { return false }
                return message.contains(KaplanLaw(variant).card.identifier) && message.contains("choose a law")
            }
        }
    }
}
