/// One operation of a formula, immutable and shared by the formulas that contain it.
final class FormulaNode: Sendable {
    enum Operation: Sendable, Hashable {
        case constant(Double)
        case coefficient(String)
        case symbol(RunSymbol)
        case add, subtract, multiply, divide, negate
        case power, exponential, logarithm, squareRoot
        case minimum, maximum, positivePart
    }

    let operation: Operation
    let operands: [FormulaNode]

    /// The longest path to a leaf, which is the stack depth of a recursion over the formula.
    let depth: Int

    init(_ operation: Operation, _ operands: [FormulaNode] = []) {
        self.operation = operation
        self.operands = operands
        depth = 1 + (operands.map(\.depth).max() ?? 0)
    }

    /// Visits every distinct node once, operands first and in order.
    func forEachDistinctNode(_ body: (FormulaNode) -> Void) {
        var seen: Set<ObjectIdentifier> = []
        func visit(_ node: FormulaNode) {
            guard seen.insert(ObjectIdentifier(node)).inserted else { return }
            node.operands.forEach(visit)
            body(node)
        }
        visit(self)
    }
}
