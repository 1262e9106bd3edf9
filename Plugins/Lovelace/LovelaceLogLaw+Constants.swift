public import ScalingLaws

extension LovelaceLogLaw {
    /// The law's card; its constants are fitted here.
    public var card: ModelCard {
        ModelCard(
            identifier: "lovelace-log",
            summary:
                "Additive overfitting with the logarithm of repeats (after Lovelace et al. 2026; constants refit here)",
            coefficients: zip(Self.forms, Self.central).map { form, value in
                var coefficient = form
                coefficient.value = value
                return coefficient
            },
            repetition: .penalty,
            validity: ValidityRange(
                parameters: 7.098752e6...8.67e9, tokens: 100e6...900e9, uniqueTokens: 100e6...178e9, epochs: 1...228,
                compute: 3.4e16...9.3e21, tokensPerParameter: 1.4...64_000),
            setup: ModelSetup(corpus: "C4", tokenizer: "GPT-2", weightDecay: 0.1),
            provenance: Provenance(
                kind: .refitHere,
                source: "281 C4 runs of Muennighoff et al. 2023 with a loss under 6.5 (huggingface/datablations, "
                    + "utils/parametric_fit.ipynb at 1370131); form: Lovelace et al. 2026, "
                    + "arXiv:2605.01640, with this project's logarithm",
                method:
                    "Huber 1e-3 on log loss, summed, runs of U below 5e8 weighed less, prior from the published C4 "
                    + "backbone, gap held at 0; 100 draws: groups of equal U and runs resampled, prior centers jittered: "
                    + "Benchmarks/fitting, measure-laws refit"),
            warnings: [
                "The paper's own constants could not be obtained; the penalty's logarithm is this project's, the constants refit here.",
                "Fitted to runs with a weight decay of 0.1; other recipes change P by a factor of about 2 either way.",
            ],
            covariance: Self.covariance, ensemble: Self.draws, family: "lovelace-log", evidence: Self.evidence,
            prior: Self.prior,
            forecastError: Self.forecastError, recipeDoubt: RecipeDoubt(coefficient: "P", logWidth: 0.75))
    }

    /// Measured on the runs of each number of unique tokens under a fit to all others.
    private static let evidence = [
        LawEvidence(
            regime: .oneEpoch, contrastError: 0.0216, runs: 31, data: "C4 runs of Muennighoff et al. 2023",
            command: "measure-laws DATA contrasts (Benchmarks/fitting)"),
        LawEvidence(
            regime: .severalEpochs, contrastError: 0.0198, runs: 54, data: "C4 runs of Muennighoff et al. 2023",
            command: "measure-laws DATA contrasts (Benchmarks/fitting)"),
        LawEvidence(
            regime: .manyEpochs, contrastError: 0.0444, runs: 105, data: "C4 runs of Muennighoff et al. 2023",
            command: "measure-laws DATA contrasts (Benchmarks/fitting)"),
    ]

    private static let covariance = ModelCard.covariance(of: draws)

    /// The prior that the card's own constants were fitted with: the published C4 backbone, and next to nothing on the
    /// penalty.
    public static var backbonePrior: CoefficientPrior {
        CoefficientPrior(
            [
                CoefficientPrior.Term("log(E)", center: Elementary.log(1.869), width: 0.03578),
                CoefficientPrior.Term("log(A) - 19.5*alpha", center: -0.621, width: 0.1342),
                CoefficientPrior.Term("log(B) - 23.5*beta", center: -0.983, width: 0.1342),
                CoefficientPrior.Term("alpha", center: 0.353, width: 0.01342),
                CoefficientPrior.Term("beta - alpha", center: 0, width: 0.01342),
                CoefficientPrior.Term("log(P) - 22*(kappa + gap) + 19.5*kappa", center: -3, width: 1.4),
                CoefficientPrior.Term("kappa", center: 0.8, width: 0.19),
                CoefficientPrior.Term("gap", center: 0, width: 0.1),
                CoefficientPrior.Term("log(r0)", center: Elementary.log(10), width: 0.7),
            ],
            source: "the C4 backbone of Muennighoff et al. 2023",
            isDefault: true)
    }

    static let forms: [Coefficient] = [
        Coefficient("E", lowerBound: 0, start: 0.5...3, unit: "nats/token", summary: "loss that nothing removes"),
        Coefficient(
            "A", lowerBound: 0, start: 1...20_000, unit: "nats/token·N^alpha", summary: "weight of the model's size"),
        Coefficient(
            "alpha", lowerBound: 0, upperBound: 3, start: 0.2...0.8, summary: "exponent of the model's size"),
        Coefficient("B", lowerBound: 0, start: 1...100_000, unit: "nats/token·D^beta", summary: "weight of the data"),
        Coefficient("beta", lowerBound: 0, upperBound: 3, start: 0.2...0.8, summary: "exponent of the data"),
        Coefficient(
            "P", lowerBound: 0, start: 1e-3...100, unit: "nats/token",
            summary: "weight of overfitting; weight decay lowers it"),
        Coefficient(
            "kappa", lowerBound: 0, upperBound: 4, start: 0.3...1.5, summary: "exponent of the size in overfitting"),
        Coefficient(
            "gap", lowerBound: -2, upperBound: 2, start: -0.3...0.3, isHeld: true,
            summary: "by how much the exponent of unique data in overfitting exceeds that of the size"),
        Coefficient("r0", lowerBound: 0.01, start: 1...100, unit: "repeats", summary: "repeats that cost little"),
    ]
}
