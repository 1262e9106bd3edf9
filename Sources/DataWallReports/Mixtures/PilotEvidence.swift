public import LawFitting

/// What pilots said of a mixture: the laws fitted to them, or the values of the sources.
public enum PilotEvidence: Sendable {
    /// Mixing laws, one for each target.
    case laws(PilotAdvice)

    /// What a token of each source is worth.
    case values(SourceValueFit)

    /// How far it can be trusted, as lines for a terminal: what to read before any advice.
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

    /// The advice of mixing laws, where that is what was fitted.
    public var advice: PilotAdvice? {
        if case .laws(let advice) = self { advice } else { nil }
    }

    /// Whether the qualities of the sources are those that the pilots calibrated.
    public var isCalibrating: Bool {
        if case .values = self { true } else { false }
    }
}
