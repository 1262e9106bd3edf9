/// Lowers a formula to a tape: spells out symbols, folds constants, shares equal parts, turns powers into exponentials.
struct TapeBuilder {
    private struct Key: Hashable {
        var operation: Tape.Operation
        var a: Int32
        var b: Int32
        var c: Int32
        var bits: UInt64
    }

    private let coefficientIndices: [String: Int]
    private var inputs: [RunInput]
    private var nodes: [Tape.Node] = []
    private var origins: [FormulaNode] = []
    private var positive: [Bool] = []
    private var known: [Key: Int32] = [:]
    private var lowered: [ObjectIdentifier: Int32] = [:]
    private var unlisted: String?

    /// Builds the tape of a formula.
    ///
    /// - Returns: The tape, or the name of a coefficient that is not listed.
    static func build(_ formula: Formula, coefficients: [String]) -> Result<Tape, UnlistedCoefficient> {
        var builder = TapeBuilder(coefficients)
        let root = builder.lower(formula.node)
        if let name = builder.unlisted { return .failure(UnlistedCoefficient(name: name)) }
        return .success(builder.finish(root: root, coefficients: coefficients))
    }

    struct UnlistedCoefficient: Error {
        var name: String
    }

    private init(_ coefficients: [String]) {
        coefficientIndices = Dictionary(
            zip(coefficients, coefficients.indices), uniquingKeysWith: { first, _ in first })
        inputs = [.parameters, .tokens, .availableUniqueTokens, .epochs]
    }

    // MARK: Lowering

    private mutating func lower(_ node: FormulaNode) -> Int32 {
        if let done = lowered[ObjectIdentifier(node)] { return done }
        let operands = node.operands.map { lower($0) }
        let result: Int32
        switch node.operation {
        case .constant(let value):
            result = constant(value, node)
        case .coefficient(let name):
            if let index = coefficientIndices[name] {
                result = leaf(.coefficient, Int32(index), isPositive: false, node)
            } else {
                unlisted = unlisted ?? name
                result = constant(.nan, node)
            }
        case .symbol(let symbol): result = lower(symbol, node)
        case .add: result = add(operands[0], operands[1], node)
        case .subtract: result = subtract(operands[0], operands[1], node)
        case .multiply: result = multiply(operands[0], operands[1], node)
        case .divide: result = divide(operands[0], operands[1], node)
        case .negate: result = negate(operands[0], node)
        case .power: result = power(operands[0], operands[1], node)
        case .exponential: result = emit(.exponential, operands[0], isPositive: true, node)
        case .logarithm: result = emit(.logarithm, operands[0], isPositive: false, node)
        case .squareRoot: result = emit(.squareRoot, operands[0], isPositive: positive[Int(operands[0])], node)
        case .minimum:
            let isPositive = positive[Int(operands[0])] && positive[Int(operands[1])]
            result = emit(.minimum, operands[0], operands[1], isPositive: isPositive, node)
        case .maximum:
            let isPositive = positive[Int(operands[0])] || positive[Int(operands[1])]
            result = emit(.maximum, operands[0], operands[1], isPositive: isPositive, node)
        case .positivePart: result = emit(.positivePart, operands[0], isPositive: false, node)
        }
        lowered[ObjectIdentifier(node)] = result
        return result
    }

    private mutating func lower(_ symbol: RunSymbol, _ node: FormulaNode) -> Int32 {
        let parameters = { (builder: inout TapeBuilder) in builder.leaf(.input, 0, isPositive: true, node) }
        let tokens = { (builder: inout TapeBuilder) in builder.leaf(.input, 1, isPositive: true, node) }
        let available = { (builder: inout TapeBuilder) in builder.leaf(.input, 2, isPositive: true, node) }
        switch symbol {
        case .parameters: return parameters(&self)
        case .tokens: return tokens(&self)
        case .uniqueTokens:
            // Where the two are equal, the slope is that of the tokens, which a law with a curve has on either side.
            // The slope of the supply would leave a flat spot at exactly one epoch.
            return emit(.minimum, tokens(&self), available(&self), isPositive: true, node)
        case .repetitions:
            let epochs = divide(tokens(&self), available(&self), node)
            return emit(.positivePart, subtract(epochs, constant(1, node), node), isPositive: false, node)
        case .compute:
            return multiply(multiply(constant(6, node), parameters(&self), node), tokens(&self), node)
        case .epochs: return leaf(.input, 3, isPositive: false, node)
        case .feature(let name):
            let input = RunInput.feature(name)
            let slot = inputs.firstIndex(of: input) ?? inputs.count
            if slot == inputs.count { inputs.append(input) }
            return leaf(.input, Int32(slot), isPositive: false, node)
        }
    }

