/// A formula over the runs of a table: losses for a set of coefficients, and derivatives in them.
///
/// The initialiser computes, once, everything that depends only on the runs. Each call computes once everything that
/// depends only on the coefficients, and the rest column by column, in loops that vectorise. An evaluator holds scratch
/// space, so only one thread at a time may use it: make one for each thread.
///
/// ```swift
/// let evaluator = try TableEvaluator(law.compiledFormula, table)
/// let losses = try evaluator.losses(coefficients)
/// let gradient = try evaluator.pullback(slopesOfTheObjectiveInTheLosses)
/// ```
public final class TableEvaluator {
    /// The formula evaluated.
    public let compiledFormula: CompiledFormula

    /// The runs it is evaluated on.
    public let table: RunTable

    private let plan: TablePlan
    private let storage: ColumnStorage
    private var scalars: [Double]
    private var scalarAdjoints: [Double]
    private var coefficients: [Double] = []

    /// Binds a formula to a table.
    ///
    /// - Throws: ``LawError/missingFeature(_:model:)`` where the formula reads a feature that the table lacks.
    /// - Complexity: O(*n*·*m*) for *n* parts of the formula and *m* runs, in time and space.
    public init(_ compiledFormula: CompiledFormula, _ table: RunTable) throws(LawError) {
        for name in compiledFormula.features where table.features[name] == nil {
            throw .missingFeature(name, model: compiledFormula.model)
        }
        self.compiledFormula = compiledFormula
        self.table = table
        let tape = compiledFormula.tape
        plan = TablePlan(tape)
        storage = ColumnStorage(
            rows: table.count, columns: plan.hoistedCount + plan.mixedCount, adjoints: plan.adjointCount)
        scalars = tape.nodes.map { $0.operation == .constant ? $0.value : 0 }
        scalarAdjoints = [Double](repeating: 0, count: tape.nodes.count)
        hoist()
    }

    /// How many runs the table holds.
    public var count: Int { table.count }

    /// Computes the data nodes run by run and keeps those that mixed nodes read.
    private func hoist() {
        let tape = compiledFormula.tape
        var values = scalars
        let columns: [[Double]] = tape.inputs.map { input in
            switch input {
            case .parameters: table.parameters
            case .tokens: table.tokens
            case .availableUniqueTokens: table.uniqueTokens
            case .epochs: zip(table.tokens, table.uniqueTokens).map { $0 / $1 }
            case .feature(let name): table.features[name] ?? []
            }
        }
        let dataNodes = tape.nodes.indices.filter { tape.nodes[$0].group == .data }
        for row in 0..<table.count {
            for index in dataNodes {
                let node = tape.nodes[index]
                values[index] =
                    node.operation == .input
                    ? columns[Int(node.a)][row]
                    : PointArithmetic.value(
                        node.operation, values[Int(node.a)], node.b < 0 ? 0 : values[Int(node.b)],
                        node.c < 0 ? 0 : values[Int(node.c)])
                if case .hoisted(let column) = plan.places[index] {
                    storage.column(column, block: row / ColumnStorage.blockRows)[row % ColumnStorage.blockRows] =
                        values[index]
                }
            }
        }
    }

    // MARK: Losses

    /// The losses of all runs.
    ///
    /// - Parameters:
    ///   - coefficients: One value per coefficient, in the formula's order.
    ///   - losses: Receives one loss per run.
    /// - Throws: ``LawError/notFinite(part:value:run:model:)`` for the first run whose loss is not finite, naming the
    ///   part of the formula.
    /// - Precondition: Both spans have the right length.
    /// - Complexity: O(*n*·*m*) for *n* parts that depend on coefficients and *m* runs.
    public func losses(_ coefficients: Span<Double>, into losses: inout MutableSpan<Double>) throws(LawError) {
        precondition(coefficients.count == compiledFormula.coefficientNames.count, "one value per coefficient")
        precondition(losses.count == count, "one loss per run")
        self.coefficients.removeAll(keepingCapacity: true)
        for index in coefficients.indices { self.coefficients.append(coefficients[index]) }
        evaluateScalars()
        let tape = compiledFormula.tape
        var nonFinite = false
        for block in 0..<storage.blocks {
            let rows = storage.rows(in: block)
            let columns = TableColumns(storage: storage, plan: plan, scalars: scalars, block: block, rows: rows)
            for step in plan.steps { columns.forward(step, tape.nodes[step.node]) }
            let first = block * ColumnStorage.blockRows
            switch plan.places[tape.root] {
            case .scalar:
                for row in 0..<rows { losses[first + row] = scalars[tape.root] }
                nonFinite = nonFinite || !scalars[tape.root].isFinite
            case .hoisted(let column):
                nonFinite = copy(storage.column(column, block: block), rows, to: &losses, at: first) || nonFinite
            case .mixed(let column):
                let values = storage.column(plan.hoistedCount + column, block: block)
                nonFinite = copy(values, rows, to: &losses, at: first) || nonFinite
            }
        }
        if nonFinite { throw fault(losses.span) }
    }

