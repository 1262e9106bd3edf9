import Lovelace
import ScalingLaws
import ScalingLawsTesting
import Testing

@Suite struct LovelaceLawTests {
    @Test(
        "losses with the constants refitted here",
        arguments: [
            // A grid search over the fitted form, computed independently: C = 1e22 with 25e9 unique tokens.
            (9.9e9, 6.7 * 25e9, 25e9, 2.425, 1e-3),
            // The form with the constants, computed independently with 30 digits.
            (1e9, 20e9, 20e9, 2.82256511681019, 1e-13), (1e9, 20e9, 1e9, 2.97878496382411, 1e-13),
            (8.67e9, 178e9, 25e9, 2.42785574400845, 1e-13), (1e9, 1e12, 1e8, 9.62857904040402, 1e-12),
        ])
    func losses(parameters: Double, tokens: Double, unique: Double, expected: Double, tolerance: Double) throws {
        let loss = try LovelaceLaw().compiled().loss(parameters: parameters, tokens: tokens, uniqueTokens: unique)
        #expect(abs(loss - expected) < tolerance)
    }

    @Test("both forms keep the promises of laws", arguments: LovelaceLaw.Form.allCases)
    func conformance(form: LovelaceLaw.Form) {
        #expect(LawConformance().violations(of: LovelaceLaw(form)).isEmpty)
    }

    @Test("the one-parameter form is the same law with all but P held")
    func oneParameter() throws {
        let law = LovelaceLaw(.oneParameter)
        #expect(law.formula == LovelaceLaw().formula)
        #expect(law.card.coefficients.filter { !$0.isHeld }.map(\.name) == ["P"])
    }

    @Test("weight decay of 1.0 cuts the penalty to about 30 %")
    func weightDecay() throws {
        let law = try LovelaceLaw().compiled()
        let decayed = try law.with(["w": 0.3])
        let none = try law.with(["w": 0])
        func loss(_ law: CompiledLaw) throws -> Double {
            try law.loss(parameters: 1e9, tokens: 1e11, uniqueTokens: 1e9)
        }
        let share = (try loss(decayed) - loss(none)) / (try loss(law) - loss(none))
        #expect(abs(share - 0.3) < 1e-12)
    }

    @Test("every member of the ensemble is a usable set of constants")
    func ensemble() throws {
        let members = try LovelaceLaw().compiled().ensemble()
        #expect(members.count == 100)
        for member in members {
            #expect(try member.loss(parameters: 1e9, tokens: 20e9, uniqueTokens: 5e9) > 2)
        }
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
