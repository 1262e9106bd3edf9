public import ScalingLaws

/// The bounded law of arXiv:2605.09189: L = E + (L₀ − E)·h/(1 + h) with h = a/N^α + b/D^β + c·N^γ/U^δ.
///
/// However far one extrapolates, the loss stays between E and L₀, the loss of an untrained model. This is a form: its
/// constants come from the user's fit.
public struct BoundedLaw: ScalingLaw {
    /// Creates the law.
    public init() {}

    /// The law's card.
    public var card: ModelCard {
        ModelCard(
            identifier: "bounded",
            summary: "Loss bounded between floor and ignorance, with overfitting (arXiv:2605.09189; form only)",
            coefficients: Self.coefficients(values: nil).filter { $0.name != "rho" },
            repetition: .penalty,
            provenance: Provenance(
                kind: .user, source: "form: arXiv:2605.09189", method: "constants from your fit"),
            warnings: ["A form without constants: fit it to your runs, or give them in a law file."],
            prior: Self.prior(repeats: false))
    }

    /// E + (L₀ − E)·h/(1 + h).
    public func loss(of run: RunSymbols, _ c: CoefficientSymbols) -> Formula {
        Self.squashed(
            Self.learning(run, c) + c["c"] * pow(run.parameters, c["gamma"]) / pow(run.uniqueTokens, c["delta"]), c)
    }

    /// a/N^α + b/D^β, the part of the loss that a larger model or more data would reduce.
    static func learning(_ run: RunSymbols, _ c: CoefficientSymbols) -> Formula {
        c["a"] / pow(run.parameters, c["alpha"]) + c["b"] / pow(run.tokens, c["beta"])
    }

    /// E + (L₀ − E)·h/(1 + h).
    static func squashed(_ h: Formula, _ c: CoefficientSymbols) -> Formula {
        c["E"] + (c["L0"] - c["E"]) * h / (1 + h)
    }

    /// The published C4 backbone, bounded, with widths as corpora differ; L₀ near the logarithm of a vocabulary.
    static func prior(repeats: Bool) -> CoefficientPrior {
        CoefficientPrior(
            [
                CoefficientPrior.Term("log(E)", center: Elementary.log(1.9), width: 0.1),
                CoefficientPrior.Term("log(L0)", center: Elementary.log(10.8), width: 0.1),
                CoefficientPrior.Term("log(a) - 19.5*alpha", center: -2.72, width: 0.5),
                CoefficientPrior.Term("log(b) - 23.5*beta", center: -3.13, width: 0.5),
                CoefficientPrior.Term("alpha", center: 0.4, width: 0.05),
                CoefficientPrior.Term("beta - alpha", center: 0, width: 0.05),
                CoefficientPrior.Term("gamma", center: 1, width: 0.4),
                CoefficientPrior.Term("delta", center: 0.9, width: 0.4),
            ] + (repeats ? [CoefficientPrior.Term("rho", center: 0.6, width: 0.3)] : []),
            source: "the C4 backbone of Muennighoff et al. 2023, bounded; widths are this project's judgement")
    }

    static func coefficients(values: [Double]?) -> [Coefficient] {
        let forms = [
            Coefficient("E", lowerBound: 0, start: 0.5...3, unit: "nats/token", summary: "loss that nothing removes"),
            Coefficient(
                "L0", lowerBound: 0, start: 6...11, unit: "nats/token",
                summary: "loss of a model that has learned nothing"),
            Coefficient("a", lowerBound: 0, start: 10...10_000, unit: "N^alpha", summary: "weight of the model's size"),
            Coefficient(
                "alpha", lowerBound: 0, upperBound: 3, start: 0.2...0.8, summary: "exponent of the model's size"),
            Coefficient("b", lowerBound: 0, start: 10...100_000, unit: "D^beta", summary: "weight of the data"),
            Coefficient("beta", lowerBound: 0, upperBound: 3, start: 0.2...0.8, summary: "exponent of the data"),
            Coefficient("c", lowerBound: 0, start: 1e-8...1e-2, summary: "weight of overfitting"),
            Coefficient(
                "gamma", lowerBound: 0, upperBound: 4, start: 0.3...1.5, summary: "exponent of size in overfitting"),
            Coefficient(
                "rho", lowerBound: 0.01, upperBound: 3, start: 0.2...1.2, summary: "exponent of the repetitions"),
            Coefficient(
                "delta", lowerBound: 0, upperBound: 4, start: 0.3...1.5,
                summary: "exponent of unique data in overfitting"),
        ]
        guard let values else { return forms }
        return zip(forms, values).map { form, value in
            var coefficient = form
            coefficient.value = value
            return coefficient
        }
    }
}
