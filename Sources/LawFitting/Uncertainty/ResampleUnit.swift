/// The unit that a bootstrap draws with replacement.
public enum ResampleUnit: String, Sendable, Hashable, CaseIterable {
    /// Single runs, assumed independent.
    case runs

    /// Whole groups, for runs of one group that share causes of error.
    case groups

    /// Groups of equal unique tokens, and then runs inside each; unique tokens of fewer than 4 runs are pooled.
    case uniqueTokens = "unique tokens"

    /// Models of equal size, with all their runs: for points of one model's training.
    case sizes = "model sizes"
}
