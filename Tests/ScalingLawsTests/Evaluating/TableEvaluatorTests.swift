import ScalingLaws
import Testing

@Suite struct TableEvaluatorTests {
    static let run = RunSymbols()
    static let c = CoefficientSymbols()

    /// Formulas that between them use every operation, with coefficients as columns and as exponents.
    static let formulas: [Formula] = [
        c["a"] + c["b"] / pow(run.parameters, c["p"]) + c["c"] / pow(run.tokens, c["q"]),
        c["a"] * pow(run.repetitions, c["p"]) * pow(run.parameters / run.uniqueTokens, c["q"]) + c["b"] - c["c"],
        min(c["a"] * log(run.tokens), c["b"]) + max(c["c"], run.repetitions)
            - positivePart(c["p"] - c["q"] * run.repetitions),
        sqrt(c["a"] + log(run.parameters)) * exp(-c["p"] * run.repetitions) / (c["b"] + pow(c["c"], c["q"])),
        pow(c["a"] * run.repetitions, c["p"]) + pow(run.repetitions - 2, 3) + pow(log(run.compute), -2) * c["b"],
        (c["a"] + c["b"] * run.repetitions) * (c["a"] + c["b"] * run.repetitions) + c["c"] * c["c"] - -c["p"] * c["q"],
        c["a"] * c["b"] + c["c"],
        log(run.tokens) + run.repetitions,
        c["b"] * (1 - exp(-run.repetitions / c["b"])) + c["a"] * (exp(c["p"] * run.repetitions) - 1),
        pow(0 * run.parameters, c["p"]) + pow(c["a"] - c["a"] + 0 * run.tokens, 0.5) + c["q"],
    ]
    static let names = ["a", "b", "c", "p", "q"]
    static let values = [1.7, 410.0, 2.25, 0.34, 0.28]

    static func table(_ count: Int, seed: UInt64) throws -> RunTable {
        var generator = SeededGenerator(seed: seed)
        var columns: [[Double]] = [[], [], []]
        for index in 0..<count {
            let tokens = Elementary.exp(generator.uniform(18, 28))
            columns[0].append(Elementary.exp(generator.uniform(16, 25)))
            columns[1].append(tokens)
            columns[2].append(index.isMultiple(of: 3) ? tokens : tokens / generator.uniform(0.5, 20))
        }
        return try RunTable(parameters: columns[0], tokens: columns[1], uniqueTokens: columns[2])
    }

    @Test("columns give what single points give, whatever the number of runs", arguments: formulas.indices)
    func agreement(index: Int) throws {
        let compiled = try CompiledFormula(Self.formulas[index], coefficients: Self.names, model: "test")
        let law = try AnyLaw(
            Self.formulas[index], ["a": 1.7, "b": 410, "c": 2.25, "p": 0.34, "q": 0.28]
        ).compiled()
        for count in [0, 1, 3, 255, 256, 257, 700] {
            let table = try Self.table(count, seed: UInt64(index + 1))
            let evaluator = try TableEvaluator(compiled, table)
            let losses = try evaluator.losses(Self.values)
            var seeds: [Double] = []
            var expected = [Double](repeating: 0, count: 5)
            for row in 0..<count {
                let (n, d, u) = (table.parameters[row], table.tokens[row], table.uniqueTokens[row])
                #expect(try law.loss(parameters: n, tokens: d, uniqueTokens: u) == losses[row])
                seeds.append(1 + 0.01 * Double(row % 7))
                let slopes = try law.coefficientGradient(parameters: n, tokens: d, uniqueTokens: u)
                for index in 0..<5 { expected[index] += seeds[row] * slopes[index] }
            }
            let gradient = try evaluator.pullback(seeds)
            for (slope, reference) in zip(gradient, expected) {
                #expect(abs(slope - reference) <= 1e-11 * Swift.max(abs(reference), 1))
            }
            let rows = try evaluator.jacobian(Self.values)
            #expect(rows.count == count)
            _ = try evaluator.losses(Self.values)
            var columns = [Double](repeating: .nan, count: count * 5)
            var span = columns.mutableSpan
            try evaluator.jacobian(into: &span)
            for row in 0..<count {
                for slot in 0..<5 {
                    let (slope, reference) = (columns[slot * count + row], rows[row][slot])
                    #expect(abs(slope - reference) <= 1e-11 * Swift.max(abs(reference), 1))
                }
            }
            // A second time: nothing of the first call is left over.
            #expect(try evaluator.losses(Self.values) == losses)
            #expect(try evaluator.pullback(seeds) == gradient)
        }
    }

    @Test("a run without a finite loss is named")
    func faults() throws {
        let formula = Self.c["a"] / (Self.run.parameters - 7)
        let compiled = try CompiledFormula(formula, coefficients: ["a"], model: "test")
        let table = try RunTable(parameters: [1, 7, 9], tokens: [1, 1, 1])
        let evaluator = try TableEvaluator(compiled, table)
        let error = #expect(throws: LawError.self) { try evaluator.losses([1]) }
        #expect(error?.description == "law 'test' has no finite value at N = 7.0: the part a/(N - 7) is inf")
        #expect(throws: LawError.self) { try evaluator.losses([1, 2]) }
    }

    @Test("tables are checked row by row")
    func tables() throws {
        #expect(throws: LawError.unevenColumn("tokens (D)", count: 1, expected: 2)) {
            try RunTable(parameters: [1, 2], tokens: [1])
        }
        let error = #expect(throws: LawError.self) { try RunTable(parameters: [1, 2], tokens: [1, .nan]) }
        #expect(error?.description.contains("of run 2") == true)
        let compiled = try CompiledFormula(Self.run.feature("width"), coefficients: [], model: "test")
        #expect(throws: LawError.missingFeature("width", model: "test")) {
            try TableEvaluator(compiled, RunTable(parameters: [1], tokens: [1]))
        }
        let wide = try RunTable(parameters: [1, 1], tokens: [1, 1], features: ["width": [3, 4]])
        #expect(try TableEvaluator(compiled, wide).losses([]) == [3, 4])
    }
}
