import ScalingLaws

/// A formula over a run and a law's coefficients, such as the fresh tokens that its tokens are worth, made ready like a
/// law.
struct EffectiveTokens: ScalingLaw {
    let card: ModelCard
    private let stated: Formula

    init(card: ModelCard, formula: Formula) {
        var card = card
        card.ensemble = []
        self.card = card
        stated = formula
    }

    func loss(of run: RunSymbols, _ c: CoefficientSymbols) -> Formula { stated }
}
