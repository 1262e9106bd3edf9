/// The quantities, beside the run, that objectives read: what will be served, at what prices.
public struct PlanTerms: Sendable, Hashable {
    /// The tokens served over the model's life, or `nil`.
    public var inferenceTokens: Double?

    /// Dollars for a FLOP of training, or `nil`.
    public var trainingPrice: Double?

    /// Dollars for a FLOP of service, or `nil`.
    public var servingPrice: Double?

    /// Nats per token that a dollar weighs, or `nil`.
    public var costWeight: Double?

    /// Creates the terms.
    public init(
        inferenceTokens: Double? = nil, trainingPrice: Double? = nil, servingPrice: Double? = nil,
        costWeight: Double? = nil
    ) {
        self.inferenceTokens = inferenceTokens
        self.trainingPrice = trainingPrice
        self.servingPrice = servingPrice
        self.costWeight = costWeight
    }

    /// The value of a quantity, where given.
    func value(of quantity: PlanningQuantity, constraints: PlanConstraints) -> Double? {
        switch quantity {
        case .targetLoss: constraints.targetLoss
        case .inferenceTokens: inferenceTokens
        case .trainingPrice: trainingPrice
        case .servingPrice: servingPrice
        case .costWeight: costWeight
        }
    }

    /// Refuses negative and unfinite quantities; nothing served is a sound question.
    func validate() throws(PlanningError) {
        for (value, name) in [
            (inferenceTokens, "the inference tokens"), (trainingPrice, "the price of training compute"),
            (servingPrice, "the price of serving compute"), (costWeight, "the weight of cost"),
        ] {
            guard let value else { continue }
            guard value >= 0, value < .infinity else {
                throw .unusableQuantity(name, value: value, expected: "0 or more and finite")
            }
        }
    }
}
