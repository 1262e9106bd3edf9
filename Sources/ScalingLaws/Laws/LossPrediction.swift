/// A law's prediction for a run: the loss, its uncertainty, and how far the run is outside the law's range.
public struct LossPrediction: Sendable, Hashable {
    /// The law's name.
    public let law: String

    /// The run.
    public let run: TrainingRun

    /// The loss, in the unit of the law's setup.
    public let loss: Double

    /// The range for the loss that the run will measure, or `nil` if the law states no uncertainty of it.
    ///
    /// Where ``PredictiveInterval/isPredictive`` is false, the range covers only the uncertainty of the coefficients.
    public let predictive: PredictiveInterval?

    /// The range's losses.
    public var interval: ClosedRange<Double>? { predictive?.range }

    /// The share of runs that the interval is meant to hold.
    public let level: Double

    /// The quantities of the run that are outside the range the law was fitted on, with the factor by which.
    public let extrapolations: [Extrapolation]

    /// A quantity outside the range that a law was fitted on.
    public struct Extrapolation: Sendable, Hashable {
        /// The name of the quantity outside: `parameters`, `tokens`, `unique_tokens`, `epochs` or `compute`.
        public let quantity: String

        /// The quantity's value.
        public let value: Double

        /// The range of the law.
        public let range: ClosedRange<Double>

        /// How far outside, as a factor above 1.
        public let factor: Double
    }
}

extension CompiledLaw {
    /// Predicts the loss of a run, with an interval from the card's draws and its measured error.
    ///
    /// - Parameters:
    ///   - run: The run.
    ///   - level: The share of runs that the interval is meant to hold, between 0 and 1.
    /// - Returns: The prediction.
    /// - Throws: As ``loss(of:)``, for the law or a member of its ensemble.
    /// - Complexity: O(*m*) evaluations for *m* members of the ensemble.
    public func prediction(for run: TrainingRun, level: Double = 0.9) throws(LawError) -> LossPrediction {
        precondition(level > 0 && level < 1, "a level is a share")
        var draws: [Double] = []
        for member in try ensemble() { draws.append(try member.loss(of: run)) }
        let loss = try loss(of: run)
        return LossPrediction(
            law: identifier, run: run, loss: loss,
            predictive: PredictiveInterval(
                around: loss, draws: draws, freshLoss: try freshLoss(of: run, otherwise: loss), compute: run.compute,
                error: card.forecastError, level: level),
            level: level, extrapolations: card.validity.extrapolations(of: run))
    }

    /// The loss of a run with as many tokens, all of them fresh.
    private func freshLoss(of run: TrainingRun, otherwise loss: Double) throws(LawError) -> Double {
        guard run.repetitions > 0 else { return loss }
        return try self.loss(
            of: TrainingRun(parameters: run.parameters, tokens: run.tokens, features: run.features))
    }
}

extension ValidityRange {
    /// The quantities of a run that are outside this range, in the order N, D, U, epochs, compute.
    ///
    /// Epochs below 1 count as 1: leaving data unread is no extrapolation.
    public func extrapolations(of run: TrainingRun) -> [LossPrediction.Extrapolation] {
        let quantities: [(String, Double, ClosedRange<Double>?)] = [
            ("parameters", run.parameters, parameters), ("tokens", run.tokens, tokens),
            ("unique_tokens", run.uniqueTokensUsed, uniqueTokens), ("epochs", Swift.max(run.epochs, 1), epochs),
            ("compute", run.compute, compute),
        ]
        return quantities.compactMap { quantity, value, range in
            guard let range, let factor = Self.extrapolation(of: value, beyond: range), factor > 1 else { return nil }
            return LossPrediction.Extrapolation(quantity: quantity, value: value, range: range, factor: factor)
        }
    }
}
