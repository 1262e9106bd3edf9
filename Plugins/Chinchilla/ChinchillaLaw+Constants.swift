import ScalingLaws

extension ChinchillaLaw {
    /// The sets of constants that have been published for the form.
    ///
    /// They differ more than their digits suggest: at the compute of Gopher, 5.76e23 FLOPs, Hoffmann's rounded set
    /// advises 32 billion parameters, the unrounded one 40, Besiroglu's 72.
    public enum Constants: Sendable, Hashable, CaseIterable {
        /// Hoffmann et al. 2022, unrounded: as found in the paper's source and used by Besiroglu et al.
        case hoffmann

        /// Hoffmann et al. 2022, equation 10, as printed.
        case hoffmannRounded

        /// The exponents that reproduce the numbers of Sardana et al. 2024.
        case sardana

        /// Besiroglu et al. 2024, as published.
        case besiroglu

        /// The minimum of the Huber objective, δ = 1e-3, on Besiroglu's 240 points.
        case besirogluHuber

        /// The backbone of Muennighoff et al. 2023: C4 points of Hoffmann et al., with equal exponents.
        case c4
    }

    /// The five numbers of the form.
    public struct Values: Sendable, Hashable {
        // swift-format-ignore: AlwaysUseLowerCamelCase
        /// E, A, B as the papers write them; α and β by name.
        public var E, A, B, alpha, beta: Double

        /// Creates a set of values.
        public init(E: Double, A: Double, B: Double, alpha: Double, beta: Double) {
            self.E = E
            self.A = A
            self.B = B
            self.alpha = alpha
            self.beta = beta
        }
    }
}

extension ChinchillaLaw.Constants {
    /// The numbers of the set.
    public var values: ChinchillaLaw.Values {
        switch self {
        case .hoffmann:
            // (a, b, e) = (6.0073404, 6.0179186, 0.5267228), the logarithms of A, B and E.
            ChinchillaLaw.Values(
                E: Elementary.exp(0.5267228), A: Elementary.exp(6.0073404), B: Elementary.exp(6.0179186),
                alpha: 0.33917084, beta: 0.2849083)
        case .hoffmannRounded: ChinchillaLaw.Values(E: 1.69, A: 406.4, B: 410.7, alpha: 0.34, beta: 0.28)
        case .sardana: ChinchillaLaw.Values(E: 1.69, A: 406.4, B: 410.7, alpha: 0.336, beta: 0.283)
        case .besiroglu: ChinchillaLaw.Values(E: 1.8172, A: 482.01, B: 2085.43, alpha: 0.3478, beta: 0.3658)
        case .besirogluHuber:
            ChinchillaLaw.Values(E: 1.81722, A: 477.826, B: 2143.42, alpha: 0.347310, beta: 0.367172)
        case .c4:
            // (a, b, e) = (6.255414, 7.3049974, 0.6254804), the logarithms of A, B and E.
            ChinchillaLaw.Values(
                E: Elementary.exp(0.6254804), A: Elementary.exp(6.255414), B: Elementary.exp(7.3049974),
                alpha: 0.3526596, beta: 0.3526596)
        }
    }

    var card: ModelCard {
        ModelCard(
            identifier: identifier, summary: summary, coefficients: coefficients, repetition: .none,
            validity: validity,
            setup: ModelSetup(corpus: self == .c4 ? "C4" : "MassiveText", lossUnit: "nats/token"),
            provenance: provenance, warnings: warnings,
            covariance: self == .besirogluHuber ? ChinchillaLaw.resampledCovariance : nil,
            ensemble: self == .besirogluHuber ? ChinchillaLaw.resampledConstants : [], family: "chinchilla",
            prior: .englishText())
    }

    private var validity: ValidityRange {
        switch self {
        case .hoffmann, .hoffmannRounded, .sardana:
            ValidityRange(parameters: 70e6...16e9, tokens: 5e9...500e9, epochs: 0...1)
        case .besiroglu, .besirogluHuber:
            // The ends of the 240 points.
            ValidityRange(
                parameters: 57.3e6...16.2e9, tokens: 819e6...318e9, epochs: 0...1, compute: 1.4e18...1.3e22,
                tokensPerParameter: 0.45...342)
        case .c4: ValidityRange(epochs: 0...1)
        }
    }

    private var identifier: String {
        switch self {
        case .hoffmann: "chinchilla"
        case .hoffmannRounded: "chinchilla-rounded"
        case .sardana: "chinchilla-sardana"
        case .besiroglu: "besiroglu"
        case .besirogluHuber: "besiroglu-huber"
        case .c4: "chinchilla-c4"
        }
    }

