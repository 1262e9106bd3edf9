public import ScalingLaws

extension BoundedOverfittingLaw {
    /// The law's card; its constants are fitted here.
    public var card: ModelCard {
        ModelCard(
            identifier: "bounded-overfitting",
            summary: "Bounded loss with overfitting scaled by repetition (our composition; constants refit here)",
            coefficients: BoundedLaw.coefficients(values: [
                2.070313, 10.82491, 674.0796, 0.4655243, 3622.436, 0.4695686, 1.153336e-05, 1.152565, 0.5868874,
                0.8702798,
            ]),
            repetition: .penalty,
            validity: ValidityRange(
                parameters: 14.1e6...8.67e9, tokens: 200e6...900e9, uniqueTokens: 100e6...178e9, epochs: 1...9_000),
            setup: ModelSetup(corpus: "C4", tokenizer: "GPT-2", weightDecay: 0.1),
            provenance: Provenance(
                kind: .refitHere,
                source: "281 C4 runs of Muennighoff et al. 2023 with a loss under 6.5 (huggingface/datablations, "
                    + "utils/parametric_fit.ipynb at 1370131); form: this project's own, after arXiv:2605.09189",
                method:
                    "Huber 1e-3 on log loss, summed, all ten free, 400 starts; ensemble of 100 resamples of the runs: "
                    + "Datasets/refits/bounded.py"),
            warnings: [
                "The form is this project's own composition, its constants refit here.",
                "Its runs do not fix L0, which the fit puts at its cap, guessing evenly over 50,257 tokens.",
                "Fitted to runs with a weight decay of 0.1; stronger decay lowers c.",
            ],
            covariance: Self.covariance, ensemble: Self.resamples, family: "bounded-overfitting",
            prior: BoundedLaw.prior(repeats: true), recipeDoubt: RecipeDoubt(coefficient: "c", logWidth: 0.75))
    }

    /// The covariance of the refits to resampled runs.
    private static let covariance = ModelCard.covariance(of: resamples)
}
