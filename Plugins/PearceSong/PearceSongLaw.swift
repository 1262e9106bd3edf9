public import ScalingLaws

/// Chinchilla's form for models counted without embeddings, L = E + A/(N + ωN^(1/3))^α + B/D^β.
///
/// Source: Pearce and Song 2024, arXiv:2406.12907. E, A, B, α and β are Hoffmann's, unrounded, for which the paper shows
/// that the law yields Kaplan's exponent on Kaplan's sizes.
public struct PearceSongLaw: ScalingLaw {
    /// Creates the law.
    public init() {}

    /// The law's card.
    public var card: ModelCard {
        ModelCard(
            identifier: "pearce-song",
            summary: "Chinchilla for models counted without embeddings (Pearce and Song 2024)",
            coefficients: [
                Coefficient(
                    "E", value: Elementary.exp(0.5267228), lowerBound: 0, start: 0.3...3, unit: "nats/token",
                    summary: "loss that no model and no data remove"),
                Coefficient(
                    "A", value: Elementary.exp(6.0073404), lowerBound: 0, start: 1...20_000,
                    unit: "nats/token·N^alpha", summary: "weight of the model's size"),
                Coefficient(
                    "alpha", value: 0.33917084, lowerBound: 0, upperBound: 3, start: 0.05...1,
                    summary: "exponent of the model's size"),
                Coefficient(
                    "B", value: Elementary.exp(6.0179186), lowerBound: 0, start: 1...100_000,
                    unit: "nats/token·D^beta", summary: "weight of the data"),
                Coefficient(
                    "beta", value: 0.2849083, lowerBound: 0, upperBound: 3, start: 0.05...1,
                    summary: "exponent of the data"),
                Coefficient(
                    "omega", value: 47_491, lowerBound: 0, isHeld: true, unit: "parameters^(2/3)",
                    summary: "embeddings by model size, from vocabulary, context and aspect ratio"),
            ],
            repetition: .none,
            validity: ValidityRange(parameters: 50e6...16e9, tokens: 5e9...500e9, epochs: 0...1),
            setup: ModelSetup(corpus: "MassiveText", countsEmbeddings: false),
            provenance: Provenance(
                kind: .published,
                source: "Pearce and Song 2024, arXiv:2406.12907; E, A, B, alpha, beta: Hoffmann et al. 2022, "
                    + "arXiv:2203.15556, unrounded"),
            warnings: ["N counts parameters without embeddings."], family: "chinchilla", prior: .englishText())
    }

    /// E + A/(N + ωN^(1/3))^α + B/D^β.
    public func loss(of run: RunSymbols, _ c: CoefficientSymbols) -> Formula {
        let total = run.parameters + c["omega"] * pow(run.parameters, 1.0 / 3.0)
        return c["E"] + c["A"] / pow(total, c["alpha"]) + c["B"] / pow(run.tokens, c["beta"])
    }
}
