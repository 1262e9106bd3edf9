/// An expression over a run's symbols and a model's coefficients.
///
/// A formula states a law once. Its text, its values, its derivatives in coefficients and in the run, fits and plans
/// all follow from it:
///
/// ```swift
/// let loss = c["E"] + c["A"] / pow(run.parameters, c["alpha"]) + c["B"] / pow(run.tokens, c["beta"])
/// ```
///
/// Formulas do not branch on values: use ``min(_:_:)``, ``max(_:_:)`` and ``positivePart(_:)`` in place of conditions.
/// They are immutable trees whose shared parts stay shared.
public struct Formula: Sendable {
    let node: FormulaNode

    init(_ node: FormulaNode) {
        self.node = node
    }

    /// A number.
    public static func constant(_ value: Double) -> Formula {
        Formula(FormulaNode(.constant(value)))
    }

    /// A coefficient of the model, by name.
    public static func coefficient(_ name: String) -> Formula {
        Formula(FormulaNode(.coefficient(name)))
    }

    /// A quantity of the run.
    public static func symbol(_ symbol: RunSymbol) -> Formula {
        Formula(FormulaNode(.symbol(symbol)))
    }

    /// The names of the coefficients that occur, each once, in the order of their first appearance.
    ///
    /// - Complexity: O(*n*) in the distinct parts of the formula.
    public var coefficientNames: [String] {
        var names: [String] = []
        var known: Set<String> = []
        node.forEachDistinctNode { node in
            if case .coefficient(let name) = node.operation, known.insert(name).inserted {
                names.append(name)
            }
        }
        return names
    }

    /// The symbols of the run that occur.
    ///
    /// - Complexity: O(*n*) in the distinct parts of the formula.
    public var symbols: Set<RunSymbol> {
        var symbols: Set<RunSymbol> = []
        node.forEachDistinctNode { node in
            if case .symbol(let symbol) = node.operation { symbols.insert(symbol) }
        }
        return symbols
    }

    /// The formula with coefficients replaced by the formulas given for their names.
    ///
    /// - Complexity: O(*n*) in the distinct parts of the formula.
    public func replacingCoefficients(_ replacements: [String: Formula]) -> Formula {
        replacing { operation in
            guard case .coefficient(let name) = operation else { return nil }
            return replacements[name]
        }
    }

    /// The formula with a symbol of the run replaced by a formula.
    ///
    /// - Complexity: O(*n*) in the distinct parts of the formula.
    public func replacing(_ symbol: RunSymbol, by replacement: Formula) -> Formula {
        replacing { operation in
            guard case .symbol(symbol) = operation else { return nil }
            return replacement
        }
    }

    private func replacing(_ replacement: (FormulaNode.Operation) -> Formula?) -> Formula {
        var done: [ObjectIdentifier: FormulaNode] = [:]
        func visit(_ node: FormulaNode) -> FormulaNode {
            if let known = done[ObjectIdentifier(node)] { return known }
            let result =
                replacement(node.operation)?.node
                ?? (node.operands.isEmpty ? node : FormulaNode(node.operation, node.operands.map(visit)))
            done[ObjectIdentifier(node)] = result
            return result
        }
        return Formula(visit(node))
    }
}

extension Formula: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
    /// A number, written as a literal.
    public init(floatLiteral value: Double) {
        self = .constant(value)
    }

    /// A whole number, written as a literal.
    public init(integerLiteral value: Int) {
        self = .constant(Double(value))
    }
}

extension Formula: Equatable {
    /// Whether two formulas have the same shape: the same operations on the same parts in the same order.
    ///
    /// - Complexity: O(*n*) in the parts of the formulas, written out.
    public static func == (first: Formula, second: Formula) -> Bool {
        func same(_ a: FormulaNode, _ b: FormulaNode) -> Bool {
            if a === b { return true }
            guard a.operation == b.operation, a.operands.count == b.operands.count else { return false }
            return zip(a.operands, b.operands).allSatisfy(same)
        }
        return same(first.node, second.node)
    }
}
