import ScalingLaws
import Testing

@Suite struct FormulaTests {
    static let run = RunSymbols()
    static let c = CoefficientSymbols()

    @Test(
        "formulas print as people write them, with no more parentheses than needed",
        arguments: [
            (c["E"] + c["A"] / pow(run.parameters, c["alpha"]), "E + A/N^alpha"),
            ((c["a"] + c["b"]) * c["c"], "(a + b)*c"),
            (c["a"] - (c["b"] - c["c"]), "a - (b - c)"),
            (c["a"] - c["b"] - c["c"], "a - b - c"),
            (c["a"] / (c["b"] / c["c"]), "a/(b/c)"),
            (c["a"] / c["b"] / c["c"], "a/b/c"),
            (pow(pow(c["a"], c["b"]), c["c"]), "(a^b)^c"),
            (pow(c["a"], pow(c["b"], c["c"])), "a^b^c"),
            (pow(-c["a"], 2), "(-a)^2"),
            (-pow(c["a"], 2), "-a^2"),
            (-(c["a"] * c["b"]), "-(a*b)"),
            (pow(c["a"], -1), "a^(-1)"),
            (1e22 * run.repetitions, "1e+22*R"),
            (exp(log(run.tokens)) + sqrt(run.compute), "exp(log(D)) + sqrt(C)"),
            (min(run.uniqueTokens, max(1, positivePart(run.feature("width")))), "min(U, max(1, pos(width)))"),
        ] as [(Formula, String)])
    func text(formula: Formula, expected: String) {
        #expect(formula.description == expected)
    }

    @Test("coefficients and symbols are listed once, in order")
    func names() {
        let formula = Self.c["b"] * Self.run.tokens + Self.c["a"] * Self.run.tokens + Self.c["b"]
        #expect(formula.coefficientNames == ["b", "a"])
        #expect(formula.symbols == [.tokens])
    }

    @Test("coefficients can be replaced by formulas")
    func replacing() {
        let formula = Self.c["a"] + Self.c["b"] * Self.c["a"]
        #expect(formula.replacingCoefficients(["a": 2]).description == "2 + b*2")
        #expect(Self.run.tokens.replacing(.tokens, by: 3) == Formula.constant(3))
    }
}
