extension Plan {
    /// The cost of the recommended run on the cluster, or `nil` if no cluster is known.
    public var expense: TrainingExpense? { terms.cluster?.expense(of: recommended.flops) }

    /// Dollars for training the recommended run, or `nil` without a price.
    public var trainingDollars: Double? { terms.dollarsPerTrainingFLOP.map { $0 * recommended.flops } }

    /// Dollars for serving the recommended model over its life at 2·N FLOPs a token, or `nil` without a price or
    /// without tokens to serve.
    public var servingDollars: Double? {
        guard let price = terms.dollarsPerServingFLOP, let tokens = terms.inferenceTokens else { return nil }
        return price * 2 * recommended.parameters * tokens
    }
}
