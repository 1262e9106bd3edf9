import Chinchilla
import ComputeOptimal
import InferenceCost
import Lovelace
import Muennighoff
import ScalingLaws
import Testing
import TrainingPlanning

/// What would change a plan: prices, limits, further epochs, cuts by quality, and how far the data reach.
@Suite struct ProspectTests {
    private let planner = Planner(law: MuennighoffLaw().withoutSets, objective: MinimumLoss())

    private func plan(
        _ unique: Double = 25e9, _ flops: Double = 1e22, _ constraints: PlanConstraints = PlanConstraints()
    ) throws -> Plan {
        try planner.plan(DataSupply(uniqueTokens: unique), within: .flops(flops), constraints: constraints)
    }

    @Test("1 % more unique tokens buys as much as the compute it is said to be worth")
    func shadowPrices() throws {
        let prices = try plan().shadowPrices
        let base = try plan().recommended.knownLoss
        let data = try #require(prices.uniqueTokens)
        #expect(abs(data - (base - (try plan(25e9 * 1.01).recommended.knownLoss))) < 1e-10)
        let compute = try #require(prices.flops)
        #expect(abs(compute - (base - (try plan(25e9, 1.01e22).recommended.knownLoss))) < 1e-10)
        let flops = try #require(prices.uniqueTokensInFLOPs)
        #expect(abs(base - (try plan(25e9, 1e22 + flops).recommended.knownLoss) - data) < 1e-4 * data)
    }

    @Test("where the best plan leaves compute unspent, no compute is worth more data")
    func noCompute() throws {
        let planner = Planner(law: LovelaceLaw().withoutSets, objective: MinimumLoss())
        let plan = try planner.plan(DataSupply(uniqueTokens: 1e9), within: .flops(1e22))
        #expect(plan.shadowPrices.flops == 0)
        #expect(plan.shadowPrices.uniqueTokensInFLOPs == nil)
    }

    @Test(
        "a limit that binds is priced by the plans with more room and without it",
        arguments: [
            ("max_parameters", PlanConstraints(maxParameters: 2e9), PlanConstraints(maxParameters: 2.02e9)),
            ("max_epochs", PlanConstraints(maxEpochs: 4), PlanConstraints(maxEpochs: 4.04)),
            ("min_parameters", PlanConstraints(minParameters: 12e9), PlanConstraints(minParameters: 12e9 / 1.01)),
            (
                "min_tokens_per_parameter", PlanConstraints(minTokensPerParameter: 100),
                PlanConstraints(minTokensPerParameter: 100 / 1.01)
            ),
        ])
    func limits(code: String, held: PlanConstraints, relaxed: PlanConstraints) throws {
        let plan = try plan(25e9, 1e22, held)
        let price = try #require(plan.shadowPrices.limits.first)
        #expect(price.code == code && plan.shadowPrices.limits.count == 1)
        #expect(plan.status == .capped)
        let gain = try #require(price.gain)
        let better = try self.plan(25e9, 1e22, relaxed).recommended.knownLoss
        #expect(abs(gain - (plan.recommended.knownLoss - better)) < 1e-9)
        let free = try self.plan().recommended
        let lifted = try #require(price.lifted)
        #expect(abs(lifted.parameters / free.parameters - 1) < 1e-6)
        #expect(abs(try #require(price.liftedGain) - (plan.recommended.knownLoss - free.knownLoss)) < 1e-10)
        if let flops = price.gainInFLOPs {
            let richer = try self.plan(25e9, 1e22 + flops, held).recommended.knownLoss
            #expect(abs(plan.recommended.knownLoss - richer - gain) < 1e-3 * gain)
        }
    }

    @Test("a choice of sizes is priced by the plan of any size, and the size chosen is the best of them")
    func sizes() throws {
        let plan = try plan(25e9, 1e22, PlanConstraints(sizes: [1e9, 3e9, 7e9, 30e9]))
        #expect(plan.recommended.parameters == 7e9)
        let price = try #require(plan.shadowPrices.limits.first { $0.code == "sizes" })
        let free = try self.plan().recommended
        #expect(abs(try #require(price.lifted).parameters / free.parameters - 1) < 1e-6)
    }

