/// What a plan's intervals are taken over.
public enum IntervalSource: String, Sendable, Hashable, CaseIterable {
    /// The central share of the law's ensemble, at each end of the unique factor where there is one.
    case ensemble

    /// Both ends of the unique factor, under a law without an ensemble.
    case uniqueFactor = "unique_factor"

    /// All plans of the laws and of the members that were weighed.
    case laws
}
