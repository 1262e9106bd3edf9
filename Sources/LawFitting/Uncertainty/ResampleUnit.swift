/// What a bootstrap draws with replacement.
public enum ResampleUnit: String, Sendable, Hashable, CaseIterable {
    /// Single runs, taken for independent.
    case runs

    /// Whole groups: for runs of one group that share what went well or wrong.
    case groups
}
