import Quantities
import ScalingLaws

/// An ``ErrorCurve`` fitted to runs, with how far to trust it.
///
/// ```swift
/// let runs = try BenchmarkRuns(table, column: "arc_error", chance: 0.75)
/// let fit = try ErrorCurveFit(runs)
/// print(fit.prediction(at: 2.1).error)
/// ```
public struct ErrorCurveFit: Sendable, Hashable {
    /// An error with the range that a measured one is expected in.
    public struct Prediction: Sendable, Hashable {
        /// The error that the curve gives.
        public let error: Double

        /// The range of a measured error; `nil` where the runs leave coefficients open.
        public let interval: Interval?

        /// Whether the loss is outside the range of the runs.
        public let isExtrapolated: Bool
    }

    /// A loss to reach with the range that holds the curve's own doubt.
    public struct Target: Sendable, Hashable {
        /// The loss at which the curve has the requested error.
        public let loss: Double

        /// The range of that loss; `nil` where the runs leave coefficients open.
        public let interval: Interval?

        /// Whether the loss is outside the range of the runs.
        public let isExtrapolated: Bool
    }

    /// The curve.
    public var curve: ErrorCurve

    /// The name of the column that was fitted.
    public var benchmark: String

    /// The error of guessing, if known.
    public var chance: Double?

    /// The losses that the runs span.
    public var lossRange: ClosedRange<Double>

    /// How many runs were fitted.
    public var runs: Int

    /// How many model sizes they have.
    public var scales: Int

    /// The standard deviation of errors around the curve.
    public var scatter: Double

    /// The degrees of freedom that are left: runs less coefficients that are at no bound.
    public var freedom: Int

    /// The covariance of the coefficients, row by row, 0 for those at a bound; `nil` if the runs cannot separate them.
    public var covariance: [[Double]]?

    /// The mean absolute error on the runs of a model size left out of the fit, over all sizes; `nil` if the other runs
    /// are too few to fit.
    public var leaveOneScaleOutError: Double?

    /// Creates a fit of its parts, as a file states them.
    public init(
        curve: ErrorCurve, benchmark: String, chance: Double?, lossRange: ClosedRange<Double>, runs: Int, scales: Int,
        scatter: Double, freedom: Int, covariance: [[Double]]?, leaveOneScaleOutError: Double?
    ) {
        self.curve = curve
        self.benchmark = benchmark
        self.chance = chance
        self.lossRange = lossRange
        self.runs = runs
        self.scales = scales
        self.scatter = scatter
        self.freedom = freedom
        self.covariance = covariance
        self.leaveOneScaleOutError = leaveOneScaleOutError
    }

    /// Fits a curve of the given form, or without one, of the form that is better on model sizes left out.
    ///
    /// - Throws: A ``FittingError`` for fewer runs than coefficients plus two, or for runs whose error does not rise
    ///   with their loss.
    /// - Complexity: O(*n*·*s*) in runs and model sizes.
    public init(_ runs: BenchmarkRuns, form: ErrorCurve.Form? = nil) throws(FittingError) {
        if let form {
            try self.init(runs, of: form)
            return
        }
        let exponential = try ErrorCurveFit(runs, of: .exponential)
        guard let logistic = try? ErrorCurveFit(runs, of: .logistic),
            logistic.leaveOneScaleOutError ?? .infinity < exponential.leaveOneScaleOutError ?? .infinity
        else {
            self = exponential
            return
        }
        self = logistic
    }

    private init(_ runs: BenchmarkRuns, of form: ErrorCurve.Form) throws(FittingError) {
        let names = form.coefficientNames
        guard runs.points.count >= names.count + 2 else {
            throw .tooFewRuns(runs.points.count, coefficients: names)
        }
        let ceiling = runs.chance ?? 1
        func fitted(_ points: [BenchmarkRuns.Point]) -> ErrorCurve? {
            ErrorCurveSearch(points, form, ceiling: ceiling).curve()
        }
        guard let curve = fitted(runs.points) else {
            throw .unsuitableRuns(method: "an error curve", reason: "their error does not rise with their loss")
        }
        var misses: [Double] = []
        for scale in runs.scales {
            let rest = runs.points.filter { $0.parameters != scale }
            guard rest.count >= names.count, let other = fitted(rest) else { continue }
            misses += runs.points.filter { $0.parameters == scale }.map { abs(other.error(at: $0.loss) - $0.error) }
        }
        let free = Self.free(curve, ceiling)
        let freedom = runs.points.count - free.count
        let scatter = (curve.squares(over: runs.points) / Double(freedom)).squareRoot()
        self.init(
            curve: curve, benchmark: runs.column, chance: runs.chance, lossRange: runs.lossRange,
            runs: runs.points.count, scales: runs.scales.count, scatter: scatter, freedom: freedom,
            covariance: Self.covariance(of: curve, runs.points, free, scatter),
            leaveOneScaleOutError: misses.isEmpty ? nil : misses.reduce(0, +) / Double(misses.count))
    }

