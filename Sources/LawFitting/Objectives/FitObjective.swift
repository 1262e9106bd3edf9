/// The objective that a fit minimises: a sum, over the runs, of a function of ln(predicted loss) − ln(measured loss).
public enum FitObjective: Sendable, Hashable {
    /// Huber's loss: half the square of errors up to delta, and delta times the error beyond.
    ///
    /// Summed over runs, never averaged: averaging makes the sum so small that minimisers stop early (Besiroglu et al.
    /// 2024, arXiv:2404.10102, on the fit of Hoffmann et al. 2022).
    case huber(delta: Double)

    /// Half the squared error.
    case squares

    /// The absolute error.
    case absolute

    /// Hoffmann's choice: Huber with delta = 1e-3 (arXiv:2203.15556, section 3.3).
    public static let standard = FitObjective.huber(delta: 1e-3)

    /// The objective in words, as provenance states it.
    public var summary: String {
        switch self {
        case .huber(let delta): "Huber \(delta) on log loss, summed"
        case .squares: "squares on log loss, summed"
        case .absolute: "absolute errors on log loss, summed"
        }
    }

    /// The contribution of one run with this residual.
    public func value(_ residual: Double) -> Double {
        switch self {
        case .huber(let delta):
            let size = abs(residual)
            return size <= delta ? 0.5 * residual * residual : delta * (size - 0.5 * delta)
        case .squares: return 0.5 * residual * residual
        case .absolute: return abs(residual)
        }
    }

    func validate() throws(FittingError) {
        if case .huber(let delta) = self {
            guard delta > 0, delta < .infinity else {
                throw .unusableOption("delta", reason: "must be a positive number, not \(delta)")
            }
        }
    }

    /// The sequence of Huber deltas that a minimiser uses.
    ///
    /// The last one gives the result.
    ///
    /// Absolute errors have a kink at 0, so they are approached by Huber's loss over delta, with ever smaller deltas.
    var stages: [Double] {
        switch self {
        case .huber(let delta):
            var stages: [Double] = []
            var stage = 1e-3
            while stage > delta * 1.5 {
                stages.append(stage)
                stage /= 10
            }
            return stages + [delta]
        case .squares: return [.infinity]
        case .absolute: return [1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8]
        }
    }
}
