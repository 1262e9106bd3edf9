import Chinchilla
import ComputeOptimal
import InferenceCost
import Lovelace
import Muennighoff
import ScalingLaws
import Testing
import TrainingPlanning

/// Optima that papers print, or that other programs compute from their constants.
@Suite struct PublishedOptimaTests {
    static func relative(_ value: Double, _ expected: Double) -> Double { abs(value / expected - 1) }

    @Test(
        "the data-constrained optimum of Muennighoff et al.",
        arguments: [
            // The first is the example in the README of huggingface/datablations, whose grid finds N 7.0224e9 and
            // 9.4935 epochs; all five are the continuous optima under the published constants.
            (1e22, 2.5e10, 7.02616e9, 2.37209e11, 9.488, 2.2221293),
            (1e22, 1e10, 6.12550e9, 2.72087e11, 27.209, 2.2858612),
            (1e23, 1e11, 2.30608e10, 7.22727e11, 7.227, 2.0982003),
            (1e24, 1e12, 8.55920e10, 1.94722e12, 1.947, 2.0117552),
            (1e22, 1e9, 5.46519e9, 3.04960e11, 304.96, 2.7614487),
        ])
    func muennighoff(
        flops: Double, unique: Double, parameters: Double, tokens: Double, epochs: Double, loss: Double
    ) throws {
        let planner = Planner(law: MuennighoffLaw(), objective: MinimumLoss())
        let plan = try planner.plan(DataSupply(uniqueTokens: unique), within: .flops(flops))
        let run = plan.recommended
        #expect(Self.relative(run.parameters, parameters) < 1e-4)
        #expect(Self.relative(run.tokens, tokens) < 1e-4)
        #expect(Self.relative(run.epochs, epochs) < 1e-3)
        #expect(abs(run.knownLoss - loss) < 1e-6)
        #expect(Self.relative(run.flops, flops) < 1e-9)
    }

    @Test(
        "the published decay is one of many that fit: others move the epochs",
        arguments: [
            (1e22, 2.5e10, 5.99, 17.99), (1e22, 1e10, 13.6, 72.2), (1e23, 1e11, 4.86, 12.6), (1e24, 1e12, 1.72, 2.34),
            (1e22, 1e9, 124, 1283),
        ])
    func decays(flops: Double, unique: Double, slow: Double, fast: Double) throws {
        for (decay, sizeDecay, epochs) in [(6.5, 14, slow), (95.4, 1.71, fast)] {
            let law = MuennighoffLaw().with(values: ["RD": decay, "RN": sizeDecay])
            let plan = try Planner(law: law, objective: MinimumLoss())
                .plan(DataSupply(uniqueTokens: unique), within: .flops(flops))
            #expect(Self.relative(plan.recommended.epochs, epochs) < 5e-3)
        }
    }

    @Test(
        "single-epoch optima: Hoffmann's constants rounded and not, Besiroglu's, and the backbone of Muennighoff's",
        arguments: [
            (ChinchillaLaw.Constants.hoffmannRounded, 1e20, 6.44858e8, 2.58455e10, 2.599850),
            (.hoffmannRounded, 1e22, 5.16047e9, 3.22968e11, 2.138614),
            (.hoffmannRounded, 5.76e23, 3.21899e10, 2.98231e12, 1.930748),
            (.hoffmann, 1e20, 7.74874e8, 2.15089e10, 2.553419),
            (.hoffmann, 1e22, 6.34283e9, 2.62764e11, 2.114916),
            (.hoffmann, 5.76e23, 4.03609e10, 2.37854e12, 1.918412),
            (.besiroglu, 1e20, 8.53477e8, 1.95280e10, 2.553405),
            (.besiroglu, 1e22, 9.04516e9, 1.84261e11, 2.141111),
            (.besiroglu, 5.76e23, 7.22487e10, 1.32874e12, 1.974441),
            (.besiroglu, 3.8e25, 6.18666e11, 1.02371e13, 1.891707),
        ])
    func chinchilla(
        constants: ChinchillaLaw.Constants, flops: Double, parameters: Double, tokens: Double, loss: Double
    ) throws {
        let law = ChinchillaLaw(constants)
        let plan = try Planner(law: law, objective: MinimumLoss())
            .plan(DataSupply(uniqueTokens: 1e16), within: .flops(flops))
        let run = plan.recommended
        #expect(Self.relative(run.parameters, parameters) < 1e-5)
        #expect(Self.relative(run.tokens, tokens) < 1e-5)
        #expect(abs(run.knownLoss - loss) < 1e-6)
        // The closed form of Hoffmann et al. 2022, equation 4.
        let closed = try law.optimalAllocation(compute: flops)
        #expect(Self.relative(run.parameters, closed.parameters) < 1e-9)
        #expect(Self.relative(run.tokens, closed.tokens) < 1e-9)
    }

