import ScalingLaws
import Testing

@Suite struct LawWithValuesTests {
    private struct Line: ScalingLaw {
        var card: ModelCard {
            ModelCard(
                identifier: "line", summary: "a + b/N",
                coefficients: [Coefficient("a", value: 1, lowerBound: 0), Coefficient("b", value: 2, upperBound: 9)],
                provenance: Provenance(kind: .user, source: "this test"), ensemble: [[1, 2], [1.1, 3]])
        }

        func loss(of run: RunSymbols, _ c: CoefficientSymbols) -> Formula { c["a"] + c["b"] / run.parameters }
    }

    @Test("a value that is set holds in the card and in every set of its ensemble; the others keep their doubt")
    func holds() throws {
        let law = try Line().setting(["b": 4])
        #expect(try law.compiled().loss(parameters: 2, tokens: 1) == 3)
        #expect(law.card.ensemble == [[1, 4], [1.1, 4]])
        #expect(law.card.identifier == "line")
    }

    @Test("without values the law stays as it is")
    func nothing() throws {
        #expect(try Line().setting([:]).card == Line().card)
    }

    @Test("an unknown name and a value out of bounds are refused")
    func refusals() {
        #expect(throws: LawError.unknownCoefficient("c", known: ["a", "b"], model: "line")) {
            try Line().setting(["c": 1])
        }
        #expect(throws: LawError.self) { try Line().setting(["b": 10]) }
        #expect(throws: LawError.self) { try Line().setting(["a": .nan]) }
    }
}
