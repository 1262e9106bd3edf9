/// The quantities besides the run that objectives read: the load to serve, the hardware, the prices.
public struct PlanTerms: Sendable, Hashable {
    /// The tokens served over the model's life, or `nil`.
    public var inferenceTokens: Double?

    /// Dollars for a FLOP of training, or `nil` for the price of ``cluster``.
    public var trainingPrice: Double?

    /// Dollars for a FLOP of service, or `nil` for the price of ``serving``.
    public var servingPrice: Double?

    /// Nats per token that a dollar weighs, or `nil`.
    public var costWeight: Double?

    /// The hardware that trains the model, or `nil` if unknown.
    public var cluster: TrainingCluster?

    /// The hardware that serves the model, or `nil` if unknown.
    public var serving: ServingHardware?

    /// Creates the terms.
    public init(
        inferenceTokens: Double? = nil, trainingPrice: Double? = nil, servingPrice: Double? = nil,
        costWeight: Double? = nil, cluster: TrainingCluster? = nil, serving: ServingHardware? = nil
    ) {
        self.inferenceTokens = inferenceTokens
        self.trainingPrice = trainingPrice
        self.servingPrice = servingPrice
        self.costWeight = costWeight
        self.cluster = cluster
        self.serving = serving
    }

    /// Dollars for a FLOP of training, as given or from the cluster; `nil` where neither has a price.
    public var dollarsPerTrainingFLOP: Double? { trainingPrice ?? cluster?.dollarsPerFLOP }

    /// Dollars for a FLOP of service, as given or from the hardware; `nil` where neither has a price.
    public var dollarsPerServingFLOP: Double? { servingPrice ?? serving?.dollarsPerFLOP }

    /// The value of a quantity, where given.
    func value(of quantity: PlanningQuantity, constraints: PlanConstraints) -> Double? {
        switch quantity {
        case .targetLoss: constraints.targetLoss
        case .inferenceTokens: inferenceTokens
        case .trainingPrice: dollarsPerTrainingFLOP
        case .servingPrice: dollarsPerServingFLOP
        case .costWeight: costWeight
        }
    }

    /// Refuses quantities that are negative or not finite, and prices that cannot be for a FLOP.
    ///
    /// Serving no tokens is allowed.
    func validate() throws(PlanningError) {
        for (value, name) in [(inferenceTokens, "the inference tokens"), (costWeight, "the weight of cost")] {
            guard let value else { continue }
            guard value >= 0, value < .infinity else {
                throw .unusableQuantity(name, value: value, expected: "0 or more and finite")
            }
        }
        for (value, name) in [
            (trainingPrice, "the price of training compute"), (servingPrice, "the price of serving compute"),
        ] {
            guard let value else { continue }
            // A dollar an hour on 1e15 FLOP/s is 3e-19 a FLOP.
            guard value >= 0, value <= 1e-9 else {
                throw .unusableQuantity(
                    name, value: value,
                    expected: "in dollars for a FLOP, from 0 to 1e-9 (a price an hour is another unit)")
            }
        }
    }
}
