/// A formula as a list of nodes: each node's operands come before it, and equal parts appear once.
///
/// There are three groups of nodes: *scalar* nodes depend only on coefficients and are evaluated once per coefficient
/// set; *data* nodes depend only on the run and are evaluated once per run table; *mixed* nodes depend on both and are
/// evaluated each time.
final class Tape: Sendable {
    enum Operation: UInt8, Sendable {
        case constant, coefficient, input
        case add, subtract, multiply, divide, negate
        case exponential, logarithm, squareRoot
        /// exp(a) − 1, which keeps the digits of a small a.
        case exponentialMinusOne
        /// log(a), but 0 where a is 0: the helper of `power`, never read there.
        case guardedLogarithm
        /// exp(b·a) with a = log of a base known to be positive.
        case powerOfLog
        /// a^b with c = guarded log of a.
        case power
        case minimum, maximum, positivePart
    }

    enum Group: UInt8, Sendable { case scalar, data, mixed }

    struct Node: Sendable {
        var operation: Operation
        var group: Group
        /// Operands as indices of nodes; of a leaf, `a` is the index of the coefficient or input.
        var a: Int32 = -1
        var b: Int32 = -1
        var c: Int32 = -1
        var value: Double = 0

        /// How many of `a`, `b` are operands that derivatives flow to.
        var arity: Int {
            switch operation {
            case .constant, .coefficient, .input, .guardedLogarithm: 0
            case .negate, .exponential, .exponentialMinusOne, .logarithm, .squareRoot, .positivePart: 1
            case .add, .subtract, .multiply, .divide, .powerOfLog, .power, .minimum, .maximum: 2
            }
        }
    }

    let nodes: [Node]
    /// For each node, the part of the formula that it came from.
    let origins: [FormulaNode]
    let root: Int
    let coefficientNames: [String]
    /// The inputs that occur, by slot; `RunInput` of law and curve evaluation have fixed slots, features follow.
    let inputs: [RunInput]
    /// The nodes of scalar group that compute something, in order.
    let scalarNodes: [Int]
    /// Data and mixed nodes that compute something, in order: the steps for one point.
    let runNodes: [Int]

    init(nodes: [Node], origins: [FormulaNode], root: Int, coefficientNames: [String], inputs: [RunInput]) {
        self.nodes = nodes
        self.origins = origins
        self.root = root
        self.coefficientNames = coefficientNames
        self.inputs = inputs
        scalarNodes = nodes.indices.filter { nodes[$0].group == .scalar }
        runNodes = nodes.indices.filter { nodes[$0].group != .scalar }
    }
}
