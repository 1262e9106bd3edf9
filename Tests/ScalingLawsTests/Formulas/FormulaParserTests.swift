import ScalingLaws
import Testing

@Suite struct FormulaParserTests {
    static let names = ["E", "A", "B", "P", "alpha", "beta", "delta", "kappa", "x_1"]

    static func parse(_ text: String) throws(FormulaSyntaxError) -> Formula {
        try Formula(parsing: text, coefficients: names, features: ["weight_decay"])
    }

    @Test(
        "text reads as people mean it",
        arguments: [
            ("E + A/N^alpha + B/D^beta + P*R^delta*(N/U)^kappa", "E + A/N^alpha + B/D^beta + P*R^delta*(N/U)^kappa"),
            ("-N^2", "-N^2"), ("(-N)^2", "(-N)^2"), ("N^-alpha", "N^(-alpha)"), ("2^3^N", "2^3^N"), ("--N", "N"),
            ("A-B-E", "A - B - E"), ("A-(B-E)", "A - (B - E)"), ("A/B*E", "A/B*E"), ("A/(B*E)", "A/(B*E)"),
            (" A\n+\tB ", "A + B"), ("A*-B", "A*(-B)"), ("A**2", "A^2"), ("A·B − E", "A*B - E"),
            (".5*N", "0.5*N"), ("1.*N", "1*N"), ("1.e3*N", "1000*N"), ("1e22*C", "1e+22*C"), ("2E-3", "0.002"),
            ("E*2", "E*2"), ("pow(N, 2)", "N^2"), ("min(N, D, U)", "min(min(N, D), U)"),
            ("pos(log(D) - sqrt(exp(R)))", "pos(log(D) - sqrt(exp(R)))"),
            ("max(x_1,weight_decay)", "max(x_1, weight_decay)"),
        ])
    func reading(text: String, expected: String) throws {
        let formula = try Self.parse(text)
        #expect(formula.description == expected)
        #expect(try Self.parse(formula.description) == formula)
    }

    @Test(
        "errors point at the character",
        arguments: [
            ("", 0, "an empty formula"),
            ("  ", 2, "an empty formula"),
            ("E + F", 4, "'F' is neither a coefficient nor a symbol; the symbols are C, D, N, R, U"),
            ("E + A/N^alhpa", 8, "'alhpa' is neither a coefficient nor a symbol; did you mean 'alpha'?"),
            ("E + A/(N^alpha", 6, "a bracket that is never closed"),
            ("E + A/N)^alpha", 7, "a closing bracket without an opening one"),
            ("(E))", 3, "a closing bracket without an opening one"),
            ("E + ", 4, "the formula ends before a value"),
            ("E + * A", 4, "'*' in place of a value"),
            ("E A", 2, "'A' in place of an operator"),
            ("2N", 1, "'N' right after a number: write the product out, as 2*N"),
            ("A(N + 1)", 1, "a bracket right after 'A': write the product out, as A*(…)"),
            ("lgo(N)", 0, "no function is called 'lgo'; did you mean 'log'?"),
            ("sin(N)", 0, "no function is called 'sin'; did you mean 'min'?"),
            ("log + 1", 4, "'log' needs its operand in brackets"),
            ("log(N, D)", 0, "'log' takes one operand, not 2"),
            ("min(N)", 0, "'min' takes two operands, not 1"),
            ("pow(N, D, U)", 0, "'pow' takes two operands, not 3"),
            ("E + 1e999", 4, "'1e999' is not a number that fits"),
            ("E $ A", 2, "'$' in place of an operator"),
            ("(E, A)", 2, "',' in place of an operator or a closing bracket"),
            ("()", 1, "a closing bracket in place of a value"),
            ("E + .", 4, "'.' is not a number that fits"),
            ("r + 1", 0, "'r' is neither a coefficient nor a symbol; the symbols are C, D, N, R, U"),
        ])
    func errors(text: String, position: Int, reason: String) {
        let error = #expect(throws: FormulaSyntaxError.self) { try Self.parse(text) }
        #expect(error?.position == position)
        #expect(error?.reason == reason)
    }

