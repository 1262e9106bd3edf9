public import DataMixing

/// A plan's use of rewritten or synthetic tokens.
public struct DerivedUse: Sendable, Hashable {
    /// The tokens as they were described, and the share of the training tokens that the plan takes of them.
    public var derived: DerivedSupply

    /// The derived tokens trained on, repeats included.
    public var tokens: Double

    /// The derived tokens to make.
    public var uniqueTokens: Double

    /// Their saving against the plan without them, in the unit of the plan's prices; below 0 if the user set a share
    /// that raises the cost.
    public var gain: Double

    /// The worth above which a first read of a derived token beats another epoch, at the plan without derived tokens.
    public var threshold: Threshold

    /// The same at 1, 2, 4, … epochs, each with the best model for them; epochs at which a law has no slope are left out.
    public var thresholds: [Threshold]

    /// A worth above which derived tokens beat another epoch of real ones.
    public struct Threshold: Sendable, Hashable {
        /// Passes over the real unique tokens.
        public var epochs: Double

        /// N.
        public var parameters: Double

        /// The worth, in fresh tokens: 0 where another epoch harms.
        public var worth: Double

        /// The lowest and the highest by the families of laws.
        public var range: ClosedRange<Double>

        /// Creates a threshold.
        public init(epochs: Double, parameters: Double, worth: Double, range: ClosedRange<Double>) {
            self.epochs = epochs
            self.parameters = parameters
            self.worth = worth
            self.range = range
        }
    }

    /// Passes over the derived tokens that can be made.
    public var epochs: Double { derived.uniqueTokens > 0 ? tokens / derived.uniqueTokens : 0 }

    /// Dollars for making them, or `nil` without a price.
    public var dollars: Double? { derived.price.map { $0 * uniqueTokens } }
}

extension DerivedUse {
    /// A use before its fields are read from a file.
    package static let blank = DerivedUse(
        derived: DerivedSupply(worth: 0, multiple: 1), tokens: 0, uniqueTokens: 0, gain: 0, threshold: .blank,
        thresholds: [])
}

extension DerivedUse.Threshold {
    /// A threshold before its fields are read from a file.
    package static let blank = DerivedUse.Threshold(epochs: 1, parameters: 1, worth: 0, range: 0...0)
}
