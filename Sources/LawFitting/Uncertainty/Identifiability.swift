/// How well runs determine a coefficient.
public enum Identifiability: String, Sendable, Hashable, CaseIterable {
    /// Its interval is bounded on both sides, and narrow against the value.
    case identified

    /// Its interval is bounded but wide: above a factor of 3, or wider than the value itself for a coefficient that is
    /// not a scale.
    case weak = "weakly identified"

    /// The runs say nothing about it, and the fit's prior gives its value.
    case priorAlone = "from the prior only"

    /// At least one side of its interval has no end: values there fit as well.
    case none = "not identified"
}
