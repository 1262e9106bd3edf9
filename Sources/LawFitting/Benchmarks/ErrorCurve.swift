import ScalingLaws

/// The error on a benchmark as a function of the loss, which rises with the loss to the error of guessing.
///
/// - ``Form/exponential``: c − k·e^(−γ·L). Source: Gadre et al. 2024, arXiv:2403.08540, equation 5.
/// - ``Form/logistic``: f + (c − f) / (1 + e^(−s·(L − m))). Source: Bhagia et al. 2024, arXiv:2412.04403, equation 3, for
///   accuracy.
public struct ErrorCurve: Sendable, Hashable {
    /// The shape of a curve.
    public enum Form: String, Sendable, Hashable, CaseIterable {
        /// c, k and γ.
        case exponential

        /// f, c, s and m.
        case logistic

        /// The names of the coefficients, in their order.
        public var coefficientNames: [String] {
            switch self {
            case .exponential: ["c", "k", "gamma"]
            case .logistic: ["f", "c", "s", "m"]
            }
        }

        /// The curve as a formula.
        public var formula: String {
            switch self {
            case .exponential: "c - k*exp(-gamma*L)"
            case .logistic: "f + (c - f)/(1 + exp(-s*(L - m)))"
            }
        }
    }

    /// The shape.
    public let form: Form

    /// The coefficients, in the order of the form's names.
    public let coefficients: [Double]

    /// Creates a curve.
    ///
    /// - Precondition: There is one coefficient for each name of the form.
    public init(_ form: Form, _ coefficients: [Double]) {
        precondition(coefficients.count == form.coefficientNames.count, "a value for each coefficient")
        self.form = form
        self.coefficients = coefficients
    }

    /// The error at a loss.
    public func error(at loss: Double) -> Double {
        switch form {
        case .exponential: coefficients[0] - coefficients[1] * Elementary.exp(-coefficients[2] * loss)
        case .logistic:
            coefficients[0] + (coefficients[1] - coefficients[0])
                * Self.step(coefficients[2] * (loss - coefficients[3]))
        }
    }

    /// The loss at which the curve has an error; `nil` if it never has that error.
    public func loss(at error: Double) -> Double? {
        let loss: Double
        switch form {
        case .exponential:
            let (c, k, gamma) = (coefficients[0], coefficients[1], coefficients[2])
            guard error < c, k > 0, gamma > 0 else { return nil }
            loss = -Elementary.log((c - error) / k) / gamma
        case .logistic:
            let (f, c, s, m) = (coefficients[0], coefficients[1], coefficients[2], coefficients[3])
            guard error > f, error < c, s > 0 else { return nil }
            loss = m + Elementary.log((error - f) / (c - error)) / s
        }
        return loss.isFinite ? loss : nil
    }

    /// The derivative of the error by the loss.
    public func slope(at loss: Double) -> Double {
        switch form {
        case .exponential: return coefficients[1] * coefficients[2] * Elementary.exp(-coefficients[2] * loss)
        case .logistic:
            let step = Self.step(coefficients[2] * (loss - coefficients[3]))
            return (coefficients[1] - coefficients[0]) * coefficients[2] * step * (1 - step)
        }
    }

    /// The derivatives of the error by each coefficient.
    func gradient(at loss: Double) -> [Double] {
        switch form {
        case .exponential:
            let decay = Elementary.exp(-coefficients[2] * loss)
            return [1, -decay, coefficients[1] * loss * decay]
        case .logistic:
            let step = Self.step(coefficients[2] * (loss - coefficients[3]))
            let inner = (coefficients[1] - coefficients[0]) * step * (1 - step)
            return [1 - step, step, inner * (loss - coefficients[3]), -inner * coefficients[2]]
        }
    }

    /// The sum of the squared errors around the curve.
    func squares(over points: [BenchmarkRuns.Point]) -> Double {
        points.reduce(0) { sum, point in
            let residual = error(at: point.loss) - point.error
            return sum + residual * residual
        }
    }

    /// The logistic function.
    static func step(_ x: Double) -> Double { 1 / (1 + Elementary.exp(-x)) }
}
