import Chinchilla
import ScalingLaws
import ScalingLawsTesting
import Testing

@Suite struct ChinchillaLawTests {
    @Test(
        "losses of Chinchilla's and Gopher's runs follow from each set of constants",
        arguments: [
            // The form with each set's constants, computed independently in double precision.
            (ChinchillaLaw.Constants.hoffmannRounded, 70e9, 1.4e12, 1.936645),
            (.hoffmann, 70e9, 1.4e12, 1.920846),
            (.besiroglu, 70e9, 1.4e12, 1.973882),
            (.hoffmannRounded, 280e9, 300e9, 1.993258),
            (.hoffmann, 280e9, 300e9, 1.967243),
            (.besiroglu, 280e9, 300e9, 1.999608),
            (.c4, 70e9, 1.4e12, 2.024597),
            (.c4, 280e9, 300e9, 2.050331),
        ])
    func losses(constants: ChinchillaLaw.Constants, parameters: Double, tokens: Double, expected: Double) throws {
        let loss = try ChinchillaLaw(constants).compiled().loss(parameters: parameters, tokens: tokens)
        #expect(abs(loss - expected) < 6e-7)
    }

    @Test("every set of constants keeps the promises of laws", arguments: ChinchillaLaw.all.map(\.constants))
    func conformance(constants: ChinchillaLaw.Constants) {
        #expect(LawConformance().violations(of: ChinchillaLaw(constants)).isEmpty)
    }

    /// One row of the frontier.
    struct Frontier: Sendable {
        var constants: ChinchillaLaw.Constants
        var compute, parameters, tokens, loss: Double
    }

    @Test(
        "the closed-form frontier",
        arguments: [
            Frontier(
                constants: .hoffmannRounded, compute: 1e20, parameters: 6.44858e8, tokens: 2.58455e10, loss: 2.599850),
            Frontier(
                constants: .hoffmannRounded, compute: 1e22, parameters: 5.16047e9, tokens: 3.22968e11, loss: 2.138614),
            Frontier(
                constants: .hoffmannRounded, compute: 5.76e23, parameters: 3.21899e10, tokens: 2.98231e12,
                loss: 1.930748),
            Frontier(constants: .hoffmann, compute: 1e20, parameters: 7.74874e8, tokens: 2.15089e10, loss: 2.553419),
            Frontier(constants: .hoffmann, compute: 1e22, parameters: 6.34283e9, tokens: 2.62764e11, loss: 2.114916),
            // "40B" in Hoffmann et al. 2022.
            Frontier(
                constants: .hoffmann, compute: 5.76e23, parameters: 4.03609e10, tokens: 2.37854e12, loss: 1.918412),
            Frontier(constants: .besiroglu, compute: 1e20, parameters: 8.53477e8, tokens: 1.95280e10, loss: 2.553405),
            Frontier(constants: .besiroglu, compute: 1e22, parameters: 9.04516e9, tokens: 1.84261e11, loss: 2.141111),
            Frontier(
                constants: .besiroglu, compute: 5.76e23, parameters: 7.22487e10, tokens: 1.32874e12, loss: 1.974441),
            Frontier(
                constants: .besiroglu, compute: 3.8e25, parameters: 6.18666e11, tokens: 1.02371e13, loss: 1.891707),
            Frontier(constants: .c4, compute: 1e22, parameters: 9.21833e9, tokens: 1.80799e11, loss: 2.187997),
        ])
    func frontier(row: Frontier) throws {
        let law = ChinchillaLaw(row.constants)
        let optimum = try law.optimalAllocation(compute: row.compute)
        // The rows carry six digits: half a unit of the sixth is up to 5e-6.
        #expect(abs(optimum.parameters / row.parameters - 1) < 5e-6)
        #expect(abs(optimum.tokens / row.tokens - 1) < 5e-6)
        let loss = try law.compiled().loss(parameters: optimum.parameters, tokens: optimum.tokens)
        #expect(abs(loss - row.loss) < 6e-7)
    }

    @Test(
        "the frontier spends the budget, and no neighbour on it is better",
        arguments: ChinchillaLaw.all.map(\.constants))
    func optimality(constants: ChinchillaLaw.Constants) throws {
        let law = ChinchillaLaw(constants)
        let compiled = try law.compiled()
        for compute in [1e18, 1e21, 1e24] {
            let best = try law.optimalAllocation(compute: compute)
            #expect(abs(6 * best.parameters * best.tokens / compute - 1) < 1e-12)
            let loss = try compiled.loss(parameters: best.parameters, tokens: best.tokens)
            for factor in [0.9, 0.99, 1.01, 1.1] {
                let other = try compiled.loss(parameters: best.parameters * factor, tokens: best.tokens / factor)
                #expect(other > loss)
            }
        }
    }

    @Test(
        "the frontier's factor and exponent",
        arguments: [
            (ChinchillaLaw.Constants.hoffmannRounded, 1.34471, 0.451613), (.hoffmann, 1.30005, 0.456526),
            (.besiroglu, 0.11963, 0.512612), (.c4, 0.225802, 0.5),
        ])
    func shape(constants: ChinchillaLaw.Constants, coefficient: Double, exponent: Double) {
        let frontier = ChinchillaFrontier(constants.values)
        // Rows of five or six digits, computed independently.
        #expect(abs(frontier.coefficient / coefficient - 1) < 5e-5)
        #expect(abs(frontier.parametersExponent - exponent) < 1e-6)
        #expect(abs(frontier.parametersExponent + frontier.tokensExponent - 1) < 1e-15)
    }

    @Test("the allocation that the notebook of Muennighoff et al. prints for 5.76e23 FLOPs")
    func notebook() throws {
        // huggingface/datablations, utils/parametric_fit.ipynb.
        let optimum = try ChinchillaLaw(.c4).optimalAllocation(compute: 5.76e23)
        #expect(abs(optimum.parameters / 69_962_173_313.5 - 1) < 1e-6)
        #expect(abs(optimum.tokens / 1_372_170_066_384 - 1) < 1e-6)
    }

    @Test("a budget that is none is refused", arguments: [0, -1, .nan, .infinity])
    func refusal(compute: Double) {
        #expect(throws: LawError.self) { try ChinchillaLaw().optimalAllocation(compute: compute) }
    }

    @Test("repeats count like fresh tokens, whatever is available")
    func repetition() throws {
        let law = try ChinchillaLaw().compiled()
        let fresh = try law.loss(parameters: 1e9, tokens: 1e11)
        #expect(try law.loss(parameters: 1e9, tokens: 1e11, uniqueTokens: 1e9) == fresh)
        #expect(law.card.repetition == .none)
    }
}
