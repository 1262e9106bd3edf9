import ScalingLaws
import ScalingLawsTesting
import Testing

@Suite struct LawConformanceTests {
    /// A law to break in one way at a time.
    struct Suspect: ScalingLaw {
        var card = ModelCard(
            identifier: "suspect", summary: "a law",
            coefficients: [
                Coefficient("E", value: 1.7), Coefficient("A", value: 400), Coefficient("alpha", value: 0.3),
            ], provenance: Provenance(kind: .user, source: "a test"))
        var stated: @Sendable (RunSymbols, CoefficientSymbols) -> Formula = { run, c in
            c["E"] + c["A"] / pow(run.parameters, c["alpha"])
        }
        func loss(of run: RunSymbols, _ c: CoefficientSymbols) -> Formula { stated(run, c) }
    }

    @Test("a sound law has no violations")
    func sound() {
        #expect(LawConformance().violations(of: Suspect()).isEmpty)
    }

    @Test("each promise that is broken is named")
    func broken() {
        func rules(_ change: (inout Suspect) -> Void) -> Set<ConformanceViolation.Rule> {
            var suspect = Suspect()
            change(&suspect)
            return Set(LawConformance().violations(of: suspect).map(\.rule))
        }
        #expect(rules { $0.card.summary = "" } == [.card])
        #expect(rules { $0.card.identifier = "My Law" } == [.card])
        #expect(rules { $0.card.provenance.source = "" } == [.provenance])
        #expect(rules { $0.card.coefficients.append(Coefficient("B", value: 1)) } == [.card])
        #expect(rules { $0.card.coefficients.removeLast() }.contains(.card))
        #expect(rules { $0.card.coefficients[0].value = nil } == [.card])
        #expect(
            rules { $0.stated = { run, c in c["E"] + c["A"] * pow(run.parameters, c["alpha"]) } } == [
                .fallsWithParameters
            ])
        #expect(
            rules { $0.stated = { run, c in c["E"] + c["A"] * pow(run.tokens, c["alpha"]) } }.contains(
                .fallsWithFreshData))
        #expect(
            rules { $0.stated = { run, c in c["E"] + c["A"] / pow(run.uniqueTokens, c["alpha"]) } } == [.repetition])
        #expect(
            rules { $0.stated = { run, c in c["E"] + c["A"] * pow(run.uniqueTokens, c["alpha"]) } }
                .contains(.fallsWithUniqueData))
        #expect(
            rules { $0.stated = { run, c in c["E"] + c["A"] * log(c["alpha"] - run.parameters) } } == [.finite])
        #expect(
            rules {
                $0.card.repetition = .curve
                $0.stated = { run, c in c["E"] + c["A"] * run.repetitions * c["alpha"] }
            } == [.repetition])
        #expect(rules { $0.stated = { run, c in c["E"] + c["A"] * c["alpha"] + run.feature("width") } }.contains(.card))
    }

    struct Curve: RepetitionCurve {
        var stated: @Sendable (Formula) -> Formula
        var card: ModelCard {
            ModelCard(
                identifier: "curve", summary: "a curve", coefficients: [],
                provenance: Provenance(kind: .user, source: "a test"))
        }
        func value(epochs: Formula, in run: RunSymbols, _ c: CoefficientSymbols) -> Formula { stated(epochs) }
    }

    @Test("each promise that a curve breaks is named")
    func curves() {
        func rules(_ stated: @escaping @Sendable (Formula) -> Formula) -> Set<ConformanceViolation.Rule> {
            Set(LawConformance().violations(of: Curve(stated: stated)).map(\.rule))
        }
        #expect(rules { min($0, 1) }.isEmpty)
        #expect(rules { $0 }.isEmpty)
        #expect(rules { min($0, 1) + log(max($0, 1)) }.isEmpty)
        #expect(rules { 0.5 * $0 } == [.identityUpToOnePass])
        #expect(rules { min($0, 1) - 0.01 * positivePart($0 - 1) } == [.neverFalls])
        #expect(rules { $0 + pow(positivePart($0 - 1), 2) } == [.concave])
    }

    @Test("the constant law is one, and the same everywhere")
    func constant() throws {
        #expect(LawConformance.check(ConstantLaw()).isEmpty)
        #expect(try ConstantLaw(3).compiled().loss(parameters: 1, tokens: 9, uniqueTokens: 2) == 3)
        let laws = try Registry(laws: []).registering(ConstantLaw())
        #expect(try laws.law(named: "constant").card.identifier == "constant")
        #expect(LawConformance.check(Curve(stated: { min($0, 1) })).isEmpty)
    }

    @Test("a model may be excused from a promise")
    func exceptions() {
        var suspect = Suspect()
        suspect.card.summary = ""
        #expect(LawConformance(exceptions: [.card]).violations(of: suspect).isEmpty)
    }
}
