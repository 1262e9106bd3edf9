public import ScalingLaws

/// Which prior a fit uses.
public enum PriorChoice: Sendable, Hashable {
    /// The card's, where the card makes it part of the law.
    case ofLaw

    /// None, whatever the card says.
    case none

    /// This one.
    case given(CoefficientPrior)

    /// The prior for a law, or `nil` for none.
    func prior(of card: ModelCard) -> CoefficientPrior? {
        switch self {
        case .ofLaw: card.prior?.isDefault == true ? card.prior : nil
        case .none: nil
        case .given(let prior): prior
        }
    }
}
