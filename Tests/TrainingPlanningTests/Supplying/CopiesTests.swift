import ComputeOptimal
import InfoLaw
import Lovelace
import Muennighoff
import Sampling
import ScalingLaws
import Sedova
import Testing
import TrainingPlanning

/// Supplies whose copies stay in the files.
@Suite struct CopiesTests {
    /// A corpus in which a few texts lie very often.
    private let copies = [
        CopyBucket(copies: 1, uniqueTokens: 12e9), CopyBucket(copies: 2, uniqueTokens: 6e9),
        CopyBucket(copies: 3.4, uniqueTokens: 4e9), CopyBucket(copies: 21, uniqueTokens: 3e9),
    ]

    private func supply(_ copies: [CopyBucket]) throws -> DataSupply {
        let unique = copies.reduce(0) { $0 + $1.uniqueTokens }
        return try DataSupply(sources: [SourceSupply(name: "web", uniqueTokens: unique)], copies: copies)
    }

    @Test("texts that all lie equally often are worth as much as texts without copies", arguments: [1.0, 3, 17.5])
    func uniform(count: Double) throws {
        for law in [MuennighoffLaw(), LovelaceLaw()] as [any ScalingLaw] {
            let planner = Planner(law: law.withoutSets, objective: MinimumLoss())
            let clean = try planner.plan(DataSupply(uniqueTokens: 25e9), within: .flops(1e22)).recommended
            let asIs = try planner.plan(
                supply([
                    CopyBucket(copies: count, uniqueTokens: 10e9), CopyBucket(copies: count, uniqueTokens: 15e9),
                ]), within: .flops(1e22)
            ).recommended
            #expect(abs(asIs.knownLoss - clean.knownLoss) < 1e-12)
            #expect(abs(asIs.parameters / clean.parameters - 1) < 1e-9)
            #expect(abs(asIs.epochs / clean.epochs - 1) < 1e-9)
            #expect(abs(asIs.passesOverFiles * count / clean.epochs - 1) < 1e-9)
        }
    }

    @Test("the curve law's loss is its formula with D′ = Σ U_b·ρ(copies_b·D/tokens), at its optimum and elsewhere")
    func curve() throws {
        let law = MuennighoffLaw()
        let supply = try supply(copies)
        let coefficient = { (name: String) -> Double in
            law.card.coefficients.first { $0.name == name }?.value ?? .nan
        }
        let (E, A, B) = (coefficient("E"), coefficient("A"), coefficient("B"))
        let (alpha, beta) = (coefficient("alpha"), coefficient("beta"))
        let rho = try MuennighoffCurve().compiled()
        func oracle(_ parameters: Double, _ tokens: Double) throws -> (loss: Double, worth: Double) {
            var (worth, used) = (0.0, 0.0)
            for bucket in copies {
                let epochs = bucket.copies * tokens / supply.fileTokens
                worth += try bucket.uniqueTokens * rho.value(epochs: epochs)
                used += bucket.uniqueTokens * min(1, epochs)
            }
            let ratio = Elementary.pow(alpha * A / (beta * B), 1 / (alpha + beta))
            let optimal = min(parameters, ratio * Elementary.pow(ratio * used, beta / alpha))
            let excess = parameters / optimal - 1
            let decay = coefficient("RN")
            let size = optimal * (1 + decay * (1 - Elementary.exp(-excess / decay)))
            return (E + A / Elementary.pow(size, alpha) + B / Elementary.pow(worth, beta), worth)
        }
        for (flops, size) in [(1e20, 1e8), (1e22, 1e9), (1e23, 7e9), (1e24, 7e10)] {
            let planner = Planner(law: law.withoutSets, objective: MinimumLoss())
            let fixed = try planner.plan(
                supply, within: .flops(flops),
                constraints: PlanConstraints(minTokensPerParameter: 0, sizes: [size])
            ).recommended
            let best = try planner.plan(supply, within: .flops(flops)).recommended
            for run in [fixed, best] {
                let expected = try oracle(run.parameters, run.tokens)
                #expect(abs(run.knownLoss / expected.loss - 1) < 1e-10)
                let worth = try #require(run.effectiveTokens)
                #expect(abs(worth / expected.worth - 1) < 1e-10)
            }
        }
    }

    @Test("a penalty law is told the mean repetitions over the tokens trained on")
    func penalty() throws {
        let law = LovelaceLaw()
        let supply = try supply(copies)
        let plan = try Planner(law: law.withoutSets, objective: MinimumLoss())
            .plan(supply, within: .flops(1e22))
        let run = plan.recommended
        let coefficient = { (name: String) -> Double in
            law.card.coefficients.first { $0.name == name }?.value ?? .nan
        }
        var (repeats, used) = (0.0, 0.0)
        for bucket in copies {
            let epochs = bucket.copies * run.tokens / supply.fileTokens
            repeats += bucket.fileTokens / supply.fileTokens * max(0, epochs - 1)
            used += bucket.uniqueTokens * min(1, epochs)
        }
        let single =
            coefficient("E") + coefficient("A") / Elementary.pow(run.parameters, coefficient("alpha"))
            + coefficient("B") / Elementary.pow(run.tokens, coefficient("beta"))
        let penalty =
            coefficient("w") * coefficient("P") * Elementary.pow(repeats, coefficient("delta"))
            * Elementary.pow(run.parameters / used, coefficient("kappa"))
        #expect(abs(run.knownLoss / (single + penalty) - 1) < 1e-10)
        #expect(plan.warnings.contains { $0.code == "mean_repetitions" })
        #expect(plan.warnings.contains { $0.code == "copies_stay" })
    }

