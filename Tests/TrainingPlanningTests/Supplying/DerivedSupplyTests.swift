import BuiltInModels
import ComputeOptimal
import DataMixing
import Lovelace
import Muennighoff
import ScalingLaws
import Testing
import TrainingPlanning

/// Rewritten or synthetic tokens beside the real ones.
@Suite struct DerivedSupplyTests {
    /// E + A/N^α + B/(U·ρ(1 + R))^β: nothing but the effective tokens depends on repeats.
    private struct EffectiveLaw: ScalingLaw {
        let card = ModelCard(
            identifier: "effective", summary: "for tests",
            coefficients: [
                Coefficient("E", value: 1.7), Coefficient("A", value: 400), Coefficient("alpha", value: 0.34),
                Coefficient("B", value: 410), Coefficient("beta", value: 0.28), Coefficient("RD", value: 15),
            ], repetition: .curve, provenance: Provenance(kind: .user, source: "this test"))

        var repetitionCurve: (any RepetitionCurve)? { MuennighoffCurve() }

        func loss(of run: RunSymbols, _ c: CoefficientSymbols) -> Formula {
            let worth =
                run.uniqueTokens * MuennighoffCurve().value(epochs: 1 + run.repetitions, in: run, c)
            return c["E"] + c["A"] / pow(run.parameters, c["alpha"]) + c["B"] / pow(worth, c["beta"])
        }
    }

    private static func rho(_ epochs: Double, _ decay: Double) -> Double {
        min(epochs, 1) + (decay > 0 ? decay * (1 - Elementary.exp(-max(epochs - 1, 0) / decay)) : 0)
    }

    private func value(_ name: String, _ law: any ScalingLaw) -> Double {
        law.card.coefficients.first { $0.name == name }?.value ?? .nan
    }

    private func plan(
        _ law: any ScalingLaw, _ derived: DerivedSupply?, unique: Double = 10e9, flops: Double = 1e22,
        _ constraints: PlanConstraints = PlanConstraints()
    ) throws -> Plan {
        var supply = try DataSupply(uniqueTokens: unique)
        if let derived { supply = try supply.deriving(derived) }
        return try Planner(law: law, objective: MinimumLoss())
            .plan(supply, within: .flops(flops), constraints: constraints)
    }

    @Test(
        "a curve law is asked at U·ρ(D_r/U) + w·V·ρ_d(D_d/V) effective tokens",
        arguments: [(0.6, 0.25, nil), (0.6, 0.8, 3.0), (1.7, 0.4, 0), (0.05, 0.01, 40)] as [(Double, Double, Double?)])
    func curve(worth: Double, share: Double, decay: Double?) throws {
        let law = EffectiveLaw()
        let derived = DerivedSupply(worth: worth, multiple: 0.5, fixedShare: share, decay: decay)
        for size in [3e8, 5e9] {
            let run = try plan(law, derived, PlanConstraints(minTokensPerParameter: 0, sizes: [size])).recommended
            let (real, read) = ((1 - share) * run.tokens, share * run.tokens)
            let worthOfAll =
                10e9 * Self.rho(real / 10e9, 15) + worth * 5e9 * Self.rho(read / 5e9, decay ?? 15)
            let loss = 1.7 + 400 / Elementary.pow(size, 0.34) + 410 / Elementary.pow(worthOfAll, 0.28)
            #expect(abs(run.knownLoss / loss - 1) < 1e-9)
            #expect(abs(try #require(run.effectiveTokens) / worthOfAll - 1) < 1e-9)
            #expect(abs(run.epochs / (real / 10e9) - 1) < 1e-9)
            #expect(abs(run.uniqueTokens - min(real, 10e9)) < 1)
            #expect(abs(run.flops / (6 * size * run.tokens) - 1) < 1e-9)
        }
    }

