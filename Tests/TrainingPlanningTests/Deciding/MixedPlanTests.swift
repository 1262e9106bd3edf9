import BuiltInModels
import ComputeOptimal
import EffectiveData
import Lovelace
import Muennighoff
import ScalingLaws
import Testing
import TrainingPlanning

/// Plans whose run holds the mixture of the sources.
@Suite struct MixedPlanTests {
    static func supply(_ qualities: [Double], maxEpochs: Double? = nil, size: Double = 1) throws -> DataSupply {
        try DataSupply(sources: [
            SourceSupply(name: "web", uniqueTokens: 20e9 * size, quality: qualities[0], maxEpochs: maxEpochs),
            SourceSupply(name: "books", uniqueTokens: 5e9 * size, quality: qualities[1], maxEpochs: maxEpochs),
        ])
    }

    static func planner(_ laws: [any ScalingLaw], pull: NaturalPull = .standard) throws -> Planner {
        var planner = Planner(laws: laws, objective: MinimumLoss())
        planner.mixing = Planner.Mixing(
            method: EffectiveDataMixture(), curve: try MuennighoffCurve().compiled(), pull: pull)
        return planner
    }

    @Test("sources of one quality are the pool they make, and are read alike")
    func equal() throws {
        let laws = ModelCatalog.standard.decidingLaws
        let run = try Self.planner(laws).plan(Self.supply([1, 1]), within: .flops(1e22))
        let pool = try Planner(laws: laws, objective: MinimumLoss())
            .run(DataSupply(uniqueTokens: 25e9), within: .flops(1e22))
        #expect(abs(run.recommended.parameters / pool.parameters - 1) < 1e-4)
        let mixture = try #require(run.mixture)
        #expect(abs(mixture.weights[0] - 0.8) < 1e-6)
        #expect(abs(try #require(run.mixtureExcess)) < 1e-6)
    }

    @Test(
        "a better source is read more often, and no D nearby with its own mixture is better",
        arguments: [SoftMuennighoffLaw(), LovelaceLaw()] as [any ScalingLaw])
    func joint(law: any ScalingLaw) throws {
        let law = law.withoutSets
        let supply = try Self.supply([1, 3])
        let planner = try Self.planner([law])
        let plan = try planner.plan(supply, within: .flops(1e22))
        let mixture = try #require(plan.mixture)
        #expect(mixture.sources[1].epochs > mixture.sources[0].epochs * 1.1)
        #expect(abs(mixture.tokens / plan.recommended.tokens - 1) < 1e-12)
        let path = MixturePath(
            try MixtureQuestion(
                supply: supply, tokens: 1e11, curve: MuennighoffCurve().compiled(), pull: .standard),
            method: EffectiveDataMixture())
        let compiled = try law.compiled()
        func loss(_ parameters: Double, _ tokens: Double) throws -> Double {
            try MixtureForecast(compiled, parameters: parameters, curve: law.ownCurve())
                .loss(worth: path.worth(tokens: tokens))
        }
        let best = try loss(plan.recommended.parameters, plan.recommended.tokens)
        // The pool is read off a table; the law with a curve is asked at another run of equal worth.
        #expect(abs(try #require(plan.recommended.loss) / best - 1) < 2e-4)
        for factor in [0.8, 0.9, 1.1, 1.25] {
            let tokens = plan.recommended.tokens * factor
            #expect(try loss(plan.recommended.flops / 6 / tokens, tokens) > best - 1e-5)
        }
        let flat = try Self.planner([law], pull: .none).plan(supply, within: .flops(1e22))
        #expect(try #require(flat.mixtureExcess) > 0)
    }

    @Test("caps that a person set hold, under one law and under several families, and nothing else binds")
    func caps() throws {
        for laws in [[MuennighoffLaw()], ModelCatalog.standard.decidingLaws] as [[any ScalingLaw]] {
            let capped = try Self.planner(laws).plan(Self.supply([1, 3], maxEpochs: 4), within: .flops(1e22))
            #expect(capped.recommended.tokens <= 100e9 * (1 + 1e-9))
            let mixture = try #require(capped.mixture, "\(capped.noMixture ?? "")")
            #expect(mixture.sources.allSatisfy { $0.epochs <= 4 * (1 + 1e-9) })
            #expect(mixture.keepsLimits)
        }
        // Without a cap of a person's own there is none.
        let free = try Self.planner([MuennighoffLaw()]).plan(Self.supply([1, 3], size: 0.01), within: .flops(1e21))
        #expect(try #require(free.mixture).sources.allSatisfy { $0.epochs > 4 })
    }

    @Test("copies that stay, and caps that no mixture keeps, leave the plan and say why there is no mixture")
    func none() throws {
        let sources = [
            SourceSupply(
                name: "a", uniqueTokens: 1e9,
                copies: [
                    CopyBucket(copies: 1, uniqueTokens: 0.5e9), CopyBucket(copies: 3, uniqueTokens: 0.5e9),
                ]),
            SourceSupply(name: "b", uniqueTokens: 1e9),
        ]
        let supply = try DataSupply(
            sources: sources,
            copies: [CopyBucket(copies: 1, uniqueTokens: 1.5e9), CopyBucket(copies: 3, uniqueTokens: 0.5e9)])
        let plan = try Self.planner([MuennighoffLaw()]).plan(supply, within: .flops(1e20))
        #expect(plan.mixture == nil && plan.noMixture?.contains("--as is") == true)
    }
}