    /// The losses of all runs.
    ///
    /// - Parameter coefficients: One value per coefficient, in the formula's order.
    /// - Returns: One loss per run.
    /// - Throws: ``LawError/wrongCoefficientCount(_:expected:model:)``, else as ``losses(_:into:)``.
    public func losses(_ coefficients: [Double]) throws(LawError) -> [Double] {
        guard coefficients.count == compiledFormula.coefficientNames.count else {
            throw .wrongCoefficientCount(
                coefficients.count, expected: compiledFormula.coefficientNames, model: compiledFormula.model)
        }
        var result = [Double](repeating: 0, count: count)
        var span = result.mutableSpan
        try losses(coefficients.span, into: &span)
        return result
    }

    // MARK: Derivatives

    /// Pulls slopes of an objective in the losses back to slopes in the coefficients, at the coefficients of the last
    /// call of ``losses(_:into:)``.
    ///
    /// - Parameters:
    ///   - seeds: ∂objective/∂loss, one per run.
    ///   - gradient: Receives ∂objective/∂coefficient, one per coefficient.
    /// - Throws: ``LawError/notFinite(part:value:run:model:)`` where a slope is not finite.
    /// - Precondition: Losses were computed before; both spans have the right length.
    /// - Complexity: O(*n*·*m*) for *n* parts that depend on coefficients and *m* runs.
    public func pullback(_ seeds: Span<Double>, into gradient: inout MutableSpan<Double>) throws(LawError) {
        precondition(coefficients.count == compiledFormula.coefficientNames.count, "losses come first")
        precondition(seeds.count == count, "one seed per run")
        precondition(gradient.count == coefficients.count, "one slope per coefficient")
        let tape = compiledFormula.tape
        for index in scalarAdjoints.indices { scalarAdjoints[index] = 0 }
        for block in 0..<storage.blocks {
            let rows = storage.rows(in: block)
            let first = block * ColumnStorage.blockRows
            for row in 0..<rows { storage.seeds[row] = seeds[first + row] }
            switch plan.places[tape.root] {
            case .scalar:
                for row in 0..<rows { scalarAdjoints[tape.root] += storage.seeds[row] }
            case .hoisted: break
            case .mixed:
                let columns = TableColumns(storage: storage, plan: plan, scalars: scalars, block: block, rows: rows)
                for step in plan.steps.reversed() {
                    columns.reverse(step, tape.nodes[step.node], into: &scalarAdjoints)
                }
            }
        }
        for index in tape.scalarNodes.reversed() where scalarAdjoints[index] != 0 {
            let node = tape.nodes[index]
            guard node.arity > 0 else { continue }
            let slopes = PointArithmetic.slopes(
                node.operation, scalars[Int(node.a)], node.b < 0 ? 0 : scalars[Int(node.b)],
                node.c < 0 ? 0 : scalars[Int(node.c)], value: scalars[index])
            scalarAdjoints[Int(node.a)] += scalarAdjoints[index] * slopes.a
            if node.arity == 2 { scalarAdjoints[Int(node.b)] += scalarAdjoints[index] * slopes.b }
        }
        for index in gradient.indices { gradient[index] = 0 }
        for index in tape.scalarNodes where tape.nodes[index].operation == .coefficient {
            let slope = scalarAdjoints[index]
            let coefficient = Int(tape.nodes[index].a)
            guard slope.isFinite else {
                throw .notFinite(
                    part: "slope in " + compiledFormula.coefficientNames[coefficient], value: slope,
                    run: "the runs of the table", model: compiledFormula.model)
            }
            gradient[coefficient] = slope
        }
    }

    /// Pulls slopes of an objective in the losses back to slopes in the coefficients.
    ///
    /// - Parameter seeds: ∂objective/∂loss, one per run.
    /// - Returns: ∂objective/∂coefficient, one per coefficient.
    /// - Throws: As ``pullback(_:into:)``.
    public func pullback(_ seeds: [Double]) throws(LawError) -> [Double] {
        var gradient = [Double](repeating: 0, count: compiledFormula.coefficientNames.count)
        var span = gradient.mutableSpan
        try pullback(seeds.span, into: &span)
        return gradient
    }

