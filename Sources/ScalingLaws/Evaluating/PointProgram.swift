/// A tape prepared for evaluation at single points, which a planner does millions of times.
///
/// Steps and scalar values are in raw memory, so that evaluating a point touches no reference count and checks no
/// bounds. This is safe, also when threads share the object: the memory is written only in `init`, freed only in
/// `deinit`, read only within calls on the object that owns it, and indexed only by numbers that `init` took from the
/// tape, whose operands precede their node. Scratch space belongs to one call.
final class PointProgram: @unchecked Sendable {
    private struct Step {
        var operation: Tape.Operation
        var arity: Int8
        var node: Int32
        var a: Int32
        var b: Int32
        var c: Int32
    }

    /// How many nodes the tape has: the doubles of one column of scratch space.
    let count: Int
    let root: Int
    private let template: UnsafeMutablePointer<Double>
    private let steps: UnsafeMutablePointer<Step>
    private let stepCount: Int
    private let scalarSteps: UnsafeMutablePointer<Step>
    private let scalarStepCount: Int
    /// The nodes of N, D, available U and epochs; −1 where the formula does not read them.
    private let inputNodes: InlineArray<4, Int>

    /// - Parameters:
    ///   - tape: The formula.
    ///   - scalars: A value for every node; those of the run's nodes are filled in point by point.
    init(_ tape: Tape, scalars: [Double]) {
        precondition(scalars.count == tape.nodes.count, "a value for every node")
        count = scalars.count
        root = tape.root
        template = .allocate(capacity: Swift.max(count, 1))
        template.initialize(repeating: 0, count: Swift.max(count, 1))
        for index in scalars.indices { template[index] = scalars[index] }
        func program(_ indices: [Int]) -> (UnsafeMutablePointer<Step>, Int) {
            let all = indices.compactMap { index -> Step? in
                let node = tape.nodes[index]
                guard node.operation != .constant, node.operation != .coefficient, node.operation != .input
                else { return nil }
                // Operands that an operation lacks point at its first one: read, and not used.
                return Step(
                    operation: node.operation, arity: Int8(node.arity), node: Int32(index), a: node.a,
                    b: node.b < 0 ? node.a : node.b, c: node.c < 0 ? node.a : node.c)
            }
            let memory = UnsafeMutablePointer<Step>.allocate(capacity: Swift.max(all.count, 1))
            for (index, step) in all.enumerated() { (memory + index).initialize(to: step) }
            return (memory, all.count)
        }
        (steps, stepCount) = program(tape.runNodes)
        (scalarSteps, scalarStepCount) = program(tape.scalarNodes)
        var inputNodes = InlineArray<4, Int>(repeating: -1)
        for (index, node) in tape.nodes.enumerated() where node.operation == .input && node.a < 4 {
            inputNodes[Int(node.a)] = index
        }
        self.inputNodes = inputNodes
    }

    deinit {
        // Doubles and steps need no deinitialisation.
        template.deallocate()
        steps.deallocate()
        scalarSteps.deallocate()
    }

    /// Computes the value of every node at a point in scratch space, and passes that space to a closure.
    ///
    /// - Parameters:
    ///   - point: The run.
    ///   - columns: Doubles of space for each node; the first column holds the values, the others are not yet
    ///     initialised.
    ///   - body: A closure that gets the space, which is freed when the closure returns.
    /// - Returns: The result of the closure.
    @inline(__always)
    func withValues<Result>(
        at point: BoundFormula.Point, columns: Int, _ body: (UnsafeMutablePointer<Double>) -> Result
    ) -> Result {
        // A constant size stays on the stack.
        if count * columns <= 128 {
            return withUnsafeTemporaryAllocation(of: Double.self, capacity: 128) { space in
                guard let base = space.baseAddress else { preconditionFailure("no scratch space") }
                evaluate(point, base)
                return body(base)
            }
        }
        return withUnsafeTemporaryAllocation(of: Double.self, capacity: count * columns) { space in
            guard let base = space.baseAddress else { preconditionFailure("no scratch space") }
            evaluate(point, base)
            return body(base)
        }
    }

    @inline(__always)
    private func evaluate(_ point: BoundFormula.Point, _ base: UnsafeMutablePointer<Double>) {
        base.initialize(from: template, count: count)
        if inputNodes[0] >= 0 { base[inputNodes[0]] = point.parameters }
        if inputNodes[1] >= 0 { base[inputNodes[1]] = point.tokens }
        if inputNodes[2] >= 0 { base[inputNodes[2]] = point.uniqueTokens }
        if inputNodes[3] >= 0 { base[inputNodes[3]] = point.epochs }
        for index in 0..<stepCount {
            let step = steps[index]
            base[Int(step.node)] = PointArithmetic.value(
                step.operation, base[Int(step.a)], base[Int(step.b)], base[Int(step.c)])
        }
    }

    /// Slopes of the root in every node that a run's quantities lead to.
    @inline(__always)
    func reverse(_ values: UnsafeMutablePointer<Double>, into adjoints: UnsafeMutablePointer<Double>) {
        adjoints.initialize(repeating: 0, count: count)
        adjoints[root] = 1
        reverse(steps, stepCount, values, adjoints)
    }

