public import ScalingLaws

/// Step Law: the batch size and peak learning rate of lowest loss, found by a sweep at each model size and data size.
///
/// lr = 1.79·N^−0.713·D^0.307 and batch = 0.58·D^0.571 tokens, N without the vocabulary's embeddings.
///
/// Source: Li and others 2025, "Predictable Scale: Part I", arXiv:2503.04715. Its sweeps saw
/// their data once.
public struct StepLaw: HyperparameterLaw {
    /// Creates the rule.
    public init() {}

    /// The rule's card.
    public var card: ModelCard {
        ModelCard(
            identifier: "step-law",
            summary: "Batch size and peak learning rate of lowest loss (Li et al. 2025)",
            coefficients: [
                Coefficient("lr0", value: 1.79, lowerBound: 0, summary: "learning rate's scale"),
                Coefficient("lrN", value: 0.713, lowerBound: 0, upperBound: 3, summary: "its fall with model size"),
                Coefficient("lrD", value: 0.307, lowerBound: 0, upperBound: 3, summary: "its rise with data"),
                Coefficient("b0", value: 0.58, lowerBound: 0, unit: "tokens^(1-bD)", summary: "batch size's scale"),
                Coefficient("bD", value: 0.571, lowerBound: 0, upperBound: 3, summary: "its rise with data"),
            ],
            validity: ValidityRange(parameters: 214e6...1.1e9, tokens: 4e9...100e9, epochs: 0...1),
            setup: ModelSetup(countsEmbeddings: false),
            provenance: Provenance(kind: .published, source: "Li et al. 2025, arXiv:2503.04715"),
            warnings: [
                "N counts parameters without embeddings.",
                "Found on data seen once; repeats are not studied.",
            ])
    }

    /// b0·D^bD.
    public func batchTokens(of run: RunSymbols, _ c: CoefficientSymbols) -> Formula? {
        c["b0"] * pow(run.tokens, c["bD"])
    }

    /// lr0·N^−lrN·D^lrD.
    public func learningRate(of run: RunSymbols, _ c: CoefficientSymbols) -> Formula? {
        c["lr0"] / pow(run.parameters, c["lrN"]) * pow(run.tokens, c["lrD"])
    }
}
