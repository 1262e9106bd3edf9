public import ScalingLaws

/// The critical batch size of Kaplan and others at the loss that their own law predicts: B\*/L(N, D)^(1/α_B).
///
/// At the critical batch size time and compute trade evenly: half of it needs about the fewest FLOPs, twice about the
/// fewest steps. It bounds the batch sizes that help; it is not an optimum of the loss.
///
/// Source: Kaplan et al. 2020, arXiv:2001.08361: B\* = 2.1e8 tokens and α_B = 0.21; L(N, D) of its Table 2.
public struct KaplanBatch: HyperparameterLaw {
    /// Creates the rule.
    public init() {}

    /// The rule's card.
    public var card: ModelCard {
        let loss = KaplanLaw(.joint).card
        return ModelCard(
            identifier: "kaplan-critical-batch",
            summary: "Batch size at which time and compute trade evenly (Kaplan et al. 2020)",
            coefficients: loss.coefficients + [
                Coefficient("Bstar", value: 2.1e8, lowerBound: 0, unit: "tokens", summary: "critical batch at loss 1"),
                Coefficient("alphaB", value: 0.21, lowerBound: 0.001, upperBound: 3, summary: "exponent of the loss"),
            ],
            validity: loss.validity, setup: loss.setup,
            provenance: Provenance(
                kind: .published, source: "Kaplan et al. 2020, arXiv:2001.08361; the loss of Table 2"),
            warnings: [
                "N counts parameters without embeddings.",
                "It bounds the batch sizes that save time; it is no optimum of the loss.",
            ])
    }

    /// B\*/L(N, D)^(1/α_B).
    public func batchTokens(of run: RunSymbols, _ c: CoefficientSymbols) -> Formula? {
        c["Bstar"] / pow(KaplanLaw(.joint).loss(of: run, c), 1 / c["alphaB"])
    }

    /// Nothing.
    public func learningRate(of run: RunSymbols, _ c: CoefficientSymbols) -> Formula? { nil }
}
