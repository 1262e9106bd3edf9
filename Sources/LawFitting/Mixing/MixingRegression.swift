import ScalingLaws

/// Robust regression of c + exp(t · w) by damped, reweighted least squares from several floors.
struct MixingRegression {
    private let rows: [[Double]]
    private let losses: [Double]
    private let delta: Double

    init(_ rows: [[Double]], _ losses: [Double], delta: Double = MixingLawFit.huberDelta) {
        self.rows = rows
        self.losses = losses
        self.delta = delta
    }

    /// The law of the least robust loss over all starts; `nil` if none is finite.
    func fitted() -> MixingLaw? {
        guard let least = losses.min(), let most = losses.max() else { return nil }
        let spread = Swift.max(most - least, 1e-6 * abs(most))
        var best: (law: MixingLaw, value: Double)?
        for distance in [0.1, 0.5, 2] {
            // Far below the data the exponential is nearly straight, near them it is curved.
            guard let start = logarithmicFit(floor: least - distance * spread),
                let found = descended(from: start), found.value < best?.value ?? .infinity
            else { continue }
            best = found
        }
        return best?.law
    }

    /// The straight line through ln(L − c).
    private func logarithmicFit(floor: Double) -> MixingLaw? {
        let count = rows[0].count
        var matrix = [Double](repeating: 0, count: count * count)
        var right = [Double](repeating: 0, count: count)
        for (row, loss) in zip(rows, losses) {
            let target = Elementary.log(loss - floor)
            // Weighted so that errors count as they do in the loss itself.
            let weight = (loss - floor) * (loss - floor)
            for i in 0..<count where row[i] != 0 {
                right[i] += weight * row[i] * target
                for j in 0...i { matrix[i * count + j] += weight * row[i] * row[j] }
            }
        }
        Self.mirror(&matrix, count)
        guard let slopes = SymmetricSystem.solve(matrix, right, ridge: 1e-9) else { return nil }
        return MixingLaw(floor: floor, slopes: slopes)
    }

    /// The robust loss of a law.
    private func value(_ law: MixingLaw) -> Double {
        var sum = 0.0
        for (row, loss) in zip(rows, losses) {
            let residual = abs(law.loss(row) - loss)
            sum += residual <= delta ? 0.5 * residual * residual : delta * (residual - 0.5 * delta)
        }
        return sum.isFinite ? sum : .infinity
    }

    private func descended(from start: MixingLaw) -> (law: MixingLaw, value: Double)? {
        var law = start
        var value = value(law)
        guard value < .infinity else { return nil }
        var damping = 1e-3
        for _ in 0..<60 {
            let (matrix, gradient) = normalEquations(law)
            let count = gradient.count
            var improved = false
            while damping < 1e8 {
                var damped = matrix
                for i in 0..<count { damped[i * count + i] += damping * Swift.max(matrix[i * count + i], 1e-12) }
                guard let step = SymmetricSystem.solve(damped, gradient, ridge: 1e-13) else {
                    damping *= 10
                    continue
                }
                var trial = law
                trial.floor += step[0]
                for i in 1..<count { trial.slopes[i - 1] += step[i] }
                let trialValue = self.value(trial)
                if trialValue < value {
                    let gain = value - trialValue
                    (law, value) = (trial, trialValue)
                    damping = Swift.max(damping * 0.2, 1e-10)
                    if gain < 1e-9 * value { return (law, value) }
                    improved = true
                    break
                }
                damping *= 8
            }
            if !improved { break }
        }
        return (law, value)
    }

    /// Reweighted normal equations: curvature and descent direction in (c, t).
    private func normalEquations(_ law: MixingLaw) -> (matrix: [Double], gradient: [Double]) {
        let count = rows[0].count + 1
        var matrix = [Double](repeating: 0, count: count * count)
        var gradient = [Double](repeating: 0, count: count)
        for (row, loss) in zip(rows, losses) {
            let excess = law.excess(row)
            let residual = law.floor + excess - loss
            let weight = abs(residual) <= delta ? 1 : delta / abs(residual)
            matrix[0] += weight
            gradient[0] -= weight * residual
            for i in row.indices where row[i] != 0 {
                let slope = weight * excess * row[i]
                gradient[i + 1] -= slope * residual
                matrix[(i + 1) * count] += slope
                for j in 0...i { matrix[(i + 1) * count + j + 1] += slope * excess * row[j] }
            }
        }
        Self.mirror(&matrix, count)
        return (matrix, gradient)
    }

    private static func mirror(_ matrix: inout [Double], _ count: Int) {
        for i in 0..<count {
            for j in 0..<i { matrix[j * count + i] = matrix[i * count + j] }
        }
    }
}
