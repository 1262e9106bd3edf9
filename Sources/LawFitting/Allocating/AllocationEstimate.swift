/// How the best model size grows with compute, by one of three approaches (Hoffmann and others 2022).
public struct AllocationEstimate: Sendable, Hashable {
    /// Which approach (arXiv:2203.15556, section 3).
    public enum Approach: String, Sendable, Hashable, CaseIterable {
        /// The lower envelope of losses over compute.
        case envelope

        /// Parabolas of loss over log N at equal compute.
        case isoFLOP

        /// The minimum of a fitted law.
        case parametric
    }

    /// The best size found at one compute.
    public struct Point: Sendable, Hashable {
        /// Compute in FLOPs.
        public internal(set) var compute: Double

        /// The best N there.
        public internal(set) var parameters: Double

        /// The loss there.
        public internal(set) var loss: Double

        /// How many runs it rests on.
        public internal(set) var runs: Int
    }

    /// Which approach.
    public internal(set) var approach: Approach

    /// The sizes that the line was fitted to.
    public internal(set) var points: [Point]

    /// N over compute.
    public internal(set) var parameters: PowerLawLine

    /// The approach's own error, found on noise-free losses of a fitted law at the same runs: the approach's exponent
    /// minus the law's, and its N at the geometric middle of compute over the law's.
    public let bias: Bias?

    /// An approach's own error.
    public struct Bias: Sendable, Hashable {
        /// Exponent given minus exponent of the law.
        public let exponent: Double

        /// N given over N of the law, in the middle of the runs' compute.
        public let parametersRatio: Double
    }

    /// The exponent of D over compute, 1 minus that of N.
    public var tokensExponent: Double { 1 - parameters.exponent }
}