    // MARK: Arithmetic, simplified where the value stays the same

    private mutating func add(_ a: Int32, _ b: Int32, _ origin: FormulaNode) -> Int32 {
        if constantValue(a) == 0 { return b }
        if constantValue(b) == 0 { return a }
        return emit(.add, a, b, isPositive: positive[Int(a)] && positive[Int(b)], origin)
    }

    private mutating func subtract(_ a: Int32, _ b: Int32, _ origin: FormulaNode) -> Int32 {
        if constantValue(b) == 0 { return a }
        // 1 − exp(x), the form of every curve of repeats, loses the digits of a small x, such as R/RD for a large RD.
        if constantValue(a) == 1, nodes[Int(b)].operation == .exponential {
            let rise = emit(.exponentialMinusOne, nodes[Int(b)].a, isPositive: false, origins[Int(b)])
            return negate(rise, origin)
        }
        if constantValue(b) == 1, nodes[Int(a)].operation == .exponential {
            return emit(.exponentialMinusOne, nodes[Int(a)].a, isPositive: false, origins[Int(a)])
        }
        return emit(.subtract, a, b, isPositive: false, origin)
    }

    private mutating func multiply(_ a: Int32, _ b: Int32, _ origin: FormulaNode) -> Int32 {
        if constantValue(a) == 1 { return b }
        if constantValue(b) == 1 { return a }
        return emit(.multiply, a, b, isPositive: positive[Int(a)] && positive[Int(b)], origin)
    }

    private mutating func divide(_ a: Int32, _ b: Int32, _ origin: FormulaNode) -> Int32 {
        if constantValue(b) == 1 { return a }
        // a / x^y = a · x^(−y) where x is positive: one pass less, and no division.
        if nodes[Int(b)].operation == .powerOfLog {
            let exponent = negate(nodes[Int(b)].b, origin)
            let inverse = emit(.powerOfLog, nodes[Int(b)].a, exponent, isPositive: true, origins[Int(b)])
            return multiply(a, inverse, origin)
        }
        return emit(.divide, a, b, isPositive: positive[Int(a)] && positive[Int(b)], origin)
    }

    private mutating func negate(_ a: Int32, _ origin: FormulaNode) -> Int32 {
        if nodes[Int(a)].operation == .negate { return nodes[Int(a)].a }
        return emit(.negate, a, isPositive: false, origin)
    }

    private mutating func power(_ base: Int32, _ exponent: Int32, _ origin: FormulaNode) -> Int32 {
        if let value = constantValue(exponent) {
            if value == 0 { return constant(1, origin) }
            if value == 0.5, positive[Int(base)] { return emit(.squareRoot, base, isPositive: true, origin) }
            if value == value.rounded(), abs(value) >= 1, abs(value) <= 16 {
                let whole = wholePower(base, Int(abs(value)), origin)
                return value > 0 ? whole : divide(constant(1, origin), whole, origin)
            }
        }
        if positive[Int(base)] {
            // (x^y)^z = x^(y·z): the logarithm of a power needs no new one.
            let baseNode = nodes[Int(base)]
            if baseNode.operation == .powerOfLog {
                return emit(
                    .powerOfLog, baseNode.a, multiply(baseNode.b, exponent, origin), isPositive: true, origin)
            }
            let logarithm = emit(.logarithm, base, isPositive: false, origins[Int(base)])
            return emit(.powerOfLog, logarithm, exponent, isPositive: true, origin)
        }
        let logarithm = emit(.guardedLogarithm, base, isPositive: false, origins[Int(base)])
        return emit(.power, base, exponent, logarithm, isPositive: false, origin)
    }

