public import LawFitting

/// The evidence of pilots for a mixture: the laws fitted to them, or the values of the sources.
public enum PilotEvidence: Sendable {
    /// Mixing laws, one for each target.
    case laws(PilotAdvice)

    /// The worth of a token of each source.
    case values(SourceValueFit)

    /// How far to trust it, as lines for a terminal; read this before any advice.
    public var quality: [String] {
        switch self {
        case .laws(let advice): advice.quality
        case .values(let fit): fit.quality
        }
    }

    /// How far it can be trusted, in a line or two.
    var summary: [String] {
        switch self {
        case .laws(let advice): advice.summary
        case .values(let fit): fit.quality.prefix(1).map { $0 }
        }
    }

    /// The advice of mixing laws, if these were fitted.
    public var advice: PilotAdvice? {
        if case .laws(let advice) = self { advice } else { nil }
    }

    /// Whether the qualities of the sources are those that the pilots calibrated.
    public var isCalibrating: Bool {
        if case .values = self { true } else { false }
    }
}
