/// What a plan's intervals are taken over.
public enum IntervalSource: String, Sendable, Hashable, CaseIterable {
    /// The central share of the law's ensemble, at each end of the unique factor where there is one.
    case ensemble

    /// The central share of draws from the covariance of the law's coefficients, at each end of the unique factor.
    case covariance

    /// Both ends of the unique factor, under a law without an ensemble or a covariance.
    case uniqueFactor = "unique_factor"

    /// All plans of the laws and of the members that were weighed.
    case laws

    /// Whether intervals hold the central share of a sample rather than all of it.
    var isSample: Bool { self == .ensemble || self == .covariance }
}
