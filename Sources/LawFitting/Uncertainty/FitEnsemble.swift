public import ScalingLaws

/// The coefficient sets of fits to resamples of the runs, which show how much the result depends on the sample.
public struct FitEnsemble: Sendable {
    /// The fit to the runs themselves.
    public let fit: LawFit

    /// How the runs were resampled.
    public let options: BootstrapOptions

    /// The coefficients of each resample's fit, in the order of the law's card.
    public let members: [[Double]]

    /// How many resamples could not be fitted.
    public let failures: Int

    /// How often the law was evaluated on all runs.
    public let evaluations: Int

    /// The names of coefficients, which have intervals.
    private var names: [String] { fit.law.card.coefficientNames }

    init(fit: LawFit, options: BootstrapOptions, members: [[Double]], failures: Int, evaluations: Int) {
        self.fit = fit
        self.options = options
        self.members = members
        self.failures = failures
        self.evaluations = evaluations
    }

    /// The values of a coefficient over the resamples, or `nil` for an unknown name.
    public func values(of name: String) -> [Double]? {
        guard let index = names.firstIndex(of: name) else { return nil }
        return members.map { $0[index] }
    }

    /// The standard deviation of a coefficient over the resamples; `nil` where the runs leave no degree of freedom.
    public func standardError(of name: String) -> Double? {
        guard fit.degreesOfFreedom > 0 else { return nil }
        return values(of: name).map(OrderStatistics.deviation)
    }

    /// The plain percentile interval of a coefficient.
    public func percentileInterval(of name: String, level: Double = 0.9) -> Interval? {
        guard fit.degreesOfFreedom > 0 else { return nil }
        return values(of: name).flatMap { Self.percentiles($0, level: level) }
    }

    /// The bias-corrected interval of a coefficient (Efron 1987), widened by √(n/(n − p)).
    public func interval(of name: String, level: Double = 0.9) -> Interval? {
        guard let index = names.firstIndex(of: name) else { return nil }
        return interval(members.map { $0[index] }, around: fit.coefficients[index], level: level)
    }

    /// The bias-corrected interval of any quantity that follows from the law, such as a loss or a best size.
    ///
    /// - Parameters:
    ///   - level: The probability that the interval is meant to hold.
    ///   - quantity: Computes the quantity from the fit and from each member; members for which it is `nil` are left
    ///     out.
    /// - Returns: The interval, or `nil` where the fit or nearly all members have no value.
    public func interval(level: Double = 0.9, of quantity: (CompiledLaw) -> Double?) -> Interval? {
        guard let center = quantity(fit.compiled) else { return nil }
        let values = members.compactMap { member -> Double? in
            do {
                return quantity(try fit.compiled.with(coefficients: member))
            } catch {
                return nil
            }
        }
        return values.count * 2 >= members.count ? interval(values, around: center, level: level) : nil
    }

    /// The range for the loss that a run will measure.
    ///
    /// - Parameters:
    ///   - run: The run.
    ///   - error: The error of forecasts beyond that of the resamples, or `nil` to include only the uncertainty of the
    ///     coefficients.
    ///   - level: The share of runs that the range is meant to hold.
    /// - Returns: The range, or `nil` where the runs leave no degree of freedom.
    /// - Throws: Errors of the law at the run.
    /// - Complexity: A loss per resample.
    public func predictive(
        for run: TrainingRun, error: ForecastError?, level: Double = 0.9
    ) throws(FittingError) -> PredictiveInterval? {
        guard fit.degreesOfFreedom > 0 else { return nil }
        return try translatingLawErrors { () throws(LawError) in
            let loss = try fit.compiled.loss(of: run)
            var draws: [Double] = []
            for member in members { draws.append(try fit.compiled.with(coefficients: member).loss(of: run)) }
            let fresh = try fit.compiled.loss(
                of: TrainingRun(parameters: run.parameters, tokens: run.tokens, features: run.features))
            return PredictiveInterval(
                around: loss, draws: draws, freshLoss: fresh, compute: run.compute, error: error, level: level)
        }
    }

    /// The bias-corrected percentiles of a sample around the estimate it scatters about.
    ///
    /// A resample of n runs with p coefficients scatters less than a new set of runs would, by √((n − p)/n): distances
    /// from the estimate are stretched by as much. Between positive numbers a distance is the log of their ratio, so the
    /// interval of a positive quantity never reaches 0.
    private func interval(_ values: [Double], around center: Double, level: Double) -> Interval? {
        let sorted = values.filter { !$0.isNaN }.sorted()
        // Runs that leave no degree of freedom are fitted exactly in every resample, which does not make the result
        // certain.
        guard sorted.count >= 20, fit.degreesOfFreedom > 0 else { return nil }
        let below = Double(sorted.count { $0 < center }) + 0.5 * Double(sorted.count { $0 == center })
        let share = Swift.min(Swift.max(below / Double(sorted.count), 0.01), 0.99)
        let bias = NormalDistribution.quantile(share)
        let reach = NormalDistribution.quantile(0.5 + level / 2)
        let low = OrderStatistics.quantile(NormalDistribution.probability(below: 2 * bias - reach), sorted: sorted)
        let high = OrderStatistics.quantile(NormalDistribution.probability(below: 2 * bias + reach), sorted: sorted)
        let n = Double(fit.runs.count)
        let p = n - Double(fit.degreesOfFreedom)
        let stretch = n > p + 1 ? (n / (n - p)).squareRoot() : 1
        func stretched(_ end: Double) -> Double {
            center > 0 && low > 0 ? center * Elementary.pow(end / center, stretch) : center + (end - center) * stretch
        }
        return Interval(
            lower: Swift.min(center, stretched(low)), upper: Swift.max(center, stretched(high)), level: level)
    }

    private static func percentiles(_ values: [Double], level: Double) -> Interval? {
        let sorted = values.filter { !$0.isNaN }.sorted()
        guard sorted.count >= 20 else { return nil }
        return Interval(
            lower: OrderStatistics.quantile(0.5 - level / 2, sorted: sorted),
            upper: OrderStatistics.quantile(0.5 + level / 2, sorted: sorted), level: level)
    }

    /// The covariance of the coefficients over the resamples, row by row; held coefficients have none.
    public var covariance: [[Double]] {
        let count = names.count
        let means = (0..<count).map { index in OrderStatistics.mean(members.map { $0[index] }) }
        return (0..<count).map { i in
            (0..<count).map { j in
                members.reduce(0) { $0 + ($1[i] - means[i]) * ($1[j] - means[j]) }
                    / Double(Swift.max(members.count - 1, 1))
            }
        }
    }
}