    /// Carries the slopes that `reverse` left in scalar nodes on to the coefficients.
    func reverseScalars(_ values: UnsafeMutablePointer<Double>, into adjoints: UnsafeMutablePointer<Double>) {
        reverse(scalarSteps, scalarStepCount, values, adjoints)
    }

    @inline(__always)
    private func reverse(
        _ steps: UnsafeMutablePointer<Step>, _ stepCount: Int, _ values: UnsafeMutablePointer<Double>,
        _ adjoints: UnsafeMutablePointer<Double>
    ) {
        var index = stepCount
        while index > 0 {
            index -= 1
            let step = steps[index]
            let adjoint = adjoints[Int(step.node)]
            if adjoint == 0 || step.arity == 0 { continue }
            let slopes = PointArithmetic.slopes(
                step.operation, values[Int(step.a)], values[Int(step.b)], values[Int(step.c)],
                value: values[Int(step.node)])
            adjoints[Int(step.a)] += adjoint * slopes.a
            if step.arity == 2 { adjoints[Int(step.b)] += adjoint * slopes.b }
        }
    }

    /// How many columns ``curvature(at:)`` works in: values, their slopes, and a pair for each of three directions.
    private static let curvatureColumns = 8

    /// The second derivatives at a point in N, D and available U: a row of slopes of slopes for each.
    ///
    /// Forward mode along the three directions, then one reverse sweep over values and tangents. Scalar nodes do not
    /// depend on the run, so only the run's own steps are evaluated.
    func curvature(at point: BoundFormula.Point) -> InlineArray<3, InlineArray<4, Double>> {
        withValues(at: point, columns: Self.curvatureColumns) { values in
            let adjoints = values + count
            let tangents = values + 2 * count
            let adjointTangents = values + 5 * count
            adjoints.initialize(repeating: 0, count: 7 * count)
            var slot = 0
            while slot < 3 {
                if inputNodes[slot] >= 0 { tangents[slot * count + inputNodes[slot]] = 1 }
                slot += 1
            }
            var index = 0
            while index < stepCount {
                let step = steps[index]
                index += 1
                if step.arity == 0 { continue }
                let (a, b, node) = (Int(step.a), Int(step.b), Int(step.node))
                let slopes = PointArithmetic.slopes(
                    step.operation, values[a], values[b], values[Int(step.c)], value: values[node])
                var column = tangents
                slot = 0
                while slot < 3 {
                    let (alongA, alongB) = (column[a], step.arity == 2 ? column[b] : 0)
                    // Here 0 times infinity is 0: a part of infinite slope adds no NaN unless its operand moves.
                    column[node] = (alongA == 0 ? 0 : slopes.a * alongA) + (alongB == 0 ? 0 : slopes.b * alongB)
                    column += count
                    slot += 1
                }
            }
            adjoints[root] = 1
            while index > 0 {
                index -= 1
                let step = steps[index]
                if step.arity == 0 { continue }
                pullBack(step, values, adjoints, tangents, adjointTangents)
            }
            var rows = InlineArray<3, InlineArray<4, Double>>(repeating: InlineArray(repeating: 0))
            slot = 0
            while slot < 3 {
                rows[slot] = inputs(of: adjointTangents + slot * count)
                slot += 1
            }
            return rows
        }
    }

    /// Carries the slopes that have gathered in a step's node, and their own slopes, on to its operands.
    @inline(__always)
    private func pullBack(
        _ step: Step, _ values: UnsafeMutablePointer<Double>, _ adjoints: UnsafeMutablePointer<Double>,
        _ tangents: UnsafeMutablePointer<Double>, _ adjointTangents: UnsafeMutablePointer<Double>
    ) {
        let (a, b, node) = (Int(step.a), Int(step.b), Int(step.node))
        let isBinary = step.arity == 2
        let adjoint = adjoints[node]
        let partials = PointArithmetic.partials(
            step.operation, values[a], values[b], values[Int(step.c)], value: values[node])
        if adjoint != 0 {
            adjoints[a] += partials.a * adjoint
            if isBinary { adjoints[b] += partials.b * adjoint }
        }
        var (column, out) = (tangents, adjointTangents)
        var slot = 0
        while slot < 3 {
            let (alongA, alongB, along) = (column[a], isBinary ? column[b] : 0, out[node])
            if adjoint != 0 || along != 0 {
                let bendA = (alongA == 0 ? 0 : partials.aa * alongA) + (alongB == 0 ? 0 : partials.ab * alongB)
                out[a] += (along == 0 ? 0 : partials.a * along) + adjoint * bendA
                if isBinary {
                    let bendB = (alongA == 0 ? 0 : partials.ab * alongA) + (alongB == 0 ? 0 : partials.bb * alongB)
                    out[b] += (along == 0 ? 0 : partials.b * along) + adjoint * bendB
                }
            }
            column += count
            out += count
            slot += 1
        }
    }

    /// The entries of N, D, available U and epochs in a column; 0 where the formula does not read them.
    @inline(__always)
    func inputs(of column: UnsafeMutablePointer<Double>) -> InlineArray<4, Double> {
        var result = InlineArray<4, Double>(repeating: 0)
        for slot in 0..<4 where inputNodes[slot] >= 0 { result[slot] = column[inputNodes[slot]] }
        return result
    }
}
