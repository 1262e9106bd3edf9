import Quantities

/// The limits that a plan must keep, next to the budget.
public struct PlanConstraints: Sendable, Hashable {
    /// The most parameters, or `nil`.
    public var maxParameters: Double?

    /// The fewest parameters, or `nil`.
    public var minParameters: Double?

    /// The most passes over the unique tokens, or `nil` for no cap.
    public var maxEpochs: Double?

    /// The fewest training tokens for each parameter; 0 turns the limit off.
    ///
    /// It keeps laws whose penalty is infinitely steep at the first repeat from advising absurdly large models.
    public var minTokensPerParameter: Double

    /// The loss that the plan must reach, or `nil`.
    public var targetLoss: Double?

    /// The only model sizes allowed; empty for any.
    public var sizes: [Double]

    /// Limits on parameters that serving sets, such as memory and latency; all must hold.
    public var sizeLimits: [SizeLimit]

    /// The default of ``minTokensPerParameter``.
    public static let defaultMinTokensPerParameter = 5.0

    /// Creates a set of limits.
    public init(
        maxParameters: Double? = nil, minParameters: Double? = nil, maxEpochs: Double? = nil,
        minTokensPerParameter: Double = defaultMinTokensPerParameter, targetLoss: Double? = nil, sizes: [Double] = [],
        sizeLimits: [SizeLimit] = []
    ) {
        self.maxParameters = maxParameters
        self.minParameters = minParameters
        self.maxEpochs = maxEpochs
        self.minTokensPerParameter = minTokensPerParameter
        self.targetLoss = targetLoss
        self.sizes = sizes
        self.sizeLimits = sizeLimits
    }

    /// Refuses limits that are out of range or contradict each other.
    func validate() throws(PlanningError) {
        if let maxParameters { try PlanningError.check(maxParameters, "the most parameters") }
        if let minParameters { try PlanningError.check(minParameters, "the fewest parameters") }
        if let maxEpochs { try PlanningError.check(maxEpochs, "the most epochs") }
        if let targetLoss { try PlanningError.check(targetLoss, "the target loss") }
        for size in sizes { try PlanningError.check(size, "a model size") }
        guard minTokensPerParameter >= 0, minTokensPerParameter < .infinity else {
            throw .unusableQuantity(
                "the fewest tokens per parameter", value: minTokensPerParameter, expected: "0 (off) or more")
        }
        if let minParameters, let maxParameters, minParameters > maxParameters {
            throw .contradiction(
                "at least \(Quantity.short(minParameters)) and at most \(Quantity.short(maxParameters)) "
                    + "parameters cannot both hold: widen one limit")
        }
        if let minParameters, let most = mostParameters, minParameters > most.parameters {
            throw .infeasible(
                "\(most.name) allows \(Quantity.short(most.parameters)) parameters, fewer than the "
                    + "\(Quantity.short(minParameters)) asked for: widen one limit",
                nearest: most.parameters)
        }
    }
}