    @Test("a message shows the formula with a caret under the fault")
    func message() {
        let error = #expect(throws: FormulaSyntaxError.self) { try Self.parse("E + A/N^alhpa") }
        #expect(
            error?.description == """
                'alhpa' is neither a coefficient nor a symbol; did you mean 'alpha'?, at character 9 of the formula
                  E + A/N^alhpa
                          ^
                """)
        let long = #expect(throws: FormulaSyntaxError.self) {
            try Self.parse(String(repeating: "E + ", count: 40) + "!" + String(repeating: " + E", count: 40))
        }
        #expect(long?.description.split(separator: "\n").allSatisfy { $0.count < 90 } == true)
    }

    @Test("text without end, or nested without end, is refused and does not overflow")
    func limits() {
        let deep = String(repeating: "(", count: 9_000) + "N" + String(repeating: ")", count: 9_000)
        #expect(throws: FormulaSyntaxError.self) { try Self.parse(deep) }
        #expect(throws: FormulaSyntaxError.self) { try Self.parse(String(repeating: "N^", count: 5_000) + "N") }
        #expect(throws: FormulaSyntaxError.self) { try Self.parse(String(repeating: "N+", count: 5_000) + "N") }
        #expect(throws: FormulaSyntaxError.self) { try Self.parse(String(repeating: "N+", count: 50_000) + "N") }
        #expect(throws: FormulaSyntaxError.self) { try Self.parse(String(repeating: "exp(", count: 900) + "N") }
        #expect(throws: Never.self) { try Self.parse(String(repeating: "N+", count: 500) + "N") }
        #expect(throws: Never.self) { try Self.parse(String(repeating: "-", count: 5_000) + "N") }
    }

    @Test("random formulas read back as themselves and keep their value")
    func roundTrip() throws {
        let seed: UInt64 = 7
        var generator = SeededGenerator(seed: seed)
        for index in 0..<500 {
            let formula = Self.random(depth: 5, &generator)
            let again = try Self.parse(formula.description)
            #expect(again == formula, "seed \(seed), formula \(index): \(formula)")
        }
    }

    @Test("random text never crashes the parser")
    func noise() {
        var generator = SeededGenerator(seed: 8)
        let alphabet = Array("EABNDURC+-*/^(),. 0123456789elogxpminé−·∑\n")
        for _ in 0..<3_000 {
            let length = Int(generator.next() % 30)
            let text = String((0..<length).map { _ in alphabet[Int(generator.next() % UInt64(alphabet.count))] })
            do {
                let formula = try Self.parse(text)
                #expect(try Self.parse(formula.description) == formula, "\(text)")
            } catch {
                #expect(error.position >= 0 && error.position <= text.count, "\(text)")
                #expect(!error.description.isEmpty)
            }
        }
    }

    static func random(depth: Int, _ generator: inout SeededGenerator) -> Formula {
        let leaves: [Formula] = [
            .coefficient("A"), .coefficient("alpha"), .symbol(.parameters), .symbol(.repetitions), 2, 0.25, -3, 1e22,
        ]
        guard depth > 0 else { return leaves[Int(generator.next() % UInt64(leaves.count))] }
        let a = random(depth: depth - Int(generator.next() % 3) - 1 < 0 ? 0 : depth - 1, &generator)
        let b = random(depth: depth - 1 - Int(generator.next() % 2) < 0 ? 0 : depth - 1, &generator)
        switch generator.next() % 14 {
        case 0, 1: return a + b
        case 2: return a - b
        case 3, 4: return a * b
        case 5: return a / b
        // A negated number is a negative constant in text.
        case 6: return -(a + b)
        case 7: return pow(a, b)
        case 8: return exp(a)
        case 9: return log(a)
        case 10: return sqrt(a)
        case 11: return min(a, b)
        case 12: return max(a, b)
        default: return positivePart(a)
        }
    }
}
