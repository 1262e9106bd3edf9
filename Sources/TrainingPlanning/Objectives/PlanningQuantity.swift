/// A quantity, next to the run itself, that an objective may read.
public enum PlanningQuantity: String, Sendable, Hashable, CaseIterable {
    /// The loss that must be reached, in nats per token.
    case targetLoss = "target_loss"

    /// The tokens that the model will read and write in service, over its life.
    case inferenceTokens = "inference_tokens"

    /// The price of a FLOP of training, in dollars.
    case trainingPrice = "training_price"

    /// The price of a FLOP of service, in dollars.
    case servingPrice = "serving_price"

    /// The weight of a dollar against loss, in nats per token.
    case costWeight = "cost_weight"

    /// The quantity in words, as messages name it.
    public var inWords: String {
        switch self {
        case .targetLoss: "a target loss"
        case .inferenceTokens: "the tokens the model will serve (inference tokens)"
        case .trainingPrice: "a price for training compute"
        case .servingPrice: "a price for serving compute"
        case .costWeight: "the weight of cost against loss"
        }
    }
}
