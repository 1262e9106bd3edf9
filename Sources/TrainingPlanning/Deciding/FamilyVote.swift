public import ScalingLaws

/// The weight of a family of laws for a question, which is fixed before the search.
///
/// w ∝ 1/(σ²·(1 + d_C²)·(1 + (d_ep/0.25)²)·(1 + d_U²)). σ is the measured error of differences for the epochs in
/// question. d is the distance of the question from the range that the law was fitted on, in factors of ten. The weight
/// is smooth in the question, so no law is switched on or off.
public struct FamilyVote: Sendable, Hashable {
    /// The distance.
    public var distance: FamilyDistance

    /// σ, or `nil` where nobody measured it: the mean of the others is taken.
    public var contrastError: Double?

    /// The share of the decision, from 0 to 1.
    public var weight: Double

    /// Weighs laws, one a family, for a question without further limits.
    ///
    /// - Parameters:
    ///   - cards: The cards of the laws.
    ///   - compute: The training compute that may be spent, in FLOPs.
    ///   - uniqueTokens: The unique tokens available.
    /// - Returns: A vote for each card; the weights add up to 1.
    public static func votes(of cards: [ModelCard], compute: Double, uniqueTokens: Double) -> [FamilyVote] {
        let scope = QuestionScope(
            compute: compute, uniqueTokens: uniqueTokens, mostTokens: .infinity,
            mostEpochs: cards.compactMap(\.validity.epochs?.upperBound).max() ?? 1)
        return votes(of: cards.map { ($0, 1) }, at: scope)
    }

    /// Weighs laws at a question, or only by their evidence if its compute is not known.
    static func votes(
        of laws: [(card: ModelCard, tokenScale: Double)], at scope: QuestionScope, isDistant: Bool = true
    ) -> [FamilyVote] {
        var votes = laws.map { card, tokenScale in
            FamilyVote(
                distance: FamilyDistance(
                    of: QuestionScope(scope, uniqueTokens: scope.uniqueTokens * tokenScale), beyond: card.validity),
                contrastError: card.contrastError(epochs: scope.epochs), weight: 0)
        }
        let known = votes.compactMap(\.contrastError)
        let usual = known.isEmpty ? 1 : OrderStatistics.mean(known)
        for index in votes.indices {
            let error = votes[index].contrastError ?? usual
            votes[index].weight = (isDistant ? votes[index].distance.attenuation : 1) / (error * error)
        }
        let total = votes.reduce(0) { $0 + $1.weight }
        for index in votes.indices { votes[index].weight /= total }
        return votes
    }
}

extension ModelCard {
    /// The family; the law's own name if the card names no family.
    var familyName: String { family ?? identifier }

    /// The error of differences for a number of epochs: linear in its logarithm between the regimes, constant beyond
    /// them, so that weights change smoothly; `nil` without evidence.
    func contrastError(epochs: Double) -> Double? {
        let centers: [(LawEvidence.Regime, Double)] = [
            (.oneEpoch, 0), (.severalEpochs, Elementary.log(4)), (.manyEpochs, Elementary.log(64)),
        ]
        let known = centers.compactMap { regime, place in
            evidence.first { $0.regime == regime }.map { (place: place, error: $0.contrastError) }
        }
        guard let first = known.first, let last = known.last else { return nil }
        let place = Elementary.log(Swift.max(epochs, 1))
        if place <= first.place { return first.error }
        for (below, above) in zip(known, known.dropFirst()) where place <= above.place {
            return below.error + (above.error - below.error) * (place - below.place) / (above.place - below.place)
        }
        return last.error
    }
}
