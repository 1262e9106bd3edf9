/// The hyperparameters that a rule suggests for a training run.
public struct HyperparameterSuggestion: Sendable, Hashable {
    /// The rule.
    public let law: String

    /// The batch size in tokens, or `nil` where the rule says nothing of it.
    public let batchTokens: Double?

    /// The peak learning rate, or `nil` where the rule says nothing of it.
    public let learningRate: Double?

    /// The weight decay of AdamW, or `nil` where the rule says nothing of it.
    public let weightDecay: Double?

    /// The passes over the unique tokens, or `nil` if the rule does not suggest any.
    public let epochs: Double?

    /// The source of the rule's numbers.
    public let provenance: Provenance

    /// How far the run is outside the range that the rule was fitted on, as a factor; 1 inside.
    public let extrapolation: Double
}
