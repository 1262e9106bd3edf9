/// Minimises a robust sum by damped Newton steps on the runs within delta, stabilised by reweighted least squares.
///
/// The curvature of Huber's objective comes only from the runs within delta. If they are few, it may be singular. The
/// reweighted curvature also counts the other runs, with a weight of delta over their error, and never underestimates.
/// Adding a large enough part of it makes every step a descent, as damping does in the Levenberg–Marquardt method.
struct ReweightedLeastSquares {
    var iterationLimit = 200

    /// Stops when a full step promises to gain less than this share of the value.
    var tolerance = 1e-13

    struct Result {
        var x: [Double]
        var value: Double
        var iterations: Int
        /// Whether the tolerance was met.
        var converged: Bool
    }

    func minimize(_ problem: FitProblem, from start: [Double]) -> Result {
        let n = start.count
        let lower = problem.lowerBounds
        let upper = problem.upperBounds
        var x = start
        for i in 0..<n { x[i] = Swift.min(Swift.max(x[i], lower[i]), upper[i]) }
        guard var state = problem.linearization(x) else {
            return Result(x: x, value: .infinity, iterations: 0, converged: false)
        }
        var damping = 0.3
        var iteration = 0
        var small = 0
        while iteration < iterationLimit {
            iteration += 1
            let free = (0..<n).filter {
                lower[$0] < upper[$0] && !BoundedLBFGS.isHeld(x[$0], state.gradient[$0], lower[$0], upper[$0])
            }
            if free.isEmpty { return Result(x: x, value: state.value, iterations: iteration, converged: true) }
            var moved = false
            while damping < 1e10 {
                let m = free.count
                var matrix = [Double](repeating: 0, count: m * m)
                var right = [Double](repeating: 0, count: m)
                for (a, i) in free.enumerated() {
                    right[a] = -state.gradient[i]
                    for (b, j) in free.enumerated() {
                        matrix[a * m + b] = state.inner[i * n + j] + damping * state.outer[i * n + j]
                    }
                    // A variable on which nothing depends must not move.
                    if matrix[a * m + a] == 0 { matrix[a * m + a] = 1 }
                }
                guard let step = SymmetricSystem.solve(matrix, right, ridge: 1e-12 * (1 + damping)) else {
                    damping = Swift.max(damping * 10, 1e-6)
                    continue
                }
                var trial = x
                var promised = 0.0
                for (a, i) in free.enumerated() {
                    trial[i] = Swift.min(Swift.max(x[i] + step[a], lower[i]), upper[i])
                    promised -= 0.5 * state.gradient[i] * (trial[i] - x[i])
                }
                if promised <= tolerance * state.value, damping <= 1 {
                    return Result(x: x, value: state.value, iterations: iteration, converged: true)
                }
                if trial == x { return Result(x: x, value: state.value, iterations: iteration, converged: true) }
                let value = problem.value(trial)
                if value < state.value {
                    let gain = state.value - value
                    guard let next = problem.linearization(trial) else { break }
                    small = gain <= tolerance * value ? small + 1 : 0
                    x = trial
                    state = next
                    damping = gain > 0.25 * promised ? Swift.max(damping * 0.2, 1e-9) : damping
                    moved = true
                    break
                }
                damping *= 6
            }
            if !moved || small >= 3 {
                return Result(x: x, value: state.value, iterations: iteration, converged: !moved || small >= 3)
            }
        }
        return Result(x: x, value: state.value, iterations: iteration, converged: false)
    }
}
