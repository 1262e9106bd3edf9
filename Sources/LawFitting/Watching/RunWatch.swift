import Quantities
public import ScalingLaws

/// A run in progress, compared with a fitted law's forecast for it.
public struct RunWatch: Sendable, Hashable {
    /// The position of a loss relative to the band.
    public enum Position: String, Sendable, Hashable {
        /// Better than the band.
        case below = "below the band"

        /// As forecast.
        case inside = "inside the band"

        /// Worse than the band.
        case above = "above the band"
    }

    /// One point of the training log.
    public struct Point: Sendable, Hashable {
        /// Tokens processed so far.
        public let tokens: Double

        /// The loss logged.
        public let loss: Double

        /// The loss of a run that ends there, by the law.
        public let forecast: Double

        /// The band around it.
        public let band: Interval

        /// The position of the logged loss.
        public let position: Position
    }

    /// The points of the log, by tokens.
    public let points: [Point]

    /// The loss forecast for the whole run.
    public let finalForecast: Double

    /// The band around it.
    public let finalBand: Interval

    /// The position of the run now: that of the last points' median over forecast.
    public let verdict: Position

    /// Cautions, one sentence each.
    public let notes: [String]

    /// Compares a training log with a fit's forecast.
    ///
    /// A band is a `PredictiveInterval`: the draws of the coefficients, the scatter of runs around the law, and the
    /// distance in compute from the fitted runs. A law describes finished runs, whose learning rate has decayed. A run
    /// in progress, at a high learning rate, has a higher loss, by up to `allowance`.
    ///
    /// - Parameters:
    ///   - log: Tokens processed and loss, in any order.
    ///   - parameters: N of the run.
    ///   - tokens: D that it will have processed at its end.
    ///   - uniqueTokens: The unique tokens available to it; `nil` for as many as D.
    ///   - ensemble: The fit's resamples.
    ///   - error: The error of the fit's forecasts, or `nil` to take the scatter of the fitted runs and the least
    ///     growth.
    ///   - allowance: How far above the forecast a run in progress may be, as a share.
    ///   - level: The probability of bands.
    /// - Throws: ``FittingError/noRuns`` for an empty log, and errors of the law.
    public init(
        _ log: [(tokens: Double, loss: Double)], parameters: Double, tokens: Double, uniqueTokens: Double? = nil,
        ensemble: FitEnsemble, error: ForecastError? = nil, allowance: Double = 0, level: Double = 0.9
    ) throws(FittingError) {
        guard !log.isEmpty else { throw .noRuns }
        for (index, entry) in log.enumerated() {
            for (name, value) in [("tokens", entry.tokens), ("loss", entry.loss)]
            where !(value > 0 && value < .infinity) {
                throw .unusableCell(
                    row: index + 1, column: name, text: "\(value)", reason: "must be a positive, finite number")
            }
        }
        let fit = ensemble.fit
        let unique = uniqueTokens ?? tokens
        let error = error ?? fit.fittedScatter
        func forecast(_ seen: Double) throws(FittingError) -> (Double, Interval) {
            let run = try translatingLawErrors { () throws(LawError) in
                try TrainingRun(parameters: parameters, tokens: seen, uniqueTokens: unique)
            }
            let center = try translatingLawErrors { () throws(LawError) in try fit.compiled.loss(of: run) }
            guard let range = try ensemble.predictive(for: run, error: error, level: level)?.range else {
                throw .unsuitableRuns(
                    method: "watching a run",
                    reason: "the fitted runs leave no doubt to measure: give more runs than coefficients")
            }
            return (center, Interval(lower: range.lowerBound, upper: range.upperBound, level: level))
        }
        func position(_ loss: Double, _ band: Interval, _ isFinal: Bool) -> Position {
            if loss < band.lower { return .below }
            return loss > band.upper * (isFinal ? 1 : 1 + allowance) ? .above : .inside
        }
        var points: [Point] = []
        for entry in log.sorted(by: { $0.tokens < $1.tokens }) {
            let (center, band) = try forecast(entry.tokens)
            points.append(
                Point(
                    tokens: entry.tokens, loss: entry.loss, forecast: center, band: band,
                    position: position(entry.loss, band, entry.tokens >= tokens)))
        }
        self.points = points
        (finalForecast, finalBand) = try forecast(tokens)
        // One noisy step decides nothing: the median of the last tenth, or the last five points, does.
        let recent = points.suffix(Swift.max(Swift.min(5, points.count), points.count / 10))
        let ratio = OrderStatistics.median(recent.map { $0.loss / $0.forecast })
        let last = points[points.count - 1]
        verdict = position(ratio * last.forecast, last.band, last.tokens >= tokens)
        var notes: [String] = []
        if last.tokens < tokens {
            notes.append(
                "The law speaks of runs whose learning rate has decayed; before that a loss above the band is no alarm by "
                    + "itself.")
        }
        let range = fit.runs.range
        if let factor = ValidityRange.extrapolation(of: 6 * parameters * tokens, beyond: range.compute), factor > 1 {
            notes.append("The run's compute is \(Quantity.short(factor)) times outside the fitted runs'.")
        }
        self.notes = notes
    }
}