    /// The coefficients that are at no bound.
    private static func free(_ curve: ErrorCurve, _ ceiling: Double) -> [Int] {
        curve.coefficients.indices.filter { index in
            let value = curve.coefficients[index]
            switch (curve.form, curve.form.coefficientNames[index]) {
            case (_, "c"): return value < ceiling
            case (.logistic, "f"): return value > 0
            default: return true
            }
        }
    }

    /// scatter²·(JᵀJ)⁻¹ over the free coefficients.
    private static func covariance(
        of curve: ErrorCurve, _ points: [BenchmarkRuns.Point], _ free: [Int], _ scatter: Double
    ) -> [[Double]]? {
        let count = free.count
        var matrix = [Double](repeating: 0, count: count * count)
        for point in points {
            let gradient = curve.gradient(at: point.loss)
            for i in 0..<count {
                for j in 0..<count { matrix[i * count + j] += gradient[free[i]] * gradient[free[j]] }
            }
        }
        guard let inverse = SymmetricSystem.inverse(matrix, count: count) else { return nil }
        var covariance = curve.coefficients.map { _ in [Double](repeating: 0, count: curve.coefficients.count) }
        for i in 0..<count {
            for j in 0..<count { covariance[free[i]][free[j]] = scatter * scatter * inverse[i * count + j] }
        }
        return covariance
    }

    /// The standard deviation of the curve at a loss, as the runs leave it.
    private func doubt(at loss: Double) -> Double? {
        guard let covariance else { return nil }
        let gradient = curve.gradient(at: loss)
        var variance = 0.0
        for (row, left) in zip(covariance, gradient) {
            for (value, right) in zip(row, gradient) { variance += left * value * right }
        }
        let doubt = Swift.max(variance, 0).squareRoot()
        return doubt.isFinite ? doubt : nil
    }

    /// The error at a loss, with the range that a measured one is expected in.
    public func prediction(at loss: Double, level: Double = 0.9) -> Prediction {
        let error = curve.error(at: loss)
        let interval = doubt(at: loss).map { doubt in
            let half =
                StudentT.quantile(0.5 + level / 2, freedom: freedom)
                * (scatter * scatter + doubt * doubt).squareRoot()
            return Interval(lower: Swift.max(0, error - half), upper: Swift.min(1, error + half), level: level)
        }
        return Prediction(
            error: error, interval: interval, isExtrapolated: !lossRange.contains(loss))
    }

    /// The loss to reach for an error.
    ///
    /// - Throws: ``FittingError/unusableOption(_:reason:)`` for an error that the curve has at no loss.
    public func target(error: Double, level: Double = 0.9) throws(FittingError) -> Target {
        guard let loss = curve.loss(at: error), loss > 0 else {
            let ends = [curve.error(at: lossRange.lowerBound), chance ?? curve.error(at: 1e3)]
            throw .unusableOption(
                "the target error",
                reason: "of \(Quantity.percent(error)) is on no part of the curve, which goes from "
                    + "\(Quantity.percent(ends[0])) at the least loss of the runs up to \(Quantity.percent(ends[1]))")
        }
        let slope = curve.slope(at: loss)
        let interval = doubt(at: loss).flatMap { doubt -> Interval? in
            let half = StudentT.quantile(0.5 + level / 2, freedom: freedom) * doubt / slope
            guard half.isFinite else { return nil }
            return Interval(lower: Swift.max(0, loss - half), upper: loss + half, level: level)
        }
        return Target(loss: loss, interval: interval, isExtrapolated: !lossRange.contains(loss))
    }

    /// The range of the loss over which the curve falls from nine tenths of its rise to one tenth, in nats.
    ///
    /// Below some tenths of a nat the benchmark looks as if the model learnt it all at once.
    public var width: Double? {
        switch curve.form {
        case .exponential: curve.coefficients[2] > 0 ? Elementary.log(9) / curve.coefficients[2] : nil
        case .logistic: curve.coefficients[2] > 0 ? 2 * Elementary.log(9) / curve.coefficients[2] : nil
        }
    }
}
