import DataMixing
import Quantities
import ScalingLaws

/// A further quantity of a run that a planner may choose, such as a weight decay that a law reads.
public struct VariedFeature: Sendable, Hashable {
    /// The quantity's name.
    public var name: String

    /// The values allowed, above 0.
    public var range: ClosedRange<Double>

    /// Creates a quantity.
    public init(_ name: String, in range: ClosedRange<Double>) {
        self.name = name
        self.range = range
    }
}

extension Planner {
    /// The planner with the value of a further quantity at which the best run costs least.
    ///
    /// Nine values in equal ratios are tried, and the lowest is polished; a second optimum between two of them is missed.
    ///
    /// - Parameters:
    ///   - feature: The quantity and its values.
    ///   - supply: The data available.
    ///   - budget: The training compute that may be spent at most.
    ///   - constraints: Limits to keep.
    ///   - terms: Further quantities that the objective reads.
    /// - Returns: The planner with the value, and the value.
    /// - Throws: A ``PlanningError`` for several laws, a law that does not read the quantity, a range that is not
    ///   positive, and the errors of ``plan(_:within:constraints:terms:)``.
    /// - Complexity: Some 30 runs.
    public func choosing(
        _ feature: VariedFeature, for supply: DataSupply, within budget: ComputeBudget? = nil,
        constraints: PlanConstraints = PlanConstraints(), terms: PlanTerms = PlanTerms()
    ) throws(PlanningError) -> (planner: Planner, value: Double) {
        guard let law = laws.first, laws.count == 1 else {
            throw .contradiction("'\(feature.name)' is chosen under one law: name the law that reads it")
        }
        guard law.formula.symbols.contains(.feature(feature.name)) else {
            throw .contradiction(
                "law '\(law.card.identifier)' does not read '\(feature.name)': there is nothing to choose")
        }
        try PlanningError.check(feature.range.lowerBound, "the lowest value of '\(feature.name)'")
        try PlanningError.check(feature.range.upperBound, "the highest value of '\(feature.name)'")
        func with(_ value: Double) -> Planner {
            var planner = self
            planner.features[feature.name] = value
            return planner
        }
        var failure: PlanningError?
        func cost(_ logarithm: Double) -> Double {
            let planner = with(Elementary.exp(logarithm))
            do throws(PlanningError) {
                return try planner.run(supply, within: budget, constraints: constraints, terms: terms).cost
            } catch {
                // Values under which a target cannot be reached are no choice.
                if !error.isInfeasible { failure = error }
                return .infinity
            }
        }
        let ends = Elementary.log(feature.range.lowerBound)...Elementary.log(feature.range.upperBound)
        let step = (ends.upperBound - ends.lowerBound) / 8
        let grid = (0...8).map { ends.lowerBound + step * Double($0) }
        let start = grid.map { (place: $0, cost: cost($0)) }.min { $0.cost < $1.cost }
        let found = LineMinimum(range: ends, step: step / 2, tolerance: 1e-6).from(
            start?.place ?? ends.lowerBound, cost)
        if let failure { throw failure }
        guard found.value < .infinity else {
            throw .infeasible(
                "no value of '\(feature.name)' from \(Quantity.short(feature.range.lowerBound)) to "
                    + "\(Quantity.short(feature.range.upperBound)) has a plan within these limits", nearest: nil)
        }
        let value = Swift.min(
            Swift.max(Elementary.exp(found.place), feature.range.lowerBound), feature.range.upperBound)
        return (with(value), value)
    }
}
