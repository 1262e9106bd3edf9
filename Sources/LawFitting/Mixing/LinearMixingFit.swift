/// A straight line through the losses of pilots, L(w) = t · w, as a comparison for mixing laws.
///
/// Fitted by ordinary least squares. Since weights add up to 1, t includes the intercept.
///
/// Source: the linear regression that RegMix compares with (Liu et al. 2024, arXiv:2407.01492, section 3).
public struct LinearMixingFit: Sendable, Hashable {
    /// t, a slope for each source.
    public let slopes: [Double]

    /// Fits a line to one target's losses.
    ///
    /// - Parameters:
    ///   - pilots: The runs.
    ///   - target: The target's index among the pilots' targets.
    /// - Throws: ``FittingError/tooFewRuns(_:coefficients:)`` for fewer runs than sources, and
    ///   ``FittingError/noFit(law:reason:)`` for sources that no run separates.
    /// - Complexity: O(*n*·*k*²) for *n* runs and *k* sources.
    public init(_ pilots: MixturePilots, target: Int = 0) throws(FittingError) {
        guard pilots.runs.count >= pilots.sources.count else {
            throw .tooFewRuns(pilots.runs.count, coefficients: pilots.sources.map { "t_" + $0 })
        }
        guard let slopes = Self.fitted(pilots.runs.map(\.weights), pilots.runs.map { $0.losses[target] }) else {
            throw .noFit(law: "straight line", reason: "the pilots' weights do not tell their sources apart")
        }
        self.slopes = slopes
    }

    /// The loss of a mixture.
    ///
    /// - Parameter weights: A weight for each source.
    /// - Returns: t · w.
    public func loss(_ weights: [Double]) -> Double { Self.loss(weights, slopes) }

    static func loss(_ weights: [Double], _ slopes: [Double]) -> Double {
        zip(weights, slopes).reduce(0) { $0 + $1.0 * $1.1 }
    }

    /// The line of least squares; `nil` where the rows do not settle it.
    static func fitted(_ rows: [[Double]], _ losses: [Double]) -> [Double]? {
        let count = rows.first?.count ?? 0
        var matrix = [Double](repeating: 0, count: count * count)
        var right = [Double](repeating: 0, count: count)
        for (row, loss) in zip(rows, losses) {
            for i in 0..<count where row[i] != 0 {
                right[i] += row[i] * loss
                for j in 0...i { matrix[i * count + j] += row[i] * row[j] }
            }
        }
        return SymmetricSystem.solve(matrix, right, ridge: 1e-12)
    }
}
