import ScalingLaws

/// Starts of a search: even samples of the coefficients that bend the law, with the others solved for.
///
/// For fixed exponents the loss is linear in its factors, so that least squares finds them at once: variable projection
/// (Golub and Pereyra 1973), which takes most of the ill-conditioning out of the search. The squares are relative, with
/// one reweighting towards absolute errors; exact minimisation of the objective follows.
final class StartProjection {
    private let space: FitSpace
    private let evaluator: TableEvaluator
    private let losses: [Double]
    private let weights: [Double]
    private let linear: [Int]
    private let bent: [Int]

    init(
        _ space: FitSpace, table: RunTable, losses: [Double], weights: [Double], linear: [Int]
    ) throws(FittingError) {
        self.space = space
        self.losses = losses
        self.weights = weights
        self.linear = linear
        bent = (0..<space.count).filter { !linear.contains($0) }
        do {
            evaluator = try TableEvaluator(space.loss, table)
        } catch {
            throw .law(error)
        }
    }

    /// How many coefficients are sampled.
    var dimensions: Int { bent.count }

    /// A start, or `nil` where the law has no value there.
    func start(_ index: Int) -> [Double]? {
        let place = LowDiscrepancy.point(index, dimensions: bent.count)
        var x = space.variables.map { 0.5 * ($0.start.lowerBound + $0.start.upperBound) }
        for (position, fraction) in zip(bent, place) {
            let range = space.variables[position].start
            x[position] = range.lowerBound + fraction * (range.upperBound - range.lowerBound)
        }
        return linear.isEmpty ? x : projected(x)
    }

    /// The same point with the linear coefficients solved for.
    func projected(_ x: [Double]) -> [Double]? {
        let variables = space.variables
        var coefficients = zip(variables, x).map { $0.value(of: $1) }
        for position in linear { coefficients[position] = 0 }
        guard let base = values(coefficients) else { return nil }
        var columns: [[Double]] = []
        for position in linear {
            coefficients[position] = 1
            guard let column = values(coefficients) else { return nil }
            coefficients[position] = 0
            columns.append(zip(column, base).map { $0 - $1 })
        }
        var rowWeights = (0..<losses.count).map { weights[$0] / (losses[$0] * losses[$0]) }
        var solution = [Double](repeating: 0, count: linear.count)
        for pass in 0..<2 {
            guard let solved = solve(columns, base, rowWeights) else { return nil }
            solution = solved
            if pass == 0 {
                for row in losses.indices {
                    var predicted = base[row]
                    for (value, column) in zip(solution, columns) { predicted += value * column[row] }
                    let error = abs(predicted / losses[row] - 1)
                    rowWeights[row] /= Swift.max(error, 1e-3)
                }
            }
        }
        var result = x
        for (position, value) in zip(linear, solution) {
            let variable = variables[position]
            result[position] = Swift.min(Swift.max(variable.variable(of: value), variable.lower), variable.upper)
        }
        return result
    }

    private func values(_ coefficients: [Double]) -> [Double]? {
        do {
            return try evaluator.losses(coefficients)
        } catch {
            return nil
        }
    }

    /// Least squares between bounds: a variable that would leave its bounds is held there, and the rest is solved
    /// again.
    private func solve(_ columns: [[Double]], _ base: [Double], _ rowWeights: [Double]) -> [Double]? {
        let m = columns.count
        var matrix = [Double](repeating: 0, count: m * m)
        var right = [Double](repeating: 0, count: m)
        for i in 0..<m {
            for row in losses.indices {
                right[i] += rowWeights[row] * columns[i][row] * (losses[row] - base[row])
            }
            for j in 0...i {
                var sum = 0.0
                for row in losses.indices { sum += rowWeights[row] * columns[i][row] * columns[j][row] }
                matrix[i * m + j] = sum
                matrix[j * m + i] = sum
            }
        }
        var fixed: [Int: Double] = [:]
        while true {
            let free = (0..<m).filter { fixed[$0] == nil }
            var solution = (0..<m).map { fixed[$0] ?? 0 }
            if free.isEmpty { return solution }
            var part = [Double](repeating: 0, count: free.count * free.count)
            var partRight = [Double](repeating: 0, count: free.count)
            for (a, i) in free.enumerated() {
                partRight[a] = right[i]
                for (j, value) in fixed.sorted(by: { $0.key < $1.key }) { partRight[a] -= matrix[i * m + j] * value }
                for (b, j) in free.enumerated() { part[a * free.count + b] = matrix[i * m + j] }
            }
            guard let solved = SymmetricSystem.solve(part, partRight, ridge: 1e-12) else { return nil }
            var worst: (position: Int, bound: Double, excess: Double)?
            for (a, i) in free.enumerated() {
                solution[i] = solved[a]
                let variable = space.variables[linear[i]]
                let (low, high) = (variable.value(of: variable.lower), variable.value(of: variable.upper))
                let excess = Swift.max(low - solved[a], solved[a] - high)
                if excess > 0, excess > (worst?.excess ?? 0) {
                    // A factor of 0 has no logarithm to continue from, so it keeps a small value.
                    let trace = variable.isLogarithm ? variable.value(of: variable.start.lowerBound) : low
                    worst = (i, solved[a] < low ? trace : high, excess)
                }
            }
            guard let worst else { return solution }
            fixed[worst.position] = worst.bound
        }
    }
}
