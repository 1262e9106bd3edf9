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

    /// The formula with the parts that it uses more than once named and written out apart.
    ///
    /// - Returns: The formula over the parts' names `x1`, `x2`, …, and each part in turn, over those before it.
    /// - Complexity: O(*n*) in the distinct parts of the formula.
    public func textWithParts() -> (text: String, parts: [(name: String, text: String)]) {
        var uses: [ObjectIdentifier: Int] = [:]
        node.forEachDistinctNode { node in
            for operand in node.operands { uses[ObjectIdentifier(operand), default: 0] += 1 }
        }
        let taken = Set(coefficientNames)
        var names: [ObjectIdentifier: String] = [:]
        var parts: [(name: String, text: String)] = []
        node.forEachDistinctNode { node in
            // Operands come first, so that parts only use names of parts before them.
            guard node.depth > 2, uses[ObjectIdentifier(node), default: 0] > 1 else { return }
            var number = names.count + 1
            while taken.contains("x\(number)") { number += 1 }
            parts.append(("x\(number)", Self.write(node, names).text))
            names[ObjectIdentifier(node)] = "x\(number)"
        }
        return (Self.write(node, names).text, parts)
    }

    static func text(of node: FormulaNode) -> String {
        write(node, [:]).text
    }

    private static func write(
        _ node: FormulaNode, _ names: [ObjectIdentifier: String]
    ) -> (text: String, binding: Binding) {
        if let name = names[ObjectIdentifier(node)] { return (name, .atom) }
        func part(_ index: Int, atLeast binding: Binding) -> String {
            let written = write(node.operands[index], names)
            return written.binding < binding ? "(\(written.text))" : written.text
        }
        func call(_ name: String) -> (String, Binding) {
            (name + "(" + node.operands.map { write($0, names).text }.joined(separator: ", ") + ")", .atom)
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
