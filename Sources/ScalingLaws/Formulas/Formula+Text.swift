extension Formula: CustomStringConvertible {
    /// The formula as people write it, `E + A/N^alpha`, with no more parentheses than it needs.
    ///
    /// A law file accepts this text as its `formula`.
    public var description: String {
        Self.text(of: node)
    }

    /// How tightly an expression holds together.
    private enum Binding: Int, Comparable {
        case sum = 1, product, sign, power, atom

        static func < (first: Binding, second: Binding) -> Bool { first.rawValue < second.rawValue }
    }

    static func text(of node: FormulaNode) -> String {
        write(node).text
    }

    private static func write(_ node: FormulaNode) -> (text: String, binding: Binding) {
        func part(_ index: Int, atLeast binding: Binding) -> String {
            let written = write(node.operands[index])
            return written.binding < binding ? "(\(written.text))" : written.text
        }
        func call(_ name: String) -> (String, Binding) {
            (name + "(" + node.operands.map { write($0).text }.joined(separator: ", ") + ")", .atom)
        }
        switch node.operation {
        case .constant(let value):
            return (text(of: value), value.sign == .minus ? .sign : .atom)
        case .coefficient(let name): return (name, .atom)
        case .symbol(let symbol): return (symbol.text, .atom)
        case .add: return ("\(part(0, atLeast: .sum)) + \(part(1, atLeast: .product))", .sum)
        case .subtract: return ("\(part(0, atLeast: .sum)) - \(part(1, atLeast: .product))", .sum)
        case .multiply: return ("\(part(0, atLeast: .product))*\(part(1, atLeast: .power))", .product)
        case .divide: return ("\(part(0, atLeast: .product))/\(part(1, atLeast: .power))", .product)
        case .negate: return ("-\(part(0, atLeast: .power))", .sign)
        case .power: return ("\(part(0, atLeast: .atom))^\(part(1, atLeast: .power))", .power)
        case .exponential: return call("exp")
        case .logarithm: return call("log")
        case .squareRoot: return call("sqrt")
        case .minimum: return call("min")
        case .maximum: return call("max")
        case .positivePart: return call("pos")
        }
    }

    /// The shortest digits that read back as the same number, without a trailing `.0`.
    private static func text(of value: Double) -> String {
        let digits = "\(value)"
        return digits.hasSuffix(".0") ? String(digits.dropLast(2)) : digits
    }
}
