#if arch(x86_64)
    import Testing

    @testable import ScalingLaws

    @Suite struct RandomFormulaTests {
        static let names = ["a", "b", "c"]

        /// A formula that stays within what any law does: no operand without a value, exponents of a few units.
        static func random(_ depth: Int, _ generator: inout SeededGenerator) -> Formula {
            let leaves: [Formula] = [
                .coefficient("a"), .coefficient("b"), .coefficient("c"), .symbol(.repetitions), 2, 0.5,
                log(.symbol(.parameters)), log(.symbol(.tokens)), log(.symbol(.uniqueTokens)), log(.symbol(.compute)),
                .symbol(.parameters) / .symbol(.tokens), .symbol(.tokens) / .symbol(.uniqueTokens),
            ]
            guard depth > 0 else { return leaves[Int(generator.next() % UInt64(leaves.count))] }
            let a = random(depth - 1, &generator)
            let b = random(depth - 1, &generator)
            switch generator.next() % 14 {
            case 0, 1: return a + b
            case 2: return a - b
            case 3, 4: return a * b
            case 5: return a / (1 + b * b)
            case 6: return -a
            case 7: return pow(1 + a * a, b / (2 + b * b))
            case 8: return pow(positivePart(a), 0.7)
            case 9: return pow(a, Formula.constant([2, 3, -1, 1, 4, 0][Int(generator.next() % 6)]))
            case 10: return exp(-a * a) + log(1 + b * b)
            case 11: return sqrt(1 + a * a)
            case 12: return min(a, b)
            default: return max(a, positivePart(b))
            }
        }

        /// The largest magnitude that any part of a formula has: what rounding errors are measured against.
        static func scale(_ formula: Formula, _ precise: PreciseEvaluation) -> Double {
            var largest = 1.0
            formula.node.forEachDistinctNode { node in
                // The run's quantities themselves are within logarithms and ratios only.
                if case .symbol = node.operation { return }
                largest = Swift.max(largest, abs(Double(precise.value(Formula(node)))))
            }
            return largest
        }

        @Test("random formulas give what 80-bit arithmetic gives, in value and slopes, point by point and in columns")
        func agreement() throws {
            let seed: UInt64 = 42
            var generator = SeededGenerator(seed: seed)
            var checked = 0
            for index in 0..<600 {
                let formula = Self.random(1 + Int(generator.next() % 4), &generator)
                let values = (0..<3).map { _ in generator.uniform(-1.5, 2.5) }
                let parameters = generator.logUniform(1e7...1e11)
                let unique = generator.logUniform(1e8...1e12)
                let tokens = unique * generator.logUniform(0.1...10)
                let precise = PreciseEvaluation(
                    parameters: Float80(parameters), tokens: Float80(tokens), uniqueTokens: Float80(unique), epochs: 1,
                    coefficients: Dictionary(uniqueKeysWithValues: zip(Self.names, values.map { Float80($0) })))
                let scale = Self.scale(formula, precise)
                let reference = Double(precise.value(formula))
                guard reference.isFinite, scale < 1e8 else { continue }
                checked += 1
                let place: Comment = "seed \(seed), formula \(index): \(formula)"
                let compiled = try CompiledFormula(formula, coefficients: Self.names, model: "random")
                let bound = try BoundFormula(compiled, coefficients: values, features: [:])
                let point = BoundFormula.Point(
                    parameters: parameters, tokens: tokens, uniqueTokens: unique, epochs: tokens / unique)
                let (value, slopes) = bound.coefficientSlopes(at: point)
                #expect(abs(value - reference) <= 1e-11 * scale, place)
                #expect(value == bound.value(at: point), place)

                let table = try RunTable(parameters: [parameters], tokens: [tokens], uniqueTokens: [unique])
                let evaluator = try TableEvaluator(compiled, table)
                #expect(try evaluator.losses(values) == [value], place)
                let gradient = try evaluator.pullback([1])
                for (position, name) in Self.names.enumerated() {
                    #expect(
                        abs(gradient[position] - slopes[position]) <= 1e-12 * Swift.max(1, abs(slopes[position])), place
                    )
                    // Kinks of min, max and the positive part may be within the step of the difference: a slope from
                    // either side of one is accepted.
                    let both = Self.oneSided(formula, precise, name)
                    let low = Swift.min(both.below, both.above)
                    let high = Swift.max(both.below, both.above)
                    let slack = 1e-4 * Swift.max(abs(low), abs(high), scale)
                    #expect(slopes[position] >= low - slack && slopes[position] <= high + slack, "\(name), \(place)")
                }
            }
            #expect(checked > 400)
        }

        static func oneSided(
            _ formula: Formula, _ precise: PreciseEvaluation, _ name: String
        ) -> (below: Double, above: Double) {
            let step: Float80 = 1e-7
            var (low, high) = (precise, precise)
            low[name] -= step
            high[name] += step
            let middle = precise.value(formula)
            return (Double((middle - low.value(formula)) / step), Double((high.value(formula) - middle) / step))
        }
    }
#endif