    @Test("the optimum with copies is no worse than brute force", arguments: [1, 2, 3])
    func bruteForce(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for base in [MuennighoffLaw(), LovelaceLaw()] as [any ScalingLaw] {
            let buckets = (0..<4).map { index in
                CopyBucket(
                    copies: Elementary.exp(Double(index) * random.uniform(0.3, 1.2)),
                    uniqueTokens: random.uniform(1e8, 2e10))
            }
            let supply = try supply(buckets)
            let flops = Elementary.exp(random.uniform(Elementary.log(1e20), Elementary.log(1e23)))
            let planner = Planner(law: base.withoutSets, objective: MinimumLoss())
            let best = try planner.plan(supply, within: .flops(flops)).recommended
            // Any other size, at its own best number of tokens, is no better.
            for step in -30...30 {
                let size = best.parameters * Elementary.exp(0.1 * Double(step))
                guard size * size * 5 * 6 < flops else { continue }
                let other = try planner.plan(
                    supply, within: .flops(flops), constraints: PlanConstraints(sizes: [size])
                ).recommended
                #expect(other.knownLoss >= best.knownLoss - 1e-9, "seed \(seed), size \(size)")
            }
        }
    }

    @Test("copies cost something, and cost more the more unevenly they lie")
    func order() throws {
        let planner = Planner(law: MuennighoffLaw().withoutSets, objective: MinimumLoss())
        let clean = try planner.plan(DataSupply(uniqueTokens: 25e9), within: .flops(1e22)).recommended.knownLoss
        let some = try planner.plan(supply(copies), within: .flops(1e22)).recommended.knownLoss
        let uneven = try planner.plan(
            supply([CopyBucket(copies: 1, uniqueTokens: 24e9), CopyBucket(copies: 200, uniqueTokens: 1e9)]),
            within: .flops(1e22)
        ).recommended.knownLoss
        #expect(clean < some && some < uneven)
    }

    @Test("the pool that a plan takes for one is worth the same to a mixture of that one source")
    func likeThePlan() throws {
        let histogram = [
            CopyBucket(copies: 1, uniqueTokens: 15e9), CopyBucket(copies: 2, uniqueTokens: 7e9),
            CopyBucket(copies: 60, uniqueTokens: 3e9),
        ]
        let supply = try DataSupply(
            sources: [SourceSupply(name: "all", uniqueTokens: 25e9, copies: histogram)], copies: histogram)
        let law = MuennighoffLaw()
        let plan = try Planner(law: law, objective: MinimumLoss()).plan(supply, within: .flops(1e22)).recommended
        let question = try MixtureQuestion(
            supply: supply, tokens: plan.tokens, curve: try #require(law.repetitionCurve).compiled())
        let allocation = try ProportionalMixture().allocation(for: question)
        let worth = try #require(plan.effectiveTokens)
        #expect(abs(allocation.freshTokens / worth - 1) < 1e-9)
        // Repeats, as a law with a penalty is told them: each text's own, by its share of the files.
        let passes = plan.tokens / histogram.reduce(0) { $0 + $1.fileTokens }
        let repeats = histogram.reduce(0) { $0 + $1.fileTokens / 209e9 * max(0, $1.copies * passes - 1) }
        #expect(abs(allocation.worth.repeats / repeats - 1) < 1e-9)
    }

    @Test("a common factor of qualities changes no run")
    func qualityRatios() throws {
        let planner = Planner(law: MuennighoffLaw().withoutSets, objective: MinimumLoss())
        let runs = try [1, 1e7].map { factor in
            let sources = [("web", 2e10, 0.7), ("books", 5e9, 2.1)].map {
                SourceSupply(name: $0.0, uniqueTokens: $0.1, quality: $0.2 * factor)
            }
            return try planner.plan(DataSupply(sources: sources), within: .flops(1e22)).recommended
        }
        #expect(runs[0] == runs[1])
    }

    @Test("copies must belong to the sources")
    func mismatch() throws {
        let sources = [SourceSupply(name: "web", uniqueTokens: 25e9)]
        #expect(throws: MixtureError.self) {
            try DataSupply(sources: sources, copies: [CopyBucket(copies: 2, uniqueTokens: 20e9)])
        }
        #expect(throws: MixtureError.self) {
            try DataSupply(sources: sources, copies: [CopyBucket(copies: 0.5, uniqueTokens: 25e9)])
        }
    }

    @Test("curves invert: the passes of a worth have that worth")
    func inverses() throws {
        let sedova = SedovaCurve()
        for curve in [MuennighoffCurve(), InfoLawCurve(), sedova] as [any RepetitionCurve] {
            let worth = curve.value(epochs: .symbol(.epochs), in: RunSymbols(), CoefficientSymbols())
            let back = try #require(curve.epochs(worth: worth, in: RunSymbols(), CoefficientSymbols()))
            let law = Stated(card: curve.card, formula: back.replacing(.epochs, by: .symbol(.feature("passes"))))
            for passes in [0.01, 0.5, 1, 1.3, 4, 20] {
                let compiled = try CompiledLaw(
                    law, replacing: curve.card.identifier == "sedova" ? ["r1": 7.5] : [:], features: ["passes": passes])
                let value = try compiled.loss(parameters: 1e9, tokens: 20e9)
                #expect(abs(value / passes - 1) < 1e-9, "\(curve.card.identifier) at \(passes): \(value)")
            }
        }
    }

    private struct Stated: ScalingLaw {
        let card: ModelCard
        let stated: Formula
        init(card: ModelCard, formula: Formula) {
            self.card = card
            stated = formula
        }
        func loss(of run: RunSymbols, _ c: CoefficientSymbols) -> Formula { stated }
    }
}
