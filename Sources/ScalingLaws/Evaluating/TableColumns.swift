/// One block of an evaluator's columns, with the loops that compute values forwards and derivatives backwards.
///
/// Each loop is written once for an operation and stamped out for operands that are columns or the same for all runs,
/// so that the compiler sees plain loops over doubles. Pointers come from ``ColumnStorage`` and do not outlive the
/// evaluator's call.
struct TableColumns {
    let storage: ColumnStorage
    let plan: TablePlan
    let scalars: [Double]
    let block: Int
    let rows: Int
    /// Columns, one for each node, that keep the derivatives of scalars run by run instead of summing them.
    var rowSums: UnsafeMutablePointer<Double>?

    private enum Operand {
        case scalar(Double)
        case column(UnsafeMutablePointer<Double>)
    }

    private func operand(_ index: Int32) -> Operand {
        guard index >= 0 else { return .scalar(0) }
        return switch plan.places[Int(index)] {
        case .scalar: .scalar(scalars[Int(index)])
        case .hoisted(let column): .column(storage.column(column, block: block))
        case .mixed(let column): .column(storage.column(plan.hoistedCount + column, block: block))
        }
    }

    // MARK: Forwards

    @inline(__always)
    private func fill(
        _ a: Operand, _ b: Operand, _ result: UnsafeMutablePointer<Double>, _ body: (Double, Double) -> Double
    ) {
        switch (a, b) {
        case (.column(let a), .column(let b)):
            for row in 0..<rows { result[row] = body(a[row], b[row]) }
        case (.column(let a), .scalar(let b)):
            for row in 0..<rows { result[row] = body(a[row], b) }
        case (.scalar(let a), .column(let b)):
            for row in 0..<rows { result[row] = body(a, b[row]) }
        case (.scalar(let a), .scalar(let b)):
            let value = body(a, b)
            for row in 0..<rows { result[row] = value }
        }
    }

    func forward(_ step: TablePlan.Step, _ node: Tape.Node) {
        let result = storage.column(plan.hoistedCount + step.column, block: block)
        let a = operand(node.a)
        let b = operand(node.b)
        switch node.operation {
        case .constant, .coefficient, .input: break
        case .add: fill(a, b, result) { $0 + $1 }
        case .subtract: fill(a, b, result) { $0 - $1 }
        case .multiply: fill(a, b, result) { $0 * $1 }
        case .divide: fill(a, b, result) { $0 / $1 }
        case .negate: fill(a, b, result) { a, _ in -a }
        case .exponential: fill(a, b, result) { a, _ in RealFunctions.exp(a) }
        case .exponentialMinusOne: fill(a, b, result) { a, _ in RealFunctions.expMinusOne(a) }
        case .logarithm: fill(a, b, result) { a, _ in RealFunctions.log(a) }
        case .guardedLogarithm: fill(a, b, result) { a, _ in PointArithmetic.guardedLogarithm(a) }
        case .squareRoot: fill(a, b, result) { a, _ in a.squareRoot() }
        case .powerOfLog: fill(a, b, result) { RealFunctions.exp($1 * $0) }
        case .minimum: fill(a, b, result) { PointArithmetic.value(.minimum, $0, $1, 0) }
        case .maximum: fill(a, b, result) { PointArithmetic.value(.maximum, $0, $1, 0) }
        case .positivePart: fill(a, b, result) { a, _ in PointArithmetic.value(.positivePart, a, 0, 0) }
        case .power:
            // exp(b·log a) first, then the powers of 0.
            fill(operand(node.c), b, result) { RealFunctions.exp($1 * $0) }
            guard case .column(let base) = a else { return patchZero(a, b, result) }
            for row in 0..<rows where base[row] == 0 {
                result[row] = PointArithmetic.power(0, value(b, row), logarithm: 0)
            }
        }
    }

    private func patchZero(_ a: Operand, _ b: Operand, _ result: UnsafeMutablePointer<Double>) {
        guard case .scalar(0) = a else { return }
        for row in 0..<rows { result[row] = PointArithmetic.power(0, value(b, row), logarithm: 0) }
    }

    @inline(__always)
    private func value(_ operand: Operand, _ row: Int) -> Double {
        switch operand {
        case .scalar(let value): value
        case .column(let column): column[row]
        }
    }

    // MARK: Backwards

