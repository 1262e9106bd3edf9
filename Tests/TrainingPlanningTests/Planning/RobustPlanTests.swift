import BuiltInModels
import Chinchilla
import ComputeOptimal
import InferenceCost
import Kaplan
import Lovelace
import Muennighoff
import PearceSong
import ScalingLaws
import Testing
import TrainingPlanning

@Suite struct RobustPlanTests {
    private let planner = Planner(laws: ModelCatalog.standard.laws.models, objective: MinimumLoss())

    @Test("with repeats to plan, the laws that model repetition are weighed, and none does much worse than its best")
    func weighed() throws {
        let plan = try planner.plan(DataSupply(uniqueTokens: 25e9), within: .flops(1e22))
        #expect(plan.law == Plan.robust)
        let laws = plan.byLaw.map(\.law)
        #expect(laws.contains("muennighoff") && laws.contains("lovelace") && !laws.contains("chinchilla"))
        #expect(plan.recommended.loss == nil)
        // The run is feasible, and no law's own plan has a smaller worst excess over the laws themselves.
        #expect(plan.recommended.flops <= 1e22 * (1 + 1e-9))
        for own in plan.byLaw {
            #expect(own.crossExcess.count == plan.byLaw.count - 1)
            #expect(own.crossExcess.values.allSatisfy { $0 >= 0 })
        }
        #expect(plan.warnings.contains { $0.code == "laws_left_out" && $0.message.contains("chinchilla") })
    }

    @Test("the cross-excess of a law's plan is what the other law loses there")
    func crossExcess() throws {
        let laws: [any ScalingLaw] = [MuennighoffLaw(), LovelaceLaw()]
        let supply = try DataSupply(uniqueTokens: 25e9)
        let plan = try Planner(laws: laws, objective: MinimumLoss()).plan(supply, within: .flops(1e22))
        let own = try laws.map { law throws in
            try Planner(law: law, objective: MinimumLoss()).plan(supply, within: .flops(1e22)).recommended
        }
        let under = try MuennighoffLaw().compiled().loss(
            parameters: own[1].parameters, tokens: own[1].tokens, uniqueTokens: 25e9)
        let stated = try #require(plan.byLaw.first { $0.law == "lovelace" }?.crossExcess["muennighoff"])
        #expect(abs(stated - (under - own[0].knownLoss)) < 1e-12)
    }

    @Test("the robust run is no worse than brute force over the laws and members it weighs")
    func minimax() throws {
        // Without ensembles the worst case is over two laws alone, which a grid can check.
        let laws: [any ScalingLaw] = [MuennighoffLaw().withoutSets, LovelaceLaw().withoutSets]
        for (flops, unique) in [(1e22, 25e9), (3e21, 4e9), (1e23, 4e11)] {
            let supply = try DataSupply(uniqueTokens: unique)
            let plan = try Planner(laws: laws, objective: MinimumLoss()).plan(supply, within: .flops(flops))
            guard plan.law == Plan.robust else { continue }
            let best = try laws.map { law throws in
                try Planner(law: law, objective: MinimumLoss()).plan(supply, within: .flops(flops)).recommended
                    .knownLoss
            }
            let compiled = try laws.map { law throws in try law.compiled() }
            var lowest = Double.infinity
            for column in 0...150 {
                for row in 0...150 {
                    let x = 19 + 6 * Double(column) / 150
                    // Columns end on the budget's edge.
                    let y = Elementary.log(flops / 6) - x - 4 * Double(row) / 150
                    guard y - x >= Elementary.log(5) else { continue }
                    var worst = 0.0
                    for (law, best) in zip(compiled, best) {
                        let loss = try law.loss(
                            parameters: Elementary.exp(x), tokens: Elementary.exp(y), uniqueTokens: unique)
                        worst = Swift.max(worst, loss - best)
                    }
                    lowest = Swift.min(lowest, worst)
                }
            }
            #expect(plan.recommended.cost <= lowest + 1e-9)
            #expect(plan.recommended.cost >= lowest - 2e-3)
        }
    }

    @Test("far outside every law the set is shown, with both basins of the penalty laws, and no absurd model advised")
    func outside() throws {
        let plan = try planner.plan(DataSupply(uniqueTokens: 300e9), within: .flops(1e24))
        #expect(plan.recommended.tokensPerParameter >= 5 - 1e-9)
        #expect(plan.warnings.contains { $0.code == "outside_every_law" })
        #expect(plan.byLaw.count >= 3)
        #expect(plan.warnings.contains { $0.code == "other_basin" && $0.message.contains("lovelace") })
    }

    @Test("where data are plenty the single-epoch laws take part")
    func plenty() throws {
        let plan = try planner.plan(DataSupply(uniqueTokens: 1e12), within: .flops(1e21))
        #expect(plan.byLaw.contains { $0.law == "besiroglu" })
        #expect(plan.recommended.epochs < 1)
    }

