import Chinchilla
import Lovelace
public import ScalingLaws

/// Chinchilla's backbone with the additive penalty for repetition that C4's multi-epoch runs show:
/// L = E + A/N^α + B/D^β + P·(N^κ/U^(κ+gap))·ln(1 + R/r₀).
///
/// The backbone is that of ``SoftChinchillaLaw``, the penalty in nats that of ``LovelaceLogLaw``, draw by draw. The
/// composition is this project's own: the trade-off between size and tokens comes from Chinchilla's 240 runs, because
/// C4's few single-epoch runs do not determine it; the cost of repeats comes from C4. No constant is fitted for the
/// combination.
public struct ChinchillaLogLaw: ScalingLaw {
    private let penalty = LovelaceLogLaw()

    /// Creates the law.
    public init() {}

    /// The form of ``LovelaceLogLaw``.
    public func loss(of run: RunSymbols, _ c: CoefficientSymbols) -> Formula { penalty.loss(of: run, c) }

    /// The law's card, composed of those of its parts.
    public var card: ModelCard { Self.composed }

    /// Measured on the runs of each number of unique tokens, with the penalty of a fit to all others.
    private static let evidence = [
        LawEvidence(
            regime: .oneEpoch, contrastError: 0.0265, runs: 31, data: "C4 runs of Muennighoff et al. 2023",
            command: "measure-laws DATA contrasts (Benchmarks/fitting)"),
        LawEvidence(
            regime: .severalEpochs, contrastError: 0.0187, runs: 54, data: "C4 runs of Muennighoff et al. 2023",
            command: "measure-laws DATA contrasts (Benchmarks/fitting)"),
        LawEvidence(
            regime: .manyEpochs, contrastError: 0.0447, runs: 105, data: "C4 runs of Muennighoff et al. 2023",
            command: "measure-laws DATA contrasts (Benchmarks/fitting)"),
    ]

    private static let composed: ModelCard = {
        let (backbone, repeats) = (SoftChinchillaLaw().card, LovelaceLogLaw().card)
        let places = repeats.coefficientNames.map { backbone.coefficientNames.firstIndex(of: $0) }
        func compose(_ own: [Double], _ other: [Double]) -> [Double] {
            zip(places, other).map { place, value in place.map { own[$0] } ?? value }
        }
        let draws = zip(backbone.ensemble, repeats.ensemble).map(compose)
        var error = backbone.forecastError
        // The larger of its parts' growths, from Chinchilla's own runs on.
        error?.growth = Swift.max(backbone.forecastError?.growth ?? 0, repeats.forecastError?.growth ?? 0)
        return ModelCard(
            identifier: "chinchilla-log",
            summary: "Chinchilla's backbone with C4's penalty for repeats (our composition of two refits)",
            coefficients: zip(places, repeats.coefficients).map { place, form in
                var coefficient = form
                coefficient.value = place.flatMap { backbone.coefficients[$0].value } ?? form.value
                return coefficient
            },
            repetition: .penalty,
            validity: ValidityRange(
                parameters: backbone.validity.parameters, tokens: backbone.validity.tokens,
                uniqueTokens: repeats.validity.uniqueTokens, epochs: repeats.validity.epochs,
                compute: backbone.validity.compute, tokensPerParameter: backbone.validity.tokensPerParameter),
            setup: backbone.setup,
            provenance: Provenance(
                kind: .refitHere,
                source: "backbone of 'chinchilla-soft' (\(backbone.provenance.source)); penalty of 'lovelace-log'",
                method: "the first law's draws of E, A, alpha, B, beta with the second's of P, kappa, gap, r0"),
            warnings: ["The composition is this project's own; no run was trained to test it."],
            covariance: ModelCard.covariance(of: draws), ensemble: draws, family: "chinchilla-log",
            evidence: evidence, forecastError: error, recipeDoubt: repeats.recipeDoubt)
    }()
}
