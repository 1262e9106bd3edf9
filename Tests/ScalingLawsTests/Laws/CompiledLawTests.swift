import ScalingLaws
import Testing

/// A law made of any formula, for tests.
struct AnyLaw: ScalingLaw {
    var card: ModelCard
    var stated: Formula

    init(_ formula: Formula, _ values: KeyValuePairs<String, Double?>, lower: Double = -.infinity) {
        stated = formula
        card = ModelCard(
            identifier: "test", summary: "a test",
            coefficients: values.map {
                Coefficient($0.key, value: $0.value, lowerBound: lower)
            }, provenance: Provenance(kind: .user, source: "a test"))
    }

    func loss(of run: RunSymbols, _ c: CoefficientSymbols) -> Formula { stated }
}

@Suite struct CompiledLawTests {
    static let run = RunSymbols()
    static let c = CoefficientSymbols()

    @Test(
        "quantities that no run has are refused with their name",
        arguments: [0, -1, -.infinity, .infinity, .nan] as [Double])
    func quantities(bad: Double) throws {
        let law = try AnyLaw(Self.run.parameters + Self.run.tokens + Self.run.uniqueTokens, [:]).compiled()
        let byParameters = #expect(throws: LawError.self) { try law.loss(parameters: bad, tokens: 1, uniqueTokens: 1) }
        #expect(byParameters?.description.contains("parameters (N)") == true)
        let byTokens = #expect(throws: LawError.self) { try law.gradient(parameters: 1, tokens: bad, uniqueTokens: 1) }
        #expect(byTokens?.description.contains("training tokens (D)") == true)
        let byUnique = #expect(throws: LawError.self) { try law.curvature(parameters: 1, tokens: 1, uniqueTokens: bad) }
        #expect(byUnique?.description.contains("unique tokens (U)") == true)
        #expect(throws: LawError.self) { try TrainingRun(parameters: 1, tokens: bad) }
    }

    @Test("a run uses at most D of the unique tokens available")
    func symbols() throws {
        let used = try AnyLaw(Self.run.uniqueTokens, [:]).compiled()
        #expect(try used.loss(parameters: 1, tokens: 5, uniqueTokens: 20) == 5)
        #expect(try used.loss(parameters: 1, tokens: 20, uniqueTokens: 5) == 5)
        let repeats = try AnyLaw(Self.run.repetitions, [:]).compiled()
        #expect(try repeats.loss(parameters: 1, tokens: 5, uniqueTokens: 20) == 0)
        #expect(try repeats.loss(parameters: 1, tokens: 20, uniqueTokens: 5) == 3)
        let compute = try AnyLaw(Self.run.compute, [:]).compiled()
        #expect(try compute.loss(parameters: 2, tokens: 5, uniqueTokens: 5) == 60)
    }

