/// How strongly weights are drawn towards natural shares, those of one pass over everything.
///
/// Without a pull the best weights are a hard cut by quality, and where qualities are equal and nothing repeats every
/// mixture is as good as any other. The pull is a multiple of KL(w ‖ natural), the form of Olmix
/// (arXiv:2602.12237), whose own multiple is 0.05.
public enum NaturalPull: Sendable {
    /// None: effective tokens alone.
    case none

    /// λ·KL(w ‖ natural) beside −ln D_eff.
    case logarithm(Double)

    /// λ·KL(w ‖ natural) beside the loss of a law at D_eff: λ is in the unit of the loss, nats per token.
    case loss(Double, EffectiveLoss)

    /// Olmix's multiple of the divergence, in the unit of the loss.
    ///
    /// Source: Olmix (arXiv:2602.12237), the default of its code and of its configurations.
    public static let defaultMultiple = 0.05

    var multiple: Double {
        switch self {
        case .none: 0
        case .logarithm(let multiple), .loss(let multiple, _): multiple
        }
    }
}