    /// Sends derivative × slope to an operand: to its column, or summed to its scalar.
    @inline(__always)
    private func send(_ flow: TablePlan.Flow, _ index: Int32, _ sums: inout [Double], _ body: (Int) -> Double) {
        switch flow {
        case .none, .shared: break
        case .write(let column):
            let target = storage.adjoint(column)
            for row in 0..<rows { target[row] = body(row) }
        case .add(let column):
            let target = storage.adjoint(column)
            for row in 0..<rows { target[row] += body(row) }
        case .sum where rowSums != nil:
            guard let rowSums else { return }
            let target = rowSums + Int(index) * ColumnStorage.blockRows
            for row in 0..<rows { target[row] += body(row) }
        case .sum:
            // Four sums side by side: no addition waits for the one before it.
            var sum0 = 0.0
            var sum1 = 0.0
            var sum2 = 0.0
            var sum3 = 0.0
            var row = 0
            while row &+ 4 <= rows {
                sum0 += body(row)
                sum1 += body(row &+ 1)
                sum2 += body(row &+ 2)
                sum3 += body(row &+ 3)
                row &+= 4
            }
            while row < rows {
                sum0 += body(row)
                row &+= 1
            }
            sums[Int(index)] += (sum0 + sum1) + (sum2 + sum3)
        }
    }

    /// As `send`, for a factor that is a column or the same for all runs.
    @inline(__always)
    private func send(
        _ flow: TablePlan.Flow, _ index: Int32, _ sums: inout [Double], times factor: Operand,
        _ body: (Int, Double) -> Double
    ) {
        switch factor {
        case .scalar(let factor): send(flow, index, &sums) { body($0, factor) }
        case .column(let factor): send(flow, index, &sums) { body($0, factor[$0]) }
        }
    }

    func reverse(_ step: TablePlan.Step, _ node: Tape.Node, into sums: inout [Double]) {
        let adjoint = storage.adjoint(step.adjoint)
        let result = storage.column(plan.hoistedCount + step.column, block: block)
        let a = operand(node.a)
        let b = operand(node.b)
        switch node.operation {
        case .constant, .coefficient, .input, .guardedLogarithm: break
        case .add:
            send(step.flowA, node.a, &sums) { adjoint[$0] }
            send(step.flowB, node.b, &sums) { adjoint[$0] }
        case .subtract:
            send(step.flowA, node.a, &sums) { adjoint[$0] }
            send(step.flowB, node.b, &sums) { -adjoint[$0] }
        case .multiply:
            send(step.flowA, node.a, &sums, times: b) { adjoint[$0] * $1 }
            send(step.flowB, node.b, &sums, times: a) { adjoint[$0] * $1 }
        case .divide:
            send(step.flowA, node.a, &sums, times: b) { adjoint[$0] / $1 }
            send(step.flowB, node.b, &sums, times: b) { -adjoint[$0] * result[$0] / $1 }
        case .negate: send(step.flowA, node.a, &sums) { -adjoint[$0] }
        case .exponential: send(step.flowA, node.a, &sums) { adjoint[$0] * result[$0] }
        case .exponentialMinusOne: send(step.flowA, node.a, &sums, times: a) { adjoint[$0] * RealFunctions.exp($1) }
        case .logarithm: send(step.flowA, node.a, &sums, times: a) { adjoint[$0] / $1 }
        case .squareRoot: send(step.flowA, node.a, &sums) { 0.5 * adjoint[$0] / result[$0] }
        case .powerOfLog:
            send(step.flowA, node.a, &sums, times: b) { adjoint[$0] * result[$0] * $1 }
            send(step.flowB, node.b, &sums, times: a) { adjoint[$0] * result[$0] * $1 }
        case .power:
            let logarithm = operand(node.c)
            send(step.flowA, node.a, &sums) { row in
                let base = value(a, row)
                return base == 0 ? 0 : adjoint[row] * result[row] * value(b, row) / base
            }
            // Where the base is 0 its guarded logarithm is 0, and so is the slope.
            send(step.flowB, node.b, &sums, times: logarithm) { row, logarithm in
                logarithm == 0 ? 0 : adjoint[row] * result[row] * logarithm
            }
        case .minimum, .maximum, .positivePart:
            send(step.flowA, node.a, &sums) { row in
                adjoint[row] * PointArithmetic.slopes(node.operation, value(a, row), value(b, row), 0, value: 0).a
            }
            send(step.flowB, node.b, &sums) { row in
                adjoint[row] * PointArithmetic.slopes(node.operation, value(a, row), value(b, row), 0, value: 0).b
            }
        }
    }
}
