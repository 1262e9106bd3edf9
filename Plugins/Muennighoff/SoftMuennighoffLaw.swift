public import ScalingLaws

/// Chinchilla's form with repeats worth less and less and softly tied exponents:
/// L = E + A/N^α + B/D′^β, D′ = U·(1 + R_D·(1 − exp(−R/R_D))).
///
/// Only the data decay of Muennighoff and others (2023), without their decay of parameters; β near α by the card's
/// prior. Repeats never harm under it.
public struct SoftMuennighoffLaw: ScalingLaw {
    /// Creates the law.
    public init() {}

    /// E + A/N^α + B/D′^β.
    public func loss(of run: RunSymbols, _ c: CoefficientSymbols) -> Formula {
        let data = run.uniqueTokens * (1 + MuennighoffCurve.worth(ofRepeats: run.repetitions, decay: c["RD"]))
        return c["E"] + c["A"] / pow(run.parameters, c["alpha"]) + c["B"] / pow(data, c["beta"])
    }

    /// The curve inside D′.
    public var repetitionCurve: (any RepetitionCurve)? { MuennighoffCurve() }

    /// The law's card; its constants are fitted here.
    public var card: ModelCard {
        ModelCard(
            identifier: "muennighoff-soft",
            summary: "Decaying repeats with softly tied exponents (form after Muennighoff et al. 2023; refit here)",
            coefficients: zip(MuennighoffLaw().card.coefficients, Self.central).map { form, value in
                var coefficient = form
                coefficient.value = value
                return coefficient
            },
            repetition: .curve, validity: Self.validity,
            setup: ModelSetup(corpus: "C4", tokenizer: "GPT-2", weightDecay: 0.1),
            provenance: Provenance(
                kind: .refitHere,
                source:
                    "182 C4 runs of Muennighoff et al. 2023 (huggingface/datablations, utils/parametric_fit.ipynb at "
                    + "1370131)",
                method:
                    "Huber 1e-3 on log loss, summed, prior from the published C4 backbone; 100 draws: groups of equal U "
                    + "and runs resampled, prior centers jittered: Benchmarks/fitting, measure-laws refit"),
            warnings: [MuennighoffLaw.noHarmWarning], covariance: Self.covariance, ensemble: Self.draws,
            family: "muennighoff", evidence: Self.evidence, prior: Self.prior, forecastError: Self.forecastError)
    }

    /// The range of the 182 runs, except for epochs: beyond 16 the law's error of differences is five times larger.
    private static let validity = ValidityRange(
        parameters: 7.098752e6...8.67e9, tokens: 100e6...900e9, uniqueTokens: 100e6...178e9, epochs: 1...16,
        compute: 4.2e15...9.3e21, tokensPerParameter: 0.09...64_000)

    /// Measured on the runs of each number of unique tokens under a fit to all others.
    private static let evidence = [
        LawEvidence(
            regime: .oneEpoch, contrastError: 0.0210, runs: 31, data: "C4 runs of Muennighoff et al. 2023",
            command: "measure-laws DATA contrasts (Benchmarks/fitting)"),
        LawEvidence(
            regime: .severalEpochs, contrastError: 0.0160, runs: 54, data: "C4 runs of Muennighoff et al. 2023",
            command: "measure-laws DATA contrasts (Benchmarks/fitting)"),
        LawEvidence(
            regime: .manyEpochs, contrastError: 0.0860, runs: 105, data: "C4 runs of Muennighoff et al. 2023",
            command: "measure-laws DATA contrasts (Benchmarks/fitting)"),
    ]

    private static let covariance = ModelCard.covariance(of: draws)

    /// The prior that the card's own constants were fitted with: the published C4 backbone, and next to nothing on the
    /// decay.
    public static var backbonePrior: CoefficientPrior {
        CoefficientPrior(
            [
                CoefficientPrior.Term("log(E)", center: Elementary.log(1.869), width: 0.03578),
                CoefficientPrior.Term("log(A) - 19.5*alpha", center: -0.621, width: 0.1342),
                CoefficientPrior.Term("log(B) - 23.5*beta", center: -0.983, width: 0.1342),
                CoefficientPrior.Term("alpha", center: 0.353, width: 0.01342),
                CoefficientPrior.Term("beta - alpha", center: 0, width: 0.01342),
                CoefficientPrior.Term("log(RD)", center: Elementary.log(15.4), width: 0.7),
            ],
            source: "the C4 backbone of Muennighoff et al. 2023", isDefault: true)
    }
}