    @Test("a penalty law is asked at D_r + w·D_d tokens and their mean repeats", arguments: [0.3, 0.9])
    func penalty(share: Double) throws {
        let law = LovelaceLaw().withoutSets
        let (worth, multiple) = (0.7, 0.5)
        let run = try plan(law, DerivedSupply(worth: worth, multiple: multiple, fixedShare: share)).recommended
        let (real, read) = ((1 - share) * run.tokens, share * run.tokens)
        let tokens = real + worth * read
        let unique = min(10e9, real) + worth * min(5e9, read)
        let repeats = (real * max(real / 10e9 - 1, 0) + worth * read * max(read / 5e9 - 1, 0)) / tokens
        let expected =
            value("E", law) + value("A", law) / Elementary.pow(run.parameters, value("alpha", law))
            + value("B", law) / Elementary.pow(tokens, value("beta", law))
            + value("w", law) * value("P", law) * Elementary.pow(repeats, value("delta", law))
            * Elementary.pow(run.parameters / unique, value("kappa", law))
        #expect(abs(run.knownLoss / expected - 1) < 1e-9)
    }

    @Test("derived tokens of worth 1 without a cap are fresh data", arguments: [1e20, 1e21, 1e22])
    func fresh(flops: Double) throws {
        for law in [MuennighoffLaw(), LovelaceLaw()] as [any ScalingLaw] {
            let law = law.withoutSets
            let more = try plan(law, nil, unique: 25e9, flops: flops).recommended
            let derived = try plan(law, DerivedSupply(worth: 1, multiple: 1.5), flops: flops)
            let run = derived.recommended
            #expect(abs(run.knownLoss / more.knownLoss - 1) < 1e-9)
            #expect(abs(run.tokens / more.tokens - 1) < 1e-6)
            #expect(abs(run.parameters / more.parameters - 1) < 1e-6)
            if more.epochs > 1 {
                #expect(abs(run.epochs / more.epochs - 1) < 1e-6)
                #expect(abs(try #require(derived.derived).derived.share - 0.6) < 1e-9)
            }
        }
    }

    @Test("derived tokens of worth 0 leave the plan as it is, under one law and under all")
    func worthless() throws {
        let supply = try DataSupply(uniqueTokens: 10e9)
        let derived = try supply.deriving(DerivedSupply(worth: 0, multiple: 4))
        for laws in [[MuennighoffLaw()], ModelCatalog.standard.decidingLaws] as [[any ScalingLaw]] {
            let planner = Planner(laws: laws, objective: MinimumLoss())
            let plain = try planner.plan(supply, within: .flops(1e22))
            var with = try planner.plan(derived, within: .flops(1e22))
            let use = try #require(with.derived)
            #expect(use.tokens == 0 && use.gain == 0 && use.threshold.worth > 0)
            with.derived = nil
            with.supply = plain.supply
            #expect(String(reflecting: with) == String(reflecting: plain))
        }
    }

    @Test("the worth that beats another epoch is ρ′(epochs), and plans take derived tokens above it alone")
    func threshold() throws {
        let law = EffectiveLaw()
        let use = try #require(try plan(law, DerivedSupply(worth: 0, multiple: 4)).derived)
        for threshold in use.thresholds + [use.threshold] {
            let expected = Elementary.exp(-(threshold.epochs - 1) / 15)
            #expect(abs(threshold.worth / expected - 1) < 1e-9)
        }
        #expect(use.thresholds.count > 4 && use.thresholds[0].epochs == 1)
        let worth = use.threshold.worth
        let above = try #require(try plan(law, DerivedSupply(worth: worth * 1.05, multiple: 4)).derived)
        let below = try #require(try plan(law, DerivedSupply(worth: worth * 0.95, multiple: 4)).derived)
        #expect(above.derived.share > 0 && above.gain > 0)
        #expect(below.derived.share == 0 && below.gain == 0)
    }

