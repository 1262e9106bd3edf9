import Lovelace
import ScalingLaws
import Testing

@Suite struct LovelaceLawTests {
    @Test(
        "losses with the constants refitted here",
        arguments: [
            // A grid search over the fitted form, computed independently: C = 1e22 with 25e9 unique tokens.
            (9.9e9, 6.7 * 25e9, 25e9, 2.425, 1e-3)
        ])
    func losses(parameters: Double, tokens: Double, unique: Double, expected: Double, tolerance: Double) throws {
        let loss = try LovelaceLaw().compiled().loss(parameters: parameters, tokens: tokens, uniqueTokens: unique)
        #expect(abs(loss - expected) < tolerance)
    }

    @Test("where nothing repeats there is no penalty, and its slopes are defined")
    func noRepeats() throws {
        let law = try LovelaceLaw().compiled()
        let without = try law.with(["P": 0])
        for unique in [1e10, 2e10, 1e13] {
            let loss = try law.loss(parameters: 1e9, tokens: 1e10, uniqueTokens: unique)
            #expect(try loss == without.loss(parameters: 1e9, tokens: 1e10, uniqueTokens: unique))
            let gradient = try law.gradient(parameters: 1e9, tokens: 1e10, uniqueTokens: unique)
            #expect(gradient.byUniqueTokens == 0)
            #expect(gradient.byTokens < 0)
            let slopes = try law.coefficientGradient(parameters: 1e9, tokens: 1e10, uniqueTokens: unique)
            #expect(slopes[5] == 0 && slopes[6] == 0 && slopes[7] == 0)
        }
    }

    @Test("past some point more repeats harm")
    func harm() throws {
        let law = try LovelaceLaw().compiled()
        let losses = try [1e9, 1e10, 1e11, 1e13].map { tokens throws in
            try law.loss(parameters: 1e9, tokens: tokens, uniqueTokens: 1e9)
        }
        #expect(losses[1] < losses[0])
        #expect(losses[3] > losses[2])
    }

    @Test("the card says that its constants are refit here")
    func provenance() {
        let card = LovelaceLaw().card
        #expect(card.provenance.kind == .refitHere)
        #expect(card.warnings.contains { $0.contains("refit here") })
    }
}
