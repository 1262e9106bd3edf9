/// The names of the columns of a run table; `nil` means the usual names, if one of them exists.
public struct RunColumns: Sendable, Hashable {
    /// N, all parameters.
    public var parameters: String?

    /// D, the tokens processed, repeats included.
    public var tokens: String?

    /// The loss at the end of the run.
    public var loss: String?

    /// The unique tokens available to the run.
    public var uniqueTokens: String?

    /// Passes over the unique tokens; used if there is no column of unique tokens.
    public var epochs: String?

    /// The training compute in FLOPs.
    public var compute: String?

    /// The seed, which distinguishes repeats of one setting.
    public var seed: String?

    /// The group that a run belongs to, such as an architecture or a sweep.
    public var group: String?

    /// The weight of a run in the objective.
    public var weight: String?

    /// Bytes of text per token.
    public var bytesPerToken: String?

    /// The tokenizer that tokens and losses count in.
    public var tokenizer: String?

    /// The text that the loss was measured on.
    public var evaluationSet: String?

    /// Creates a choice of columns.
    public init(
        parameters: String? = nil, tokens: String? = nil, loss: String? = nil, uniqueTokens: String? = nil,
        epochs: String? = nil, compute: String? = nil, seed: String? = nil, group: String? = nil,
        weight: String? = nil, bytesPerToken: String? = nil, tokenizer: String? = nil, evaluationSet: String? = nil
    ) {
        self.parameters = parameters
        self.tokens = tokens
        self.loss = loss
        self.uniqueTokens = uniqueTokens
        self.epochs = epochs
        self.compute = compute
        self.seed = seed
        self.group = group
        self.weight = weight
        self.bytesPerToken = bytesPerToken
        self.tokenizer = tokenizer
        self.evaluationSet = evaluationSet
    }
}

extension RunColumns {
    /// A quantity with the column given for it and the names it usually has, best first.
    struct Role: Sendable {
        var quantity: String
        var given: String?
        var usual: [String]

        /// The option of the command that gives it.
        var option = ""
    }

    var roles: RunColumnRoles {
        RunColumnRoles(
            parameters: Role(
                quantity: "the parameters (N)", given: parameters,
                usual: ["params", "parameters", "N", "n_params", "num_params", "model_size"],
                option: "--params-column"),
            tokens: Role(
                quantity: "the training tokens (D)", given: tokens,
                usual: ["tokens", "D", "training_tokens", "n_tokens", "num_tokens"], option: "--tokens-column"),
            loss: Role(
                quantity: "the loss", given: loss,
                usual: ["loss", "val_loss", "validation_loss", "final_loss", "eval_loss"], option: "--loss-column"),
            uniqueTokens: Role(
                quantity: "the unique tokens (U)", given: uniqueTokens,
                usual: ["unique_tokens", "U", "unique", "num_unique_tokens"], option: "--unique-tokens-column"),
            epochs: Role(
                quantity: "the epochs", given: epochs, usual: ["epochs", "n_epochs", "num_epochs"],
                option: "--epochs-column"),
            compute: Role(
                quantity: "the compute (C)", given: compute, usual: ["flops", "compute", "C"],
                option: "--flops-column"),
            seed: Role(quantity: "the seed", given: seed, usual: ["seed"]),
            group: Role(quantity: "the group", given: group, usual: ["group"]),
            weight: Role(quantity: "the weight", given: weight, usual: ["weight"]),
            bytesPerToken: Role(quantity: "the bytes per token", given: bytesPerToken, usual: ["bytes_per_token"]),
            tokenizer: Role(quantity: "the tokenizer", given: tokenizer, usual: ["tokenizer"]),
            evaluationSet: Role(
                quantity: "the evaluation set", given: evaluationSet, usual: ["evaluation_set", "eval_set"]))
    }
}

/// The roles that columns play.
struct RunColumnRoles: Sendable {
    var parameters, tokens, loss, uniqueTokens, epochs, compute: RunColumns.Role
    var seed, group, weight, bytesPerToken, tokenizer, evaluationSet: RunColumns.Role
}