    @Test("the share chosen is that of an exhaustive search, and keeps its cap")
    func share() throws {
        let law = EffectiveLaw()
        let chosen = try plan(law, DerivedSupply(worth: 0.6, multiple: 2))
        let use = try #require(chosen.derived)
        var lowest = Double.infinity
        for step in 0...99 {
            let fixed = DerivedSupply(worth: 0.6, multiple: 2, fixedShare: Double(step) / 100)
            lowest = min(lowest, try plan(law, fixed).recommended.knownLoss)
        }
        #expect(chosen.recommended.knownLoss <= lowest)
        #expect(lowest - chosen.recommended.knownLoss < 1e-3)
        let capped = try plan(law, DerivedSupply(worth: 0.6, multiple: 2, mostShare: 0.1, price: 2e-7))
        let small = try #require(capped.derived)
        #expect(use.derived.share > 0.1 && abs(small.derived.share - 0.1) < 1e-12)
        #expect(abs(small.tokens / (0.1 * capped.recommended.tokens) - 1) < 1e-12)
        #expect(small.uniqueTokens == min(small.tokens, 20e9))
        #expect(abs(try #require(small.dollars) / (2e-7 * small.uniqueTokens) - 1) < 1e-12)
        #expect(abs(small.gain - (try plan(law, nil).recommended.knownLoss - capped.recommended.knownLoss)) < 1e-9)
    }

    @Test("a cap on epochs counts passes over the real text")
    func cap() throws {
        let derived = DerivedSupply(worth: 0.8, multiple: 4, fixedShare: 0.5)
        let run = try plan(EffectiveLaw(), derived, flops: 1e24, PlanConstraints(maxEpochs: 3)).recommended
        #expect(abs(run.epochs - 3) < 1e-9 && abs(run.tokens / 60e9 - 1) < 1e-9)
    }

    @Test("a source that is mixed and a derived one stand side by side")
    func mixture() throws {
        let supply = try DataSupply(sources: [
            SourceSupply(name: "web", uniqueTokens: 8e9), SourceSupply(name: "books", uniqueTokens: 2e9, quality: 2),
        ]).deriving(DerivedSupply(name: "rephrased", source: "books", worth: 0.6, multiple: 4, fixedShare: 0.25))
        #expect(supply.derived?.uniqueTokens == 8e9)
        var planner = Planner(law: MuennighoffLaw().withoutSets, objective: MinimumLoss())
        let method = try #require(ModelCatalog.standard.mixtures.models.first)
        planner.mixing = Planner.Mixing(method: method, curve: try MuennighoffCurve().compiled())
        let plan = try planner.plan(supply, within: .flops(1e22))
        let tokens = try #require(plan.mixture).sources.reduce(0) { $0 + $1.tokens }
        #expect(abs(tokens / (0.75 * plan.recommended.tokens) - 1) < 1e-9)
    }

    @Test("numbers out of range, an unknown source and a cap below what is used are refused by name")
    func refusals() throws {
        let supply = try DataSupply(sources: [SourceSupply(name: "web", uniqueTokens: 10e9)])
        func refuse(_ derived: DerivedSupply, _ part: String) {
            let error = #expect(throws: MixtureError.self) { try supply.deriving(derived) }
            #expect(error?.description.contains(part) == true, "\(error?.description ?? "")")
        }
        for worth in [-0.1, 10.1, .nan, .infinity] {
            refuse(DerivedSupply(worth: worth, multiple: 1), "the worth of derived source 'derived'")
        }
        refuse(DerivedSupply(worth: 1, multiple: 0), "multiple")
        refuse(DerivedSupply(worth: 1, multiple: 1, mostShare: 1.5), "largest share")
        refuse(DerivedSupply(worth: 1, multiple: 1, mostShare: 0.2, fixedShare: 0.3), "raise the cap")
        refuse(DerivedSupply(worth: 1, multiple: 1, price: -1), "price")
        refuse(DerivedSupply(worth: 1, multiple: 1, decay: -1), "repeats")
        refuse(DerivedSupply(source: "books", worth: 1, multiple: 1), "it has web")
        refuse(DerivedSupply(name: "web", worth: 1, multiple: 1), "another name")
    }
}