    @Test("an objective of the loss itself at a target needs one law")
    func lossAtTarget() throws {
        #expect(throws: PlanningError.self) {
            try planner.plan(
                DataSupply(uniqueTokens: 25e9), within: .flops(1e22), constraints: PlanConstraints(targetLoss: 2.4))
        }
    }

    @Test("a law that leaves embeddings out of N is not weighed beside laws that count them, unless all do")
    func embeddings() throws {
        let supply = try DataSupply(uniqueTokens: 1e12)
        let mixed = try Planner(
            laws: [ChinchillaLaw(.besiroglu), ChinchillaLaw(), KaplanLaw(), PearceSongLaw()],
            objective: MinimumLoss()
        ).plan(supply, within: .flops(1e21))
        #expect(mixed.byLaw.map(\.law) == ["besiroglu", "chinchilla"])
        let left = mixed.leftOut.filter { $0.reason.contains("embeddings") }.map(\.law)
        #expect(left == ["kaplan", "pearce-song"])
        #expect(mixed.warnings.contains { $0.code == "laws_left_out" && $0.message.contains("embeddings") })
        let alike = try Planner(laws: [KaplanLaw(), PearceSongLaw()], objective: MinimumLoss())
            .plan(supply, within: .flops(1e19))
        #expect(alike.leftOut.allSatisfy { !$0.reason.contains("embeddings") })
    }

    @Test("each law's plan has the intervals it has by itself, and a law without refits says why it has none")
    func intervals() throws {
        let supply = try DataSupply(uniqueTokens: 25e9)
        let laws: [any ScalingLaw] = [MuennighoffLaw(), LovelaceLaw(.oneParameter)]
        let plan = try Planner(laws: laws, objective: MinimumLoss()).plan(supply, within: .flops(1e22))
        let alone = try Planner(law: laws[0], objective: MinimumLoss()).plan(supply, within: .flops(1e22)).recommended
        let own = try #require(plan.byLaw.first { $0.law == "muennighoff" })
        #expect(own.parametersInterval == alone.parametersInterval)
        #expect(own.epochsInterval == alone.epochsInterval)
        #expect(own.lossInterval == alone.lossInterval)
        let (tokens, epochs) = (try #require(own.tokensInterval), try #require(own.epochsInterval))
        #expect(abs(tokens.lowerBound / (epochs.lowerBound * 25e9) - 1) < 1e-12)
        #expect(own.intervalMembers == 100 && own.intervalSource == .ensemble && own.noInterval == nil)
        let bare = try #require(plan.byLaw.first { $0.law == "lovelace-one-parameter" })
        #expect(bare.parametersInterval == nil && bare.noInterval?.contains("neither refits nor a covariance") == true)
    }

    @Test("prices and cuts of several laws are those of the law that decides, and it is named")
    func prices() throws {
        let laws: [any ScalingLaw] = [
            MuennighoffLaw().withoutSets, LovelaceLaw(.oneParameter).withoutSets,
        ]
        let supply = try DataSupply(
            sources: [
                SourceSupply(name: "good", uniqueTokens: 5e9, quality: 2),
                SourceSupply(name: "plain", uniqueTokens: 20e9, quality: 1),
            ])
        let plan = try Planner(laws: laws, objective: MinimumLoss()).plan(supply, within: .flops(1e22))
        let deciding = try #require(plan.decidingLaw)
        #expect(plan.shadowPrices.law == deciding)
        let law = try #require(laws.first { $0.card.identifier == deciding })
        let alone = try Planner(law: law, objective: MinimumLoss()).plan(supply, within: .flops(1e22))
        #expect(plan.shadowPrices.uniqueTokens == alone.shadowPrices.uniqueTokens)
        #expect(plan.shadowPrices.uniqueTokensInFLOPs == alone.shadowPrices.uniqueTokensInFLOPs)
        // The largest excess is that of the deciding law.
        let worst = plan.byLaw.max { $0.excess < $1.excess }
        #expect(worst?.law == deciding)
        #expect(abs(plan.recommended.cost - (worst?.excess ?? .nan)) < 1e-9)
        // A cut costs what it costs the law that it costs most.
        let own = try laws.map { law throws in
            try Planner(law: law, objective: MinimumLoss()).plan(supply, within: .flops(1e22)).qualityCuts.map(\.excess)
        }
        #expect(plan.qualityCuts.count == own[0].count && !own[0].isEmpty)
        for (index, cut) in plan.qualityCuts.enumerated() {
            #expect(cut.loss == nil)
            #expect(abs(cut.excess - Swift.max(own[0][index], own[1][index])) < 1e-9)
        }
        #expect(plan.frontier.allSatisfy { $0.nextEpochGain != nil })
    }
}
