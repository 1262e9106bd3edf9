/// A contradiction inside a table of a mixture, or a limit that it passes.
public struct MixtureTableFinding: Sendable, Hashable, CustomStringConvertible {
    /// What can be found.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The weights do not add up to 1.
        case weightSum = "weight_sum"

        /// The lines imply another total than the one printed.
        case total

        /// A line's epochs are not those that its weight, the total and its pool imply.
        case epochs

        /// A line's amount is not its pool times its epochs.
        case consumed

        /// A source is read more often than a cap allows.
        case overCap = "over_cap"

        /// A figure cannot be: negative, or a weight above 1.
        case impossible
    }

    /// What was found.
    public var kind: Kind

    /// The source, or `nil` where the whole table is meant.
    public var source: String?

    /// What is printed.
    public var printed: Double

    /// What the other figures imply.
    public var implied: Double

    /// What was found, in a sentence.
    public var description: String
}
