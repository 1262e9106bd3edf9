/// The plan by which a tape runs over columns: which nodes get a column, and where derivatives are added up.
///
/// Derivatives flow from the loss to the coefficients. A node that is used once, in a sum, has the derivative of its
/// parent, so it shares the parent's column. Every other column is written by the first contribution that reaches it,
/// so none needs to be cleared.
struct TablePlan: Sendable {
    /// The place of a node's values.
    enum Place: Sendable {
        /// The same for all runs: index into the scalars.
        case scalar
        /// A column of the run table, computed once: index of the hoisted column.
        case hoisted(Int)
        /// A column computed for each set of coefficients: index of the mixed column.
        case mixed(Int)
    }

    /// The destination of the derivative that flows to an operand.
    enum Flow: Sendable {
        /// Nothing depends on it.
        case none
        /// It is summed over the runs, into the operand's scalar derivative.
        case sum
        /// It is the first to reach the operand's column.
        case write(Int)
        /// It is added to the operand's column.
        case add(Int)
        /// The operand shares this node's column already.
        case shared
    }

    struct Step: Sendable {
        var node: Int
        var column: Int
        /// The column of derivatives of this node; −1 is the seeds'.
        var adjoint: Int
        var flowA: Flow
        var flowB: Flow
    }

    let places: [Place]
    /// Mixed nodes in order.
    let steps: [Step]
    /// The number of data nodes that get their own column, because a mixed node or the result reads them.
    ///
    /// All data nodes are computed when a table is bound.
    let hoistedCount: Int
    let mixedCount: Int
    let adjointCount: Int

    init(_ tape: Tape) {
        var places = [Place](repeating: .scalar, count: tape.nodes.count)
        var uses = [Int](repeating: 0, count: tape.nodes.count)
        var hoisted = 0
        var mixed = 0
        for (index, node) in tape.nodes.enumerated() {
            switch node.group {
            case .scalar: places[index] = .scalar
            case .data: continue
            case .mixed:
                places[index] = .mixed(mixed)
                mixed += 1
                for operand in [node.a, node.b, node.c] where operand >= 0 {
                    uses[Int(operand)] += 1
                    if tape.nodes[Int(operand)].group == .data, case .scalar = places[Int(operand)] {
                        places[Int(operand)] = .hoisted(hoisted)
                        hoisted += 1
                    }
                }
            }
        }
        if tape.nodes[tape.root].group == .data {
            places[tape.root] = .hoisted(hoisted)
            hoisted += 1
        }

        var adjoints = [Int?](repeating: nil, count: tape.nodes.count)
        var adjointCount = 0
        adjoints[tape.root] = -1
        var steps: [Step] = []
        for index in tape.nodes.indices.reversed() {
            guard case .mixed(let column) = places[index] else { continue }
            let node = tape.nodes[index]
            guard let adjoint = adjoints[index] else {
                // The helper of a power: it has values, but no derivative reaches it.
                steps.append(Step(node: index, column: column, adjoint: -1, flowA: .none, flowB: .none))
                continue
            }
            func flow(_ operand: Int32, passesUnchanged: Bool) -> Flow {
                let operand = Int(operand)
                switch tape.nodes[operand].group {
                case .data: return .none
                case .scalar: return tape.nodes[operand].operation == .constant ? .none : .sum
                case .mixed:
                    if let known = adjoints[operand] { return .add(known) }
                    if uses[operand] == 1, passesUnchanged {
                        adjoints[operand] = adjoint
                        return .shared
                    }
                    adjoints[operand] = adjointCount
                    adjointCount += 1
                    return .write(adjointCount - 1)
                }
            }
            let isSum = node.operation == .add
            let flowA =
                node.arity > 0 ? flow(node.a, passesUnchanged: isSum || node.operation == .subtract) : .none
            let flowB = node.arity > 1 ? flow(node.b, passesUnchanged: isSum) : .none
            steps.append(Step(node: index, column: column, adjoint: adjoint, flowA: flowA, flowB: flowB))
        }
        self.places = places
        self.steps = steps.reversed()
        hoistedCount = hoisted
        mixedCount = mixed
        self.adjointCount = adjointCount
    }
}
