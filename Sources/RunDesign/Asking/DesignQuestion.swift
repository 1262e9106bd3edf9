import Quantities
public import ScalingLaws
public import TrainingPlanning

/// The question of a design: the big run, the budget of the small ones, and the models that can be built.
public struct DesignQuestion: Sendable {
    /// The law that the runs are to be fitted with.
    public var law: any ScalingLaw

    /// The compute of all runs together, at most, in FLOPs as 6·N·D.
    public var budget: Double

    /// The compute of the big run, in FLOPs.
    public var target: Double

    /// Unique tokens of the big run; `nil` if it repeats nothing.
    ///
    /// With them, the design has runs that repeat.
    public var uniqueTokens: Double?

    /// The most runs.
    public var mostRuns: Int

    /// The standard deviation of a run's ln L around the law.
    public var scatter: Double

    /// The models that can be built.
    public var family: ModelFamily

    /// How many laws are drawn, simulated and fitted again for each design.
    public var truths: Int

    /// The seed of all draws.
    public var seed: UInt64

    /// The most runs where nobody says: more cheap runs than this are rarely trained for one forecast.
    public static let usualRuns = 24

    /// Creates a question.
    ///
    /// - Parameters:
    ///   - law: The law that the runs are to be fitted with.
    ///   - budget: The compute of all runs together, at most, in FLOPs.
    ///   - target: The compute of the big run, in FLOPs; `nil` for ten times the budget.
    ///   - uniqueTokens: Unique tokens of the big run; `nil` if it repeats nothing.
    ///   - family: The models that can be built.
    ///   - mostRuns: The most runs.
    ///   - scatter: The standard deviation of ln L around the law; `nil` for the value measured on the law's card.
    ///   - truths: The number of laws to draw, simulate and fit again.
    ///   - seed: The seed of all draws.
    public init(
        law: any ScalingLaw, budget: Double, target: Double? = nil, uniqueTokens: Double? = nil, family: ModelFamily,
        mostRuns: Int = usualRuns, scatter: Double? = nil, truths: Int = 400, seed: UInt64 = 1
    ) {
        self.law = law
        self.budget = budget
        self.target = target ?? 10 * budget
        self.uniqueTokens = uniqueTokens
        self.family = family
        self.mostRuns = mostRuns
        self.scatter = scatter ?? Self.usualScatter(of: law.card)
        self.truths = truths
        self.seed = seed
    }

    /// The scatter measured on a law's card, as a standard deviation of ln L.
    ///
    /// It is the median of the card's 90 % quantiles, divided by 1.645. For a card without measurements it is 0.01, the
    /// value that fits begin with (`FitOptions.scatter`).
    ///
    /// - Parameter card: The card.
    /// - Returns: The standard deviation of ln L.
    public static func usualScatter(of card: ModelCard) -> Double {
        guard let points = card.forecastError?.scatter, !points.isEmpty else { return 0.01 }
        return OrderStatistics.median(points.map(\.quantile)) / NormalDistribution.quantile(0.95)
    }

    /// Refuses values out of range, and values that contradict each other.
    func validate() throws(DesignError) {
        let quantities = [
            ("the budget of the design", budget), ("the compute of the big run", target),
            ("the scatter of the runs", scatter), ("the unique tokens", uniqueTokens ?? 1),
        ]
        for (name, value) in quantities where !(value > 0 && value < .infinity) {
            throw .unusable("\(name) must be a positive, finite number, not \(value)")
        }
        guard scatter < 1 else { throw .unusable("the scatter of the runs must be below 1, not \(scatter)") }
        guard mostRuns >= DesignLevels.fewestRuns, mostRuns <= 1_000 else {
            throw .unusable("a design has \(DesignLevels.fewestRuns) to 1000 runs, not \(mostRuns)")
        }
        guard truths >= 20, truths <= 10_000 else {
            throw .unusable("the simulated laws must be 20 to 10000, not \(truths)")
        }
        guard target > budget else {
            throw .unusable(
                "the big run takes \(Quantity.flops(target)), no more than the design's \(Quantity.flops(budget)): train it "
                    + "without a design, or give the runs less")
        }
    }
}
