import ScalingLaws

/// The objective of a fit over its variables: it compares the law's predictions for the runs with the measurements.
///
/// It holds an evaluator and scratch space, so only one thread may use it.
final class FitProblem: MinimizationProblem {
    let space: FitSpace
    private(set) var lowerBounds: [Double]
    private(set) var upperBounds: [Double]
    /// Logarithms of the measured losses.
    let measured: [Double]
    /// The weight of each run: the table's, or how often a resample drew it.
    var weights: [Double] {
        didSet { precondition(weights.count == measured.count, "a weight per run") }
    }
    /// Huber's delta; infinite for squares.
    var delta: Double { didSet { priorWeight = prior.weight(delta: delta) } }
    /// The prior knowledge, before the runs.
    var prior: FitPrior {
        didSet {
            priorWeight = prior.weight(delta: delta)
            hasPrior = !prior.isEmpty
        }
    }
    private var priorWeight = 0.0
    /// Whether there is a prior; loops without one skip its cost, since most fits have none.
    private var hasPrior: Bool
    /// How often the law was evaluated on all runs.
    private(set) var evaluations = 0

    private let evaluator: TableEvaluator
    private var predicted: [Double]
    private var seeds: [Double]
    private var jacobianColumns: [Double]

    init(
        _ space: FitSpace, table: RunTable, measured: [Double], weights: [Double], delta: Double,
        prior: FitPrior = FitPrior()
    ) throws(FittingError) {
        precondition(measured.count == table.count && weights.count == table.count, "a loss and a weight per run")
        self.space = space
        self.measured = measured
        self.weights = weights
        self.delta = delta
        self.prior = prior
        hasPrior = !prior.isEmpty
        priorWeight = prior.weight(delta: delta)
        lowerBounds = space.variables.map(\.lower)
        upperBounds = space.variables.map(\.upper)
        do {
            evaluator = try TableEvaluator(space.logLoss, table)
        } catch {
            throw .law(error)
        }
        predicted = [Double](repeating: 0, count: table.count)
        seeds = predicted
        jacobianColumns = [Double](repeating: 0, count: table.count * space.count)
    }

    /// Holds a variable at a value.
    func hold(_ position: Int, at value: Double) {
        lowerBounds[position] = value
        upperBounds[position] = value
    }

    /// Frees a held variable to move between its bounds again.
    func release(_ position: Int) {
        lowerBounds[position] = space.variables[position].lower
        upperBounds[position] = space.variables[position].upper
    }

    /// How many runs there are.
    var runCount: Int { measured.count }

    /// The value without derivatives; infinite where the law has none.
    func value(_ x: [Double]) -> Double {
        guard predict(x) else { return .infinity }
        let sum = sumAndSeed() + (hasPrior ? priorValue(x) : 0)
        return sum.isFinite ? sum : .infinity
    }

    func evaluate(_ x: [Double], gradient: inout [Double]) -> Double {
        guard predict(x) else { return .infinity }
        var sum = sumAndSeed()
        guard Self.pullback(evaluator, seeds, into: &gradient) else { return .infinity }
        for row in hasPrior ? prior.rows : [] {
            let deviation = Self.deviation(row, x)
            sum += 0.5 * priorWeight * deviation * deviation
            for i in gradient.indices { gradient[i] += priorWeight * deviation / row.width * row.slopes[i] }
        }
        return sum.isFinite ? sum : .infinity
    }

    private func priorValue(_ x: [Double]) -> Double {
        prior.rows.reduce(0) { sum, row in
            let deviation = Self.deviation(row, x)
            return sum + 0.5 * priorWeight * deviation * deviation
        }
    }

    /// How many widths a quantity is from its center.
    private static func deviation(_ row: FitPrior.Row, _ x: [Double]) -> Double {
        var value = -row.center
        for i in x.indices { value += row.slopes[i] * x[i] }
        return value / row.width
    }

    /// The objective at the last predictions; its slopes in the predictions go to `seeds`.
    ///
    /// Written for vectors: two sums side by side, no branches. All buffers have one element per run, which the
    /// initialiser checks and nothing changes, so rows need no bounds checks.
    private func sumAndSeed() -> Double {
        let delta = delta
        let count = measured.count
        return measured.withUnsafeBufferPointer { measured in
            weights.withUnsafeBufferPointer { weights in
                predicted.withUnsafeBufferPointer { predicted in
                    seeds.withUnsafeMutableBufferPointer { seeds in
                        var even = 0.0
                        var odd = 0.0
                        @inline(__always) func part(_ row: Int) -> Double {
                            let residual = predicted[row] - measured[row]
                            let below = residual > delta ? delta : residual
                            let clipped = below < -delta ? -delta : below
                            let seed = weights[row] * clipped
                            seeds[row] = seed
                            return seed * (residual - 0.5 * clipped)
                        }
                        var row = 0
                        while row &+ 2 <= count {
                            even += part(row)
                            odd += part(row &+ 1)
                            row &+= 2
                        }
                        if row < count { even += part(row) }
                        return even + odd
                    }
                }
            }
        }
    }