    /// The slopes of each run's loss in each coefficient, at the coefficients of the last call of ``losses(_:into:)``.
    ///
    /// - Parameter jacobian: Receives the slopes in the first coefficient for all runs, then those in the second, and
    ///   so on.
    /// - Throws: ``LawError/notFinite(part:value:run:model:)`` where a slope is not finite.
    /// - Precondition: Losses were computed before; the span holds runs × coefficients.
    /// - Complexity: O(*n*·*m*) for *n* parts of the formula and *m* runs, little more than ``pullback(_:into:)``.
    public func jacobian(into jacobian: inout MutableSpan<Double>) throws(LawError) {
        precondition(coefficients.count == compiledFormula.coefficientNames.count, "losses come first")
        precondition(jacobian.count == coefficients.count * count, "runs times coefficients")
        let tape = compiledFormula.tape
        for index in jacobian.indices { jacobian[index] = 0 }
        var check = 0.0
        for block in 0..<storage.blocks {
            let rows = storage.rows(in: block)
            let first = block * ColumnStorage.blockRows
            let sums = storage.rowSums(nodes: tape.nodes.count)
            for row in 0..<rows { storage.seeds[row] = 1 }
            switch plan.places[tape.root] {
            case .scalar:
                for row in 0..<rows { sums[tape.root * ColumnStorage.blockRows + row] = 1 }
            case .hoisted: break
            case .mixed:
                let columns = TableColumns(
                    storage: storage, plan: plan, scalars: scalars, block: block, rows: rows, rowSums: sums)
                var unused = [Double]()
                for step in plan.steps.reversed() { columns.reverse(step, tape.nodes[step.node], into: &unused) }
            }
            for index in tape.scalarNodes.reversed() {
                let node = tape.nodes[index]
                let column = sums + index * ColumnStorage.blockRows
                if node.operation == .coefficient {
                    let target = Int(node.a) * count + first
                    for row in 0..<rows {
                        jacobian[target + row] = column[row]
                        check += column[row] - column[row]
                    }
                }
                guard node.arity > 0 else { continue }
                let slopes = PointArithmetic.slopes(
                    node.operation, scalars[Int(node.a)], node.b < 0 ? 0 : scalars[Int(node.b)],
                    node.c < 0 ? 0 : scalars[Int(node.c)], value: scalars[index])
                let columnA = sums + Int(node.a) * ColumnStorage.blockRows
                for row in 0..<rows where column[row] != 0 { columnA[row] += column[row] * slopes.a }
                guard node.arity == 2 else { continue }
                let columnB = sums + Int(node.b) * ColumnStorage.blockRows
                for row in 0..<rows where column[row] != 0 { columnB[row] += column[row] * slopes.b }
            }
        }
        guard check == 0 else {
            throw .notFinite(
                part: "slope of " + compiledFormula.formula.description, value: .nan, run: "the runs of the table",
                model: compiledFormula.model)
        }
    }

    /// The slopes of each run's loss in each coefficient, run by run.
    ///
    /// - Parameter coefficients: One value per coefficient, in the formula's order.
    /// - Returns: For each run, one slope per coefficient.
    /// - Throws: ``LawError/notFinite(part:value:run:model:)`` for the first run with a slope that is not finite.
    /// - Complexity: O(*n*·*m*) for *n* parts of the formula and *m* runs, some ten times slower than ``pullback(_:)``.
    public func jacobian(_ coefficients: [Double]) throws(LawError) -> [[Double]] {
        guard coefficients.count == compiledFormula.coefficientNames.count else {
            throw .wrongCoefficientCount(
                coefficients.count, expected: compiledFormula.coefficientNames, model: compiledFormula.model)
        }
        var rows: [[Double]] = []
        var bound: BoundFormula?
        for row in 0..<count {
            let formula: BoundFormula
            if let bound, compiledFormula.features.isEmpty {
                formula = bound
            } else {
                formula = try BoundFormula(compiledFormula, coefficients: coefficients, features: features(of: row))
                bound = formula
            }
            let (loss, slopes) = formula.coefficientSlopes(at: point(row))
            guard loss.isFinite, slopes.allSatisfy(\.isFinite) else {
                throw formula.notFinite(
                    slopes.first { !$0.isFinite } ?? loss, of: "slope of " + compiledFormula.formula.description,
                    at: point(row))
            }
            rows.append(slopes)
        }
        return rows
    }

    // MARK: Parts

    private func evaluateScalars() {
        let tape = compiledFormula.tape
        for index in tape.scalarNodes {
            let node = tape.nodes[index]
            switch node.operation {
            case .constant: break
            case .coefficient: scalars[index] = coefficients[Int(node.a)]
            default:
                scalars[index] = PointArithmetic.value(
                    node.operation, scalars[Int(node.a)], node.b < 0 ? 0 : scalars[Int(node.b)],
                    node.c < 0 ? 0 : scalars[Int(node.c)])
            }
        }
    }

    /// Copies a column out and says whether something in it is not finite.
    private func copy(
        _ column: UnsafeMutablePointer<Double>, _ rows: Int, to losses: inout MutableSpan<Double>, at first: Int
    ) -> Bool {
        // x − x is 0 for a finite x and not a number for any other.
        var check = 0.0
        for row in 0..<rows {
            losses[first + row] = column[row]
            check += column[row] - column[row]
        }
        return check != 0
    }

    private func point(_ row: Int) -> BoundFormula.Point {
        BoundFormula.Point(
            parameters: table.parameters[row], tokens: table.tokens[row], uniqueTokens: table.uniqueTokens[row],
            epochs: table.tokens[row] / table.uniqueTokens[row])
    }

    private func features(of row: Int) -> [String: Double] {
        table.features.mapValues { $0[row] }
    }

    private func fault(_ losses: Span<Double>) -> LawError {
        for row in losses.indices where !losses[row].isFinite {
            do {
                let bound = try BoundFormula(
                    compiledFormula, coefficients: coefficients, features: features(of: row))
                return bound.notFinite(losses[row], at: point(row))
            } catch {
                return error
            }
        }
        return .notFinite(
            part: compiledFormula.formula.description, value: .nan, run: "the runs of the table",
            model: compiledFormula.model)
    }
}
