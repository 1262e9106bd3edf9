/// The source of a plan's intervals.
public enum IntervalSource: String, Sendable, Hashable, CaseIterable {
    /// The central share of the law's ensemble, at each end of the unique factor if there is one.
    case ensemble

    /// The central share of draws from the covariance of the law's coefficients, at each end of the unique factor.
    case covariance

    /// Both ends of the unique factor, under a law without an ensemble or a covariance.
    case uniqueFactor = "unique_factor"

    /// The central share of the draws of all families, weighted.
    case families

    /// The share of cases that an interval covers: the central nine tenths of a sample, or everything if there is no
    /// sample.
    public var level: Double {
        switch self {
        case .ensemble, .covariance, .families: CoefficientSets.intervalLevel
        case .uniqueFactor: 1
        }
    }
}
