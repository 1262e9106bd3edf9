import ScalingLaws

/// The ranges of the best runs of weighted draws, in ln N and ln D.
///
/// A range is the mean ± 1.645 standard deviations of the logarithm: the central nine tenths of a normal distribution.
/// Unlike weighted quantiles, it does not narrow when a family's weight falls.
struct RunRanges: Sendable {
    /// ln N.
    private(set) var parameters: ClosedRange<Double>

    /// ln D.
    private(set) var tokens: ClosedRange<Double>

    /// ln of the passes over the unique tokens available.
    private(set) var epochs: ClosedRange<Double>

    /// The normal quantile of the level.
    static let deviations = NormalDistribution.quantile(0.5 + CoefficientSets.intervalLevel / 2)

    /// The ranges of runs on this number of unique tokens, with weights that need not add up to 1; `nil` if all weights
    /// are 0.
    init?(_ runs: [(run: Candidate, weight: Double)], uniqueTokens: Double) {
        let total = runs.reduce(0) { $0 + $1.weight }
        guard total > 0 else { return nil }
        func range(_ value: (Candidate) -> Double) -> ClosedRange<Double> {
            let mean = runs.reduce(0) { $0 + $1.weight * value($1.run) } / total
            let variance = runs.reduce(0) { $0 + $1.weight * (value($1.run) - mean) * (value($1.run) - mean) } / total
            let half = Self.deviations * variance.squareRoot()
            return (mean - half)...(mean + half)
        }
        parameters = range(\.x)
        tokens = range(\.y)
        epochs = Self.shift(tokens, by: -Elementary.log(uniqueTokens))
    }

    private static func shift(_ range: ClosedRange<Double>, by distance: Double) -> ClosedRange<Double> {
        (range.lowerBound + distance)...(range.upperBound + distance)
    }

    /// The smallest ranges that also contain this run on this number of unique tokens.
    func holding(_ run: Candidate, uniqueTokens: Double) -> RunRanges {
        var ranges = self
        ranges.parameters = Self.join(parameters, run.x...run.x)
        ranges.tokens = Self.join(tokens, run.y...run.y)
        let own = run.y - Elementary.log(uniqueTokens)
        ranges.epochs = Self.join(epochs, own...own)
        return ranges
    }

    /// The smallest ranges that hold both.
    func joined(with other: RunRanges) -> RunRanges {
        var ranges = self
        ranges.parameters = Self.join(parameters, other.parameters)
        ranges.tokens = Self.join(tokens, other.tokens)
        ranges.epochs = Self.join(epochs, other.epochs)
        return ranges
    }

    private static func join(_ a: ClosedRange<Double>, _ b: ClosedRange<Double>) -> ClosedRange<Double> {
        Swift.min(a.lowerBound, b.lowerBound)...Swift.max(a.upperBound, b.upperBound)
    }

    /// The numbers for a range of logarithms, extended to contain a value that rounding would leave outside.
    ///
    /// It is `nil` if all draws agree, since fixed coefficients give no interval.
    static func values(_ range: ClosedRange<Double>, holding value: Double) -> ClosedRange<Double>? {
        guard range.upperBound - range.lowerBound > 1e-6 else { return nil }
        return Swift.min(Elementary.exp(range.lowerBound), value)...Swift.max(Elementary.exp(range.upperBound), value)
    }
}