    private mutating func wholePower(_ base: Int32, _ exponent: Int, _ origin: FormulaNode) -> Int32 {
        if exponent == 1 { return base }
        let half = wholePower(base, exponent / 2, origin)
        let square = multiply(half, half, origin)
        return exponent.isMultiple(of: 2) ? square : multiply(square, base, origin)
    }

    // MARK: Nodes

    private func constantValue(_ index: Int32) -> Double? {
        nodes[Int(index)].operation == .constant ? nodes[Int(index)].value : nil
    }

    private mutating func constant(_ value: Double, _ origin: FormulaNode) -> Int32 {
        add(Tape.Node(operation: .constant, group: .scalar, value: value), isPositive: value > 0, origin)
    }

    private mutating func leaf(
        _ operation: Tape.Operation, _ index: Int32, isPositive: Bool, _ origin: FormulaNode
    ) -> Int32 {
        let group: Tape.Group = operation == .input ? .data : .scalar
        return add(Tape.Node(operation: operation, group: group, a: index), isPositive: isPositive, origin)
    }

    private mutating func emit(
        _ operation: Tape.Operation, _ a: Int32, _ b: Int32 = -1, _ c: Int32 = -1, isPositive: Bool,
        _ origin: FormulaNode
    ) -> Int32 {
        let operands = [a, b, c].filter { $0 >= 0 }
        var node = Tape.Node(operation: operation, group: .scalar, a: a, b: b, c: c)
        if operands.allSatisfy({ constantValue($0) != nil }) {
            let values = operands.map { nodes[Int($0)].value }
            let value = PointArithmetic.value(
                operation, values[0], values.count > 1 ? values[1] : 0, values.count > 2 ? values[2] : 0)
            if value.isFinite { return constant(value, origin) }
        }
        let groups = operands.map { nodes[Int($0)].group }
        if groups.allSatisfy({ $0 == .scalar }) {
            node.group = .scalar
        } else if operands.allSatisfy({ nodes[Int($0)].group == .data || constantValue($0) != nil }) {
            node.group = .data
        } else {
            node.group = .mixed
        }
        return add(node, isPositive: isPositive, origin)
    }

    private mutating func add(_ node: Tape.Node, isPositive: Bool, _ origin: FormulaNode) -> Int32 {
        let key = Key(operation: node.operation, a: node.a, b: node.b, c: node.c, bits: node.value.bitPattern)
        if let index = known[key] { return index }
        let index = Int32(nodes.count)
        nodes.append(node)
        origins.append(origin)
        positive.append(isPositive)
        known[key] = index
        return index
    }

    // MARK: Finishing

    /// Drops what the simplifications left unused.
    private func finish(root: Int32, coefficients: [String]) -> Tape {
        var used = [Bool](repeating: false, count: nodes.count)
        used[Int(root)] = true
        for index in nodes.indices.reversed() where used[index] {
            let node = nodes[index]
            guard node.operation != .coefficient, node.operation != .input else { continue }
            for operand in [node.a, node.b, node.c] where operand >= 0 { used[Int(operand)] = true }
        }
        var renumbered = [Int32](repeating: -1, count: nodes.count)
        var kept: [Tape.Node] = []
        var keptOrigins: [FormulaNode] = []
        for index in nodes.indices where used[index] {
            var node = nodes[index]
            if node.operation != .coefficient, node.operation != .input {
                if node.a >= 0 { node.a = renumbered[Int(node.a)] }
                if node.b >= 0 { node.b = renumbered[Int(node.b)] }
                if node.c >= 0 { node.c = renumbered[Int(node.c)] }
            }
            renumbered[index] = Int32(kept.count)
            kept.append(node)
            keptOrigins.append(origins[index])
        }
        return Tape(
            nodes: kept, origins: keptOrigins, root: Int(renumbered[Int(root)]), coefficientNames: coefficients,
            inputs: inputs)
    }
}
