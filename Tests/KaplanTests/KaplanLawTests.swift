import Kaplan
import ScalingLaws
import ScalingLawsTesting
import Testing

@Suite struct KaplanLawTests {
    @Test(
        "every law of the paper keeps the promises of laws",
        arguments: KaplanLaw.Variant.allCases.filter { $0 != .steps })
    func conformance(variant: KaplanLaw.Variant) {
        #expect(LawConformance().violations(of: KaplanLaw(variant)).isEmpty)
    }

    @Test("a token of WebText2 is 4.19 bytes: 96 GB in 2.29e10 tokens, arXiv:2001.08361, section 2.3")
    func bytesPerToken() throws {
        for variant in KaplanLaw.Variant.allCases {
            #expect(abs(try #require(KaplanLaw(variant).card.setup.bytesPerToken) - 4.19) < 0.005)
        }
    }

    @Test(
        "losses with the constants of arXiv:2001.08361, computed independently",
        arguments: [
            (KaplanLaw.Variant.parameters, 1.5e9, 22e9, 2.303551),
            (.tokens, 1.5e9, 22e9, 2.099168),
            (.joint, 1.5e9, 22e9, 2.312548),
            // 1e21 FLOPs are 11.5741 petaflop-days.
            (.minimalCompute, 1e21 / 6 / 1e10, 1e10, 2.351764),
        ])
    func losses(variant: KaplanLaw.Variant, parameters: Double, tokens: Double, expected: Double) throws {
        let loss = try KaplanLaw(variant).compiled().loss(parameters: parameters, tokens: tokens)
        #expect(abs(loss / expected - 1) < 1e-6)
    }

    @Test("the allocation of Table 6 at 1e21 FLOPs, which are 11.5741 petaflop-days")
    func frontier() throws {
        let advice = try KaplanFrontier().allocation(minimalCompute: 1e21)
        #expect(abs(advice.parameters / 7.76763e9 - 1) < 1e-5)
        #expect(abs(advice.batchTokens / 3.5997e6 - 1) < 2e-5)
        #expect(abs(advice.minimalSteps / 5811.64 - 1) < 1e-5)
        #expect(abs(advice.tokens / 3.8741e10 - 1) < 2e-5)
        #expect(throws: LawError.self) { try KaplanFrontier().allocation(minimalCompute: -1) }
    }

    @Test("the critical batch size, and what it makes of steps and compute")
    func criticalBatch() throws {
        // B* = 2e8 as in the paper's introduction.
        let introduction = try CriticalBatch(scale: 2e8)
        #expect(abs(try introduction.tokens(atLoss: 3) / 1.06911e6 - 1) < 1e-5)
        let batch = try CriticalBatch()
        let critical = try batch.tokens(atLoss: 3)
        #expect(abs(try batch.minimalSteps(steps: 1000, batchTokens: critical, loss: 3) - 500) < 1e-9)
        #expect(abs(try batch.minimalCompute(compute: 1e20, batchTokens: critical, loss: 3) / 5e19 - 1) < 1e-12)
        #expect(throws: LawError.self) { try batch.tokens(atLoss: 0) }
        #expect(throws: LawError.self) { try CriticalBatch(scale: .nan) }
    }

    @Test("the law of steps asks for what is not published, and for the run's steps")
    func steps() throws {
        let law = KaplanLaw(.steps)
        #expect(throws: LawError.missingFeature("minimal_steps", model: "kaplan-steps")) {
            try CompiledLaw(law, coefficients: [6e13, 0.077, 2.1e3, 0.76])
        }
        #expect(throws: LawError.missingCoefficient("Nc", model: "kaplan-steps")) { try law.compiled() }
        let compiled = try CompiledLaw(
            law, coefficients: [1e14, 0.08, 2.1e3, 0.76], features: [KaplanLaw.stepsFeature: 2.1e3])
        // (1e14/1e9)^0.08 + 1
        let checks = LawConformance(features: [KaplanLaw.stepsFeature: 1e4])
        #expect(checks.violations(of: law).isEmpty)
        #expect(abs(try compiled.loss(parameters: 1e9, tokens: 1e9) - (2.511886431509580 + 1)) < 1e-12)
    }
}
