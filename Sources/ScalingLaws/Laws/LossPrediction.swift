/// What a law says of a run: the loss, how sure it is, and how far outside the law's range the run lies.
public struct LossPrediction: Sendable, Hashable {
    /// The law's name.
    public let law: String

    /// The run asked about.
    public let run: TrainingRun

    /// The loss, in the unit of the law's setup.
    public let loss: Double

    /// The range of losses that the middle of the law's ensemble gives, or `nil` where it has none.
    public let interval: ClosedRange<Double>?

    /// The share of the ensemble that the interval holds.
    public let level: Double

    /// The quantities of the run that lie outside the range the law was fitted on, with the factor by which.
    public let extrapolations: [Extrapolation]

    /// A quantity outside the range that a law was fitted on.
    public struct Extrapolation: Sendable, Hashable {
        /// What lies outside: `parameters`, `tokens`, `unique_tokens`, `epochs` or `compute`.
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
    /// Predicts the loss of a run, with an interval from the card's ensemble.
    ///
    /// - Parameters:
    ///   - run: The run.
    ///   - level: The share of the ensemble that the interval holds, between 0 and 1.
    /// - Returns: The prediction.
    /// - Throws: As ``loss(of:)``, for the law or a member of its ensemble.
    /// - Complexity: O(*m*) evaluations for *m* members of the ensemble.
    public func prediction(for run: TrainingRun, level: Double = 0.9) throws(LawError) -> LossPrediction {
        precondition(level > 0 && level < 1, "a level is a share")
        var losses: [Double] = []
        for member in try ensemble() { losses.append(try member.loss(of: run)) }
        losses.sort()
        let tail = (1 - level) / 2
        return LossPrediction(
            law: identifier, run: run, loss: try loss(of: run),
            interval: losses.isEmpty
                ? nil : Self.quantile(tail, of: losses)...Self.quantile(1 - tail, of: losses),
            level: level, extrapolations: card.validity.extrapolations(of: run))
    }

    private static func quantile(_ share: Double, of sorted: [Double]) -> Double {
        let place = share * Double(sorted.count - 1)
        let below = Int(place)
        let above = Swift.min(below + 1, sorted.count - 1)
        return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
    }
}

extension ValidityRange {
    /// The quantities of a run that lie outside this range, in the order N, D, U, epochs, compute.
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
