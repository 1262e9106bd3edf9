public import ScalingLaws

extension MuennighoffLaw {
    /// The law's card.
    public var card: ModelCard {
        ModelCard(
            identifier: "muennighoff",
            summary: "Data-constrained law with decaying repeats (Muennighoff et al. 2023)",
            coefficients: [
                // (a, b, e) = (6.255414, 7.3049974, 0.6254804), the logarithms of A, B and E; α = β.
                Coefficient(
                    "E", value: Elementary.exp(0.6254804), lowerBound: 0, start: 0.3...3, unit: "nats/token",
                    summary: "loss that no model and no data remove"),
                Coefficient(
                    "A", value: Elementary.exp(6.255414), lowerBound: 1e-6, start: 1...20_000,
                    unit: "nats/token·N^alpha", summary: "weight of the model's size"),
                Coefficient(
                    "alpha", value: 0.3526596, lowerBound: 0.01, upperBound: 3, start: 0.05...1,
                    summary: "exponent of the model's size"),
                Coefficient(
                    "B", value: Elementary.exp(7.3049974), lowerBound: 1e-6, start: 1...100_000,
                    unit: "nats/token·D^beta", summary: "weight of the data"),
                Coefficient(
                    "beta", value: 0.3526596, lowerBound: 0.01, upperBound: 3, start: 0.05...1,
                    summary: "exponent of the data"),
                Self.dataDecay,
                Coefficient(
                    "RN", value: 5.309743, lowerBound: 1e-3, start: 0.5...50, unit: "model sizes",
                    summary: "excess parameters after which more are worth a factor e less"),
            ],
            repetition: .curve,
            validity: Self.validity,
            setup: Self.setup,
            provenance: Self.provenance,
            warnings: [
                Self.identificationWarning,
                Self.noHarmWarning,
                "Its E, A, B, alpha and beta were fitted to other runs than its decay: absolute losses are off by some "
                    + "7 % on its own 182 runs.",
                Self.ensembleWarning,
            ],
            ensemble: Self.decays.map { decays in Self.backbone + decays }, family: "muennighoff",
            prior: .englishText(and: [
                CoefficientPrior.Term("log(RD)", center: Elementary.log(15.4), width: 0.7),
                CoefficientPrior.Term("log(RN)", center: Elementary.log(5.3), width: 1),
            ]))
    }

    /// E, A, alpha, B, beta as published; the ensemble contains these.
    private static var backbone: [Double] {
        [Elementary.exp(0.6254804), Elementary.exp(6.255414), 0.3526596, Elementary.exp(7.3049974), 0.3526596]
    }

    static var ensembleWarning: String {
        "Its ensemble is refit here: 100 resamples of the 182 runs with the published backbone held "
            + "(Datasets/refits/muennighoff_ensemble.py); decays of 10,000 are the cap of that fit, no decay at all."
    }

    static var dataDecay: Coefficient {
        Coefficient(
            "RD", value: 15.387756, lowerBound: 1e-3, start: 1...100, unit: "epochs",
            summary: "repeats after which more are worth a factor e less")
    }

    static var validity: ValidityRange {
        ValidityRange(parameters: 10e6...9e9, tokens: 100e6...900e9, uniqueTokens: 100e6...178e9, epochs: 1...1_500)
    }

    static var setup: ModelSetup {
        ModelSetup(corpus: "C4", tokenizer: "GPT-2", weightDecay: 0.1)
    }

    static var provenance: Provenance {
        Provenance(
            kind: .published,
            source: "Muennighoff et al. 2023, arXiv:2305.16264; huggingface/datablations, utils/parametric_fit.ipynb",
            method: "two steps: E, A, B, alpha = beta on 54 C4 points of Hoffmann et al., then the two decays on 182 "
                + "runs with those held, Huber 1e-3 on log loss")
    }

    static var identificationWarning: String {
        "The data do not identify its decay: the published RD is a shallow local minimum, and anything from about 6 up "
            + "fits as well. Show a range, never one number."
    }

    static var noHarmWarning: String {
        "Repeats never harm under it: without a cap it advises hundreds of epochs where unique data are scarce."
    }
}