    @Test("with data to spare Muennighoff's law is its backbone: the notebook's allocation at 5.76e23 FLOPs")
    func backbone() throws {
        let planner = Planner(law: MuennighoffLaw(), objective: MinimumLoss())
        let plan = try planner.plan(DataSupply(uniqueTokens: 1e16), within: .flops(5.76e23))
        #expect(Self.relative(plan.recommended.parameters, 69_962_173_313.5) < 1e-6)
        #expect(Self.relative(plan.recommended.tokens, 1_372_170_066_384) < 1e-6)
        let smaller = try planner.plan(DataSupply(uniqueTokens: 1e16), within: .flops(1e22))
        #expect(Self.relative(smaller.recommended.parameters, 9.21833e9) < 1e-5)
        #expect(abs(smaller.recommended.knownLoss - 2.187997) < 1e-6)
    }

    @Test(
        "Sardana et al.: a smaller model trained longer saves compute over its life",
        arguments: [
            // arXiv:2401.00448: 13B quality and 2e12 tokens served make a 7B model save 1.7e22 FLOPs, 17 %.
            // 30B quality and 1e13 tokens: 13.6B and 28 %.
            (13e9, 2e12, 6.97e9, 1.248e12, 0.1745, 1.692e22),
            (30e9, 1e13, 13.6e9, 4.43e12, 0.280, .nan),
        ])
    func sardana(
        reference: Double, served: Double, parameters: Double, tokens: Double, saving: Double, saved: Double
    ) throws {
        let law = ChinchillaLaw(.sardana)
        // The compute at which the reference size is optimal.
        let frontier = ChinchillaFrontier(ChinchillaLaw.Constants.sardana.values)
        let unit = try frontier.allocation(compute: 1e22)
        let compute = 1e22 * Elementary.pow(reference / unit.parameters, 1 / frontier.parametersExponent)
        let optimum = try frontier.allocation(compute: compute)
        let loss = try law.compiled().loss(parameters: optimum.parameters, tokens: optimum.tokens)
        let plan = try Planner(law: law, objective: MinimumTotalFLOPs()).plan(
            DataSupply(uniqueTokens: 1e16), constraints: PlanConstraints(targetLoss: loss),
            terms: PlanTerms(inferenceTokens: served))
        let run = plan.recommended
        let before = 6 * optimum.parameters * optimum.tokens + 2 * optimum.parameters * served
        #expect(Self.relative(run.parameters, parameters) < 5e-3)
        #expect(Self.relative(run.tokens, tokens) < 5e-3)
        #expect(abs(1 - run.cost / before - saving) < 1e-3)
        if saved.isFinite { #expect(Self.relative(before - run.cost, saved) < 1e-3) }
        #expect(abs(run.knownLoss - loss) < 1e-9)
    }

    @Test("with a penalty on repetition the best plan leaves most of the budget unspent")
    func unspent() throws {
        // Grid search over the form with the constants refit here, computed independently: N 0.88e9, 75 epochs,
        // 4 % of the budget, loss 2.9235.
        let plan = try Planner(law: LovelaceLaw(), objective: MinimumLoss())
            .plan(DataSupply(uniqueTokens: 1e9), within: .flops(1e22))
        let run = plan.recommended
        #expect(plan.status == .budgetUnspent)
        #expect(abs(run.parameters - 0.88e9) < 0.01e9)
        #expect(abs(run.epochs - 75) < 1)
        #expect(abs(run.knownLoss - 2.9235) < 1e-3)
        let used = try #require(run.budgetUsed)
        #expect(abs(used - 0.04) < 0.005)
        #expect(plan.warnings.contains { $0.code == "budget_unspent" })
    }

    @Test("a penalty that is infinitely steep at the first repeat does not advise an absurd model")
    func guarded() throws {
        // Without the limit this law advises one epoch of a 168B model on 1e11 tokens at 1e23 FLOPs.
        let supply = try DataSupply(uniqueTokens: 1e11)
        let planner = Planner(law: LovelaceLaw(), objective: MinimumLoss())
        let free = try planner.plan(
            supply, within: .flops(1e23), constraints: PlanConstraints(minTokensPerParameter: 0))
        #expect(Self.relative(free.recommended.parameters, 1.667e11) < 1e-2)
        #expect(Self.relative(free.recommended.epochs, 1) < 1e-6)
        #expect(!free.otherBasins.isEmpty)
        let plan = try planner.plan(supply, within: .flops(1e23))
        #expect(plan.recommended.tokensPerParameter > 5 - 1e-6)
    }
}
