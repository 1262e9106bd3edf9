/// Minimises by the limited-memory BFGS method between bounds.
///
/// The method of Liu and Nocedal 1989 (Mathematical Programming 45) on the variables that are not held at a bound, with
/// a line search for the strong Wolfe conditions (Nocedal and Wright, Numerical Optimization, algorithms 3.5 and 3.6)
/// along the part of the line between the bounds. Deterministic.
struct BoundedLBFGS {
    /// Steps remembered.
    var memory = 10

    /// Iterations at most.
    var iterationLimit = 1_000

    /// Stops when an iteration gains less than this times the largest of both values and `valueScale`.
    var valueTolerance = 2.220446049250313e-09

    /// The least size that gains are measured against; SciPy takes 1.
    var valueScale = 1.0

    /// Stops when no slope that may be followed is larger.
    var gradientTolerance = 1e-5

    /// The point at which a minimisation ended.
    struct Result {
        var x: [Double]
        var value: Double
        var evaluations: Int
        var iterations: Int
    }

    func minimize(_ problem: some MinimizationProblem, from start: [Double]) -> Result {
        let n = start.count
        let lower = problem.lowerBounds
        let upper = problem.upperBounds
        var x = start
        for i in 0..<n { x[i] = Swift.min(Swift.max(x[i], lower[i]), upper[i]) }
        var gradient = [Double](repeating: 0, count: n)
        var value = problem.evaluate(x, gradient: &gradient)
        var evaluations = 1
        var steps: [[Double]] = []
        var changes: [[Double]] = []
        var curvatures: [Double] = []
        var direction = [Double](repeating: 0, count: n)
        var alphas = [Double](repeating: 0, count: memory)
        var trialGradient = gradient
        var trial = x
        guard value.isFinite else { return Result(x: x, value: value, evaluations: evaluations, iterations: 0) }

        var iteration = 0
        while iteration < iterationLimit {
            var largest = 0.0
            for i in 0..<n where !Self.isHeld(x[i], gradient[i], lower[i], upper[i]) {
                largest = Swift.max(largest, abs(gradient[i]))
            }
            if largest <= gradientTolerance { break }
            iteration += 1

            // The two-loop recursion, on the variables that may move.
            for i in 0..<n {
                direction[i] = Self.isHeld(x[i], gradient[i], lower[i], upper[i]) ? 0 : -gradient[i]
            }
            for k in stride(from: steps.count - 1, through: 0, by: -1) {
                alphas[k] = Self.dot(steps[k], direction) * curvatures[k]
                Self.add(-alphas[k], changes[k], to: &direction)
            }
            if let change = changes.last, let step = steps.last {
                let scale = Self.dot(step, change) / Self.dot(change, change)
                for i in 0..<n { direction[i] *= scale }
            }
            for k in steps.indices {
                let beta = Self.dot(changes[k], direction) * curvatures[k]
                Self.add(alphas[k] - beta, steps[k], to: &direction)
            }
            var longest = Double.infinity
            for i in 0..<n {
                if Self.isHeld(x[i], gradient[i], lower[i], upper[i])
                    || (direction[i] < 0 && x[i] <= lower[i]) || (direction[i] > 0 && x[i] >= upper[i])
                {
                    direction[i] = 0
                } else if direction[i] < 0 {
                    longest = Swift.min(longest, (lower[i] - x[i]) / direction[i])
                } else if direction[i] > 0 {
                    longest = Swift.min(longest, (upper[i] - x[i]) / direction[i])
                }
            }
            let slope = Self.dot(direction, gradient)
            guard slope < 0, slope.isFinite else {
                if steps.isEmpty { break }
                steps.removeAll(keepingCapacity: true)
                changes.removeAll(keepingCapacity: true)
                curvatures.removeAll(keepingCapacity: true)
                continue
            }

            var size = 1.0
            if steps.isEmpty { size = Swift.min(1, 1 / Self.dot(direction, direction).squareRoot()) }
            var search = LineSearch(value: value, slope: slope, step: Swift.min(size, longest), longest: longest)
            var accepted: Double?
            while evaluations < 40 * iterationLimit {
                for i in 0..<n {
                    trial[i] = Swift.min(Swift.max(x[i] + search.step * direction[i], lower[i]), upper[i])
                }
                let trialValue = problem.evaluate(trial, gradient: &trialGradient)
                evaluations += 1
                let outcome = search.judge(trialValue, slope: Self.dot(trialGradient, direction))
                if outcome == .accept {
                    accepted = trialValue
                    break
                }
                if outcome == .giveUp { break }
            }
            guard let newValue = accepted else {
                // No progress in this direction: drop the past steps and try once more; without past steps, this is the
                // minimum.
                if steps.isEmpty { break }
                steps.removeAll(keepingCapacity: true)
                changes.removeAll(keepingCapacity: true)
                curvatures.removeAll(keepingCapacity: true)
                continue
            }
            var step = trial
            Self.add(-1, x, to: &step)
            var change = trialGradient
            Self.add(-1, gradient, to: &change)
            let curvature = Self.dot(step, change)
            if curvature > 2.2e-16 * Self.dot(change, change) {
                if steps.count == memory {
                    steps.removeFirst()
                    changes.removeFirst()
                    curvatures.removeFirst()
                }
                steps.append(step)
                changes.append(change)
                curvatures.append(1 / curvature)
            }
            let gain = value - newValue
            let scale = Swift.max(Swift.max(abs(value), abs(newValue)), valueScale)
            swap(&x, &trial)
            swap(&gradient, &trialGradient)
            value = newValue
            if gain <= valueTolerance * scale { break }
        }
        return Result(x: x, value: value, evaluations: evaluations, iterations: iteration)
    }

    @inline(__always)
    static func isHeld(_ x: Double, _ slope: Double, _ lower: Double, _ upper: Double) -> Bool {
        (x <= lower && slope > 0) || (x >= upper && slope < 0)
    }

    @inline(__always)
    private static func dot(_ a: [Double], _ b: [Double]) -> Double {
        var sum = 0.0
        for i in 0..<a.count { sum += a[i] * b[i] }
        return sum
    }

    @inline(__always)
    private static func add(_ factor: Double, _ a: [Double], to b: inout [Double]) {
        for i in 0..<a.count { b[i] += factor * a[i] }
    }
}