    @Test("a part that is not finite is named, with the run it happened at")
    func faults() throws {
        let law = try AnyLaw(1 + Self.c["A"] / (Self.run.parameters - 7), ["A": 1]).compiled()
        let error = #expect(throws: LawError.self) { try law.loss(parameters: 7, tokens: 1) }
        #expect(
            error?.description == "law 'test' has no finite value at N = 7.0: the part A/(N - 7) is inf")
        let hidden = try AnyLaw(1 / (1 / (Self.run.parameters - 7)), [:]).compiled()
        #expect(try hidden.loss(parameters: 7, tokens: 1) == 0)
        #expect(throws: LawError.self) { try hidden.validate(parameters: 7, tokens: 1, uniqueTokens: 1) }
    }

    @Test("zero to a power is zero with slope zero, in base and exponent")
    func zeroPower() throws {
        let law = try AnyLaw(pow(Self.run.repetitions, Self.c["delta"]), ["delta": 0.3]).compiled()
        let gradient = try law.gradient(parameters: 1, tokens: 5, uniqueTokens: 5)
        #expect(gradient == LossGradient(loss: 0, byParameters: 0, byTokens: 0, byUniqueTokens: 0))
        #expect(try law.coefficientGradient(parameters: 1, tokens: 5, uniqueTokens: 5) == [0])
        #expect(try law.with(["delta": 0]).loss(parameters: 1, tokens: 5, uniqueTokens: 5) == 1)
        #expect(throws: LawError.self) {
            try law.with(["delta": -1]).loss(parameters: 1, tokens: 5, uniqueTokens: 5)
        }
    }

    @Test(
        "constant whole exponents are defined for every base",
        arguments: [(0, 1), (1, -3), (2, 9), (3, -27), (-1, -1.0 / 3), (-2, 1.0 / 9)] as [(Double, Double)])
    func wholeExponents(exponent: Double, expected: Double) throws {
        let base = Self.c["A"] * Self.run.parameters
        let law = try AnyLaw(pow(base, .constant(exponent)), ["A": -3]).compiled()
        #expect(abs(try law.loss(parameters: 1, tokens: 1) - expected) < 1e-15)
        let constants = try AnyLaw(pow(-3, .constant(exponent)), [:]).compiled()
        #expect(abs(try constants.loss(parameters: 1, tokens: 1) - expected) < 1e-15)
    }

    @Test("a card that contradicts itself or its formula is refused with the coefficient's name")
    func cards() {
        let unlisted = #expect(throws: LawError.self) { try AnyLaw(Self.c["A"] + Self.c["B"], ["A": 1]).compiled() }
        #expect(unlisted == .unlistedCoefficient("B", model: "test"))
        let doubled = #expect(throws: LawError.self) { try AnyLaw(Self.c["A"], ["A": 1, "A": 2]).compiled() }
        #expect(doubled == .duplicateCoefficient("A", model: "test"))
        let missing = #expect(throws: LawError.self) { try AnyLaw(Self.c["A"], ["A": nil]).compiled() }
        #expect(missing == .missingCoefficient("A", model: "test"))
        let outside = #expect(throws: LawError.self) { try AnyLaw(Self.c["A"], ["A": -1], lower: 0).compiled() }
        #expect(
            outside?.description
                == "coefficient 'A' of law 'test' is -1, outside its bounds 0 and up")
        #expect(throws: LawError.self) { try AnyLaw(Self.c["A"], ["A": .nan]).compiled() }
        #expect(throws: LawError.misplacedSymbol("r", model: "test")) {
            try AnyLaw(.symbol(.epochs), [:]).compiled()
        }
    }

    @Test("other coefficients are checked like the card's own")
    func replacements() throws {
        let law = try AnyLaw(Self.c["A"], ["A": 1], lower: 0).compiled()
        #expect(try law.with(coefficients: [3]).loss(parameters: 1, tokens: 1) == 3)
        #expect(throws: LawError.self) { try law.with(coefficients: [1, 2]) }
        #expect(throws: LawError.self) { try law.with(coefficients: [-1]) }
        #expect(throws: LawError.unknownCoefficient("B", known: ["A"], model: "test")) { try law.with(["B": 1]) }
    }

    @Test("features are given with the law or with the run, or asked for")
    func features() throws {
        let law = AnyLaw(Self.run.feature("width") * Self.run.parameters, [:])
        #expect(throws: LawError.missingFeature("width", model: "test")) { try law.compiled() }
        let compiled = try CompiledLaw(law, features: ["width": 3])
        #expect(try compiled.loss(parameters: 2, tokens: 1) == 6)
        let run = try TrainingRun(parameters: 2, tokens: 1, features: ["width": 5])
        #expect(try compiled.loss(of: run) == 10)
    }

    @Test("a formula nested beyond reason is refused")
    func depth() {
        var formula: Formula = 1
        for _ in 0..<2_000 { formula = exp(formula) }
        #expect(throws: LawError.formulaTooDeep(2_001, model: "test")) { try AnyLaw(formula, [:]).compiled() }
    }
}
