import ScalingLaws

/// The robust loss of source values over pilots, with slopes.
///
/// Variables: ln E, ln B, α, ln r₁, ln τ of each source, and where sizes vary ln C, β, δ. Tokens and sizes are taken
/// relative to their middles, so that all variables are of about one size.
final class SourceValueProblem: MinimizationProblem {
    struct Row {
        /// w·D/U of each source.
        var epochs: [Double]
        var uniqueTokens: [Double]
        var parameters: Double
        var loss: Double

        init(_ run: MixturePilots.Run, target: Int) {
            uniqueTokens = run.uniqueTokens ?? []
            let tokens = run.tokens ?? 0
            epochs = zip(run.weights, uniqueTokens).map { $0 * tokens / $1 }
            parameters = run.parameters ?? 1
            loss = run.losses[target]
        }
    }

    /// The result of the fit, which can predict losses.
    struct Found {
        var values: [Double]
        var decay: Double
        var floor: Double
        var exponent: Double
        fileprivate var variables: [Double]
        fileprivate var problem: SourceValueProblem

        func loss(_ row: Row) -> Double {
            var slopes = [Double](repeating: 0, count: variables.count)
            return problem.loss(row, variables, slopes: &slopes)
        }
    }

    private let rows: [Row]
    private let variesSize: Bool
    private let count: Int
    private let tokenScale: Double
    private let sizeScale: Double

    init(_ rows: [Row], variesSize: Bool) {
        self.rows = rows
        self.variesSize = variesSize
        count = rows.first?.uniqueTokens.count ?? 0
        let tokens = rows.map { row in zip(row.epochs, row.uniqueTokens).reduce(0) { $0 + $1.0 * $1.1 } }
        tokenScale = OrderStatistics.median(tokens)
        sizeScale = OrderStatistics.median(rows.map(\.parameters))
    }

    var lowerBounds: [Double] {
        let common = [-8, -14, 0.02, -1.5] + [Double](repeating: -7, count: count)
        return variesSize ? common + [-14, 0.02, -0.5] : common
    }

    var upperBounds: [Double] {
        let common = [4, 6, 2, 5.5] + [Double](repeating: 7, count: count)
        return variesSize ? common + [6, 2, 0.5] : common
    }

    /// The loss of a run, and its slopes in the variables.
    fileprivate func loss(_ row: Row, _ x: [Double], slopes: inout [Double]) -> Double {
        let (floor, scale, exponent, decay) = (Elementary.exp(x[0]), Elementary.exp(x[1]), x[2], Elementary.exp(x[3]))
        var effective = 0.0
        var byDecay = 0.0
        for k in 0..<count {
            let unique = row.uniqueTokens[k] / tokenScale
            let value = Elementary.exp(x[4 + k])
            var worth = row.epochs[k]
            if worth > 1 {
                let repeats = worth - 1
                let left = Elementary.exp(-repeats / decay)
                worth = 1 - decay * Elementary.expMinusOne(-repeats / decay)
                byDecay += value * unique * (1 - left * (1 + repeats / decay)) * decay
            }
            slopes[4 + k] = value * unique * worth
            effective += slopes[4 + k]
        }
        guard effective > 0 else { return .infinity }
        let logEffective = Elementary.log(effective)
        let logSize = variesSize ? Elementary.log(row.parameters / sizeScale) : 0
        let delta = variesSize ? x[6 + count] : 0
        let data = scale * Elementary.exp(delta * logSize - exponent * logEffective)
        let byEffective = -exponent * data / effective
        slopes[0] = floor
        slopes[1] = data
        slopes[2] = -data * logEffective
        slopes[3] = byEffective * byDecay
        for k in 0..<count { slopes[4 + k] *= byEffective }
        var loss = floor + data
        if variesSize {
            let size = Elementary.exp(x[4 + count] - x[5 + count] * logSize)
            slopes[4 + count] = size
            slopes[5 + count] = -size * logSize
            slopes[6 + count] = data * logSize
            loss += size
        }
        return loss
    }

    func evaluate(_ x: [Double], gradient: inout [Double]) -> Double {
        for index in gradient.indices { gradient[index] = 0 }
        var slopes = [Double](repeating: 0, count: x.count)
        var sum = 0.0
        let delta = SourceValueFit.huberDelta
        for row in rows {
            let loss = loss(row, x, slopes: &slopes)
            guard loss > 0, loss < .infinity else { return .infinity }
            let residual = Elementary.log(loss / row.loss)
            let size = abs(residual)
            sum += size <= delta ? 0.5 * residual * residual : delta * (size - 0.5 * delta)
            let slope = (size <= delta ? residual : residual > 0 ? delta : -delta) / loss
            for index in slopes.indices { gradient[index] += slope * slopes[index] }
        }
        // A common factor of the values is equivalent to one of B, so the mean of their logarithms is held near 0.
        var mean = 0.0
        for k in 0..<count { mean += x[4 + k] }
        let weight = 1e-3 * delta
        sum += weight * mean * mean
        for k in 0..<count { gradient[4 + k] += 2 * weight * mean }
        return sum
    }

    func fitted() -> Found? {
        guard let least = rows.map(\.loss).min(), count > 0 else { return nil }
        var minimizer = BoundedLBFGS()
        minimizer.valueTolerance = 1e-14
        minimizer.valueScale = 0
        minimizer.gradientTolerance = 1e-10
        minimizer.iterationLimit = 600
        var best: (x: [Double], value: Double)?
        for exponent in [0.2, 0.5] {
            for decay in [4.0, 15] {
                for share in [0.5, 0.9] {
                    var start = [
                        Elementary.log(share * least), Elementary.log((1 - share) * least), exponent,
                        Elementary.log(decay),
                    ]
                    start += [Double](repeating: 0, count: count)
                    if variesSize { start += [Elementary.log((1 - share) * least * 0.5), 0.3, 0] }
                    let result = minimizer.minimize(self, from: start)
                    guard result.value < best?.value ?? .infinity else { continue }
                    best = (result.x, result.value)
                }
            }
        }
        guard let x = best?.x else { return nil }
        let raw = (0..<count).map { Elementary.exp(x[4 + $0]) }
        let mean = raw.reduce(0, +) / Double(count)
        return Found(
            values: raw.map { $0 / mean }, decay: Elementary.exp(x[3]), floor: Elementary.exp(x[0]), exponent: x[2],
            variables: x, problem: self)
    }
}
