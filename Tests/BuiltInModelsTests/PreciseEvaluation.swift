#if arch(x86_64)
    import Glibc

    @testable import ScalingLaws

    /// An independent reading of formulas in the processor's 80-bit numbers and the C library's functions.
    ///
    /// It walks the formula as stated, knows nothing of tapes, and is precise enough for differences.
    struct PreciseEvaluation {
        var parameters: Float80
        var tokens: Float80
        var uniqueTokens: Float80
        var epochs: Float80
        var coefficients: [String: Float80]

        /// A coefficient by name.
        subscript(name: String) -> Float80 {
            get { coefficients[name] ?? .nan }
            set { coefficients[name] = newValue }
        }

        func value(_ formula: Formula) -> Float80 {
            value(formula.node)
        }

        private func value(_ node: FormulaNode) -> Float80 {
            let operands = node.operands.map(value)
            switch node.operation {
            case .constant(let value): return Float80(value)
            case .coefficient(let name): return coefficients[name] ?? .nan
            case .symbol(.parameters): return parameters
            case .symbol(.tokens): return tokens
            case .symbol(.uniqueTokens): return Swift.min(uniqueTokens, tokens)
            case .symbol(.repetitions): return Swift.max(tokens / uniqueTokens - 1, 0)
            case .symbol(.compute): return 6 * parameters * tokens
            case .symbol(.epochs): return epochs
            case .symbol(.feature): return .nan
            case .add: return operands[0] + operands[1]
            case .subtract: return operands[0] - operands[1]
            case .multiply: return operands[0] * operands[1]
            case .divide: return operands[0] / operands[1]
            case .negate: return -operands[0]
            case .power: return operands[0] == 0 && operands[1] > 0 ? 0 : Glibc.pow(operands[0], operands[1])
            case .exponential: return Glibc.exp(operands[0])
            case .logarithm: return Glibc.log(operands[0])
            case .squareRoot: return operands[0].squareRoot()
            case .minimum: return Swift.min(operands[0], operands[1])
            case .maximum: return Swift.max(operands[0], operands[1])
            case .positivePart: return Swift.max(operands[0], 0)
            }
        }

        /// The slope of a formula in one quantity, by a central difference over one part in a million.
        func slope(_ formula: Formula, in path: WritableKeyPath<PreciseEvaluation, Float80>) -> Float80 {
            let step = self[keyPath: path] * 1e-6
            var above = self
            above[keyPath: path] += step
            var below = self
            below[keyPath: path] -= step
            return (above.value(formula) - below.value(formula)) / (2 * step)
        }

        /// The mixed second derivative of a formula in two quantities.
        func curvature(
            _ formula: Formula, in first: WritableKeyPath<PreciseEvaluation, Float80>,
            and second: WritableKeyPath<PreciseEvaluation, Float80>
        ) -> Float80 {
            let step = self[keyPath: second] * 3e-5
            var above = self
            above[keyPath: second] += step
            var below = self
            below[keyPath: second] -= step
            return (above.roughSlope(formula, in: first) - below.roughSlope(formula, in: first)) / (2 * step)
        }

        private func roughSlope(_ formula: Formula, in path: WritableKeyPath<PreciseEvaluation, Float80>) -> Float80 {
            let step = self[keyPath: path] * 3e-5
            var above = self
            above[keyPath: path] += step
            var below = self
            below[keyPath: path] -= step
            return (above.value(formula) - below.value(formula)) / (2 * step)
        }
    }
#endif