    private func predict(_ x: [Double]) -> Bool {
        evaluations += 1
        return Self.losses(evaluator, x, into: &predicted)
    }

    // A place where the law has no value is no error in a search, only a bad place.

    private static func losses(_ evaluator: TableEvaluator, _ x: [Double], into losses: inout [Double]) -> Bool {
        var span = losses.mutableSpan
        do {
            try evaluator.losses(x.span, into: &span)
            return true
        } catch {
            return false
        }
    }

    private static func pullback(_ evaluator: TableEvaluator, _ seeds: [Double], into slopes: inout [Double]) -> Bool {
        var span = slopes.mutableSpan
        do {
            try evaluator.pullback(seeds.span, into: &span)
            return true
        } catch {
            return false
        }
    }

    private static func jacobian(_ evaluator: TableEvaluator, into columns: inout [Double]) -> Bool {
        var span = columns.mutableSpan
        do {
            try evaluator.jacobian(into: &span)
            return true
        } catch {
            return false
        }
    }

    /// Predicted minus measured log loss of each run, or `nil` where the law has no value.
    func residuals(_ x: [Double]) -> [Double]? {
        guard predict(x) else { return nil }
        return zip(predicted, measured).map { $0 - $1 }
    }

    /// The slopes of each run's log loss in each variable: all runs for the first variable, then the second, and so on.
    func jacobian(_ x: [Double]) -> [Double]? {
        guard predict(x), Self.jacobian(evaluator, into: &jacobianColumns) else { return nil }
        return jacobianColumns
    }

    /// The input of one iteration of reweighted least squares.
    struct Linearization {
        /// The objective.
        var value: Double
        /// Its slopes.
        var gradient: [Double]
        /// Σ JᵀJ over runs within delta: the objective's own curvature, without second derivatives of the law.
        var inner: [Double]
        /// Σ JᵀJ with runs beyond delta weighted by delta over their error: a curvature that overestimates.
        var outer: [Double]
    }

    func linearization(_ x: [Double]) -> Linearization? {
        guard predict(x), Self.jacobian(evaluator, into: &jacobianColumns) else { return nil }
        let n = space.count
        let rows = measured.count
        let delta = delta
        var result = Linearization(
            value: 0, gradient: [Double](repeating: 0, count: n), inner: [Double](repeating: 0, count: n * n),
            outer: [Double](repeating: 0, count: n * n))
        var far = [Double](repeating: 0, count: rows)
        for row in 0..<rows {
            let residual = predicted[row] - measured[row]
            let size = abs(residual)
            let clipped = Swift.min(Swift.max(residual, -delta), delta)
            result.value += weights[row] * clipped * (residual - 0.5 * clipped)
            seeds[row] = weights[row] * clipped
            far[row] = size <= delta ? 0 : weights[row] * delta / size
        }
        jacobianColumns.withUnsafeBufferPointer { columns in
            for i in 0..<n {
                var slope = 0.0
                for row in 0..<rows { slope += columns[i * rows + row] * seeds[row] }
                result.gradient[i] = slope
                for j in 0...i {
                    var near = 0.0
                    var beyond = 0.0
                    for row in 0..<rows {
                        let product = columns[i * rows + row] * columns[j * rows + row]
                        // A run is either within delta or beyond it.
                        near += far[row] == 0 ? weights[row] * product : 0
                        beyond += far[row] * product
                    }
                    result.inner[i * n + j] = near
                    result.inner[j * n + i] = near
                    result.outer[i * n + j] = near + beyond
                    result.outer[j * n + i] = near + beyond
                }
            }
        }
        for row in hasPrior ? prior.rows : [] {
            let deviation = Self.deviation(row, x)
            result.value += 0.5 * priorWeight * deviation * deviation
            for i in 0..<n where row.slopes[i] != 0 {
                result.gradient[i] += priorWeight * deviation / row.width * row.slopes[i]
                for j in 0..<n {
                    let curvature = priorWeight * row.slopes[i] * row.slopes[j] / (row.width * row.width)
                    result.inner[i * n + j] += curvature
                    result.outer[i * n + j] += curvature
                }
            }
        }
        return result.value.isFinite && result.gradient.allSatisfy(\.isFinite) ? result : nil
    }
}