    @Test("sizes that the budget does not allow are refused with the nearest that it does")
    func infeasibleSizes() throws {
        var nearest: Double?
        do {
            _ = try plan(25e9, 1e20, PlanConstraints(sizes: [70e9, 100e9]))
        } catch PlanningError.infeasible(let message, let value) {
            nearest = value
            #expect(message.contains("70B, 100B"))
        }
        let size = try #require(nearest)
        #expect(abs(size / Elementary.pow(1e20 / 30, 0.5) - 1) < 1e-6)
        _ = try plan(25e9, 1e20, PlanConstraints(sizes: [size * 0.9999]))
    }

    @Test("from some epoch on another saves less than was asked", arguments: [0.05, 0.01, 0.002, 1e-4])
    func epochGain(threshold: Double) throws {
        var planner = planner
        planner.epochGain = threshold
        let supply = try DataSupply(uniqueTokens: 2e9)
        func loss(_ epochs: Double) throws -> Double {
            let held = PlanConstraints(maxEpochs: epochs)
            // The cap binds up to the best plan's epochs.
            return try self.planner.plan(supply, within: .flops(1e22), constraints: held).recommended.knownLoss
        }
        let gain = try #require(try planner.plan(supply, within: .flops(1e22)).epochGain)
        #expect(try loss(gain.epochs) - loss(gain.epochs + 1) < threshold)
        if gain.epochs > 1 { #expect(try loss(gain.epochs - 1) - loss(gain.epochs) >= threshold) }
    }

    @Test("the data become the wall where the optimal tokens are the unique ones", arguments: [1e9, 25e9, 15e12])
    func wall(unique: Double) throws {
        // Hoffmann et al. 2022, equation 4: D_opt = G⁻¹·(C/6)^b, solved for C.
        for constants in [ChinchillaLaw.Constants.besiroglu, .hoffmann, .hoffmannRounded] {
            let law = ChinchillaLaw(constants)
            let plan = try Planner(law: law, objective: MinimumLoss())
                .plan(DataSupply(uniqueTokens: unique), within: .flops(1e22))
            let flops = try #require(plan.dataWall.flops)
            let optimum = try law.optimalAllocation(compute: flops)
            #expect(abs(optimum.tokens / unique - 1) < 1e-7)
            #expect(abs(try #require(plan.dataWall.parameters) / optimum.parameters - 1) < 1e-7)
        }
        let wall = try #require(try plan(unique, 1e22).dataWall.flops)
        #expect(try plan(unique, wall * 0.99).recommended.epochs < 1)
        #expect(try plan(unique, wall * 1.01).recommended.epochs >= 1 - 1e-12)
    }

    @Test("the best share of the data is planned for as a supply of that size")
    func qualityCuts() throws {
        let sources = [
            SourceSupply(name: "books", uniqueTokens: 2e9, quality: 4, maxEpochs: 8),
            SourceSupply(name: "wiki", uniqueTokens: 5e9, quality: 2, maxEpochs: 20),
            SourceSupply(name: "web", uniqueTokens: 60e9, quality: 1, maxEpochs: 20),
        ]
        let supply = try DataSupply(sources: sources)
        let plan = try planner.plan(supply, within: .flops(1e22))
        #expect(plan.qualityCuts.count == 3)
        #expect(plan.qualityCuts.map { ($0.share * 67).rounded() } == [2, 7, 67])
        #expect(abs(plan.qualityCuts[0].quality / plan.qualityCuts[1].quality - 2) < 1e-12)
        #expect(abs(plan.qualityCuts[2].meanQuality - 1) < 1e-12)
        for cut in plan.qualityCuts {
            #expect(abs(cut.excess - (try #require(cut.loss) - plan.recommended.knownLoss)) < 1e-9)
        }
        // The books alone may be read eight times.
        #expect(abs(plan.qualityCuts[0].epochs - 8) < 1e-6)
        let books = try self.plan(2e9, 1e22, PlanConstraints(maxEpochs: 8)).recommended
        #expect(abs(try #require(plan.qualityCuts[0].loss) - books.knownLoss) < 1e-9)
        #expect(try self.plan().qualityCuts.isEmpty)
    }

    @Test("two laws of one name have different definitions where a number differs")
    func definitions() throws {
        let changed = MuennighoffLaw().with(values: ["RD": 15])
        let laws: [any ScalingLaw] = [MuennighoffLaw(), changed, MuennighoffLaw()]
        let plans = try laws.map { law throws in
            try Planner(law: law.withoutSets, objective: MinimumLoss())
                .plan(DataSupply(uniqueTokens: 25e9), within: .flops(1e22))
        }
        #expect(plans[0].laws[0].definition == plans[2].laws[0].definition)
        #expect(plans[0].laws[0].definition != plans[1].laws[0].definition)
    }
}