    private var summary: String {
        switch self {
        case .hoffmann: "Chinchilla (Hoffmann et al. 2022, approach 3), unrounded constants"
        case .hoffmannRounded: "Chinchilla (Hoffmann et al. 2022, approach 3), constants as printed"
        case .sardana: "Chinchilla with the exponents that reproduce Sardana et al. 2024"
        case .besiroglu: "Chinchilla refitted by Besiroglu et al. 2024, constants as published"
        case .besirogluHuber: "Chinchilla refitted to Besiroglu's 240 points with Hoffmann's own objective"
        case .c4: "Chinchilla on C4, exponents tied: the backbone of Muennighoff et al. 2023"
        }
    }

    private var coefficients: [Coefficient] {
        let errors: [Double?] =
            switch self {
            case .besiroglu: [0.03, 124.58, 0.02, 1293.23, 0.02]
            case .besirogluHuber: (0..<5).map { ChinchillaLaw.resampledCovariance[$0][$0].squareRoot() }
            default: [nil, nil, nil, nil, nil]
            }
        return [
            Coefficient(
                "E", value: values.E, standardError: errors[0], lowerBound: 0, start: 0.3...3, unit: "nats/token",
                summary: "loss that no model and no data remove"),
            Coefficient(
                "A", value: values.A, standardError: errors[1], lowerBound: 0, start: 1...20_000,
                unit: "nats/token·N^alpha", summary: "weight of the model's size"),
            Coefficient(
                "alpha", value: values.alpha, standardError: errors[2], lowerBound: 0, upperBound: 3, start: 0.05...1,
                summary: "exponent of the model's size"),
            Coefficient(
                "B", value: values.B, standardError: errors[3], lowerBound: 0, start: 1...100_000,
                unit: "nats/token·D^beta", summary: "weight of the data"),
            Coefficient(
                "beta", value: values.beta, standardError: errors[4], lowerBound: 0, upperBound: 3, start: 0.05...1,
                summary: "exponent of the data"),
        ]
    }

    private var provenance: Provenance {
        switch self {
        case .hoffmann:
            Provenance(
                kind: .published,
                source: "Hoffmann et al. 2022, arXiv:2203.15556, equation 10; unrounded as in the notebook of "
                    + "Besiroglu et al. 2024 (epoch-research/analyzing-chinchilla)",
                method: "Huber 1e-3 on log loss, over 400 runs")
        case .hoffmannRounded:
            Provenance(
                kind: .published, source: "Hoffmann et al. 2022, arXiv:2203.15556, equation 10",
                method: "Huber 1e-3 on log loss, over 400 runs; rounded in print")
        case .sardana:
            Provenance(
                kind: .published, source: "Sardana et al. 2024, arXiv:2401.00448",
                method: "Hoffmann's rounded factors with exponents 0.336 and 0.283, which reproduce the paper's savings"
            )
        case .besiroglu:
            Provenance(
                kind: .published, source: "Besiroglu et al. 2024, arXiv:2404.10102",
                method:
                    "Huber density with a free scale on 240 points read from Hoffmann's figure 4; the scale goes to "
                    + "almost 0, which makes it a fit of absolute errors")
        case .besirogluHuber:
            Provenance(
                kind: .refitHere,
                source: "the 240 points of Besiroglu et al. 2024 (epoch-research/analyzing-chinchilla, "
                    + "data/svg_extracted_data.csv at 9225883)",
                method:
                    "Huber 1e-3 on log loss, summed, 4,500 starts; agrees with the notebook's own plain Huber fit; ensemble "
                    + "of 200 of 400 resamples of the points by datawall fit, seed 1")
        case .c4:
            Provenance(
                kind: .published,
                source:
                    "Muennighoff et al. 2023, arXiv:2305.16264; huggingface/datablations, utils/parametric_fit.ipynb",
                method: "54 points of Hoffmann et al.'s C4 runs read off a figure, alpha and beta tied")
        }
    }

    private var warnings: [String] {
        switch self {
        case .hoffmannRounded: ["Rounded in print, which biases the best size at large budgets."]
        case .besiroglu, .besirogluHuber:
            ["Fitted to points read off a figure: losses to about 0.01, D imputed as C/(6N)."]
        case .c4: ["Fitted to points read off a figure, with alpha and beta tied."]
        case .hoffmann, .sardana: []
        }
    }
}
