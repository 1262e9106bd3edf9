/// How well runs determine a coefficient.
public enum Identifiability: String, Sendable, Hashable, CaseIterable {
    /// Its interval is bounded on both sides, and narrow against the value.
    case identified

    /// Its interval is bounded, but wide: above a factor of 3, or wider than the value itself for one that is not a scale.
    case weak = "weakly identified"

    /// The runs say nothing about it, and the fit's prior gives its value.
    case priorAlone = "from the prior only"

    /// Its interval has no end on one side at least: values from there fit as well.
    case none = "not identified"
}
