public import ScalingLaws

/// The over-training law of Gadre and others (2024), L = E + (a·M^η + b·M^−η)·C^−η with M = D/N.
///
/// A form: its constants come from the user's fit. It is Chinchilla's with equal exponents 2η, written in compute and
/// tokens per parameter.
///
/// Source: Gadre and others 2024, arXiv:2403.08540, and its code (mlfoundations/scaling).
public struct GadreLaw: ScalingLaw {
    /// Creates the law.
    public init() {}

    /// The law's card.
    public var card: ModelCard {
        ModelCard(
            identifier: "gadre",
            summary: "Over-training law in compute and tokens per parameter (Gadre et al. 2024; form only)",
            coefficients: [
                Coefficient(
                    "E", lowerBound: 0, start: 0.3...3, unit: "nats/token", summary: "loss that no compute removes"),
                Coefficient(
                    "a", lowerBound: 0, start: 10...500, unit: "nats/token·C^eta", summary: "weight of the model's size"
                ),
                Coefficient(
                    "b", lowerBound: 0, start: 10...500, unit: "nats/token·C^eta", summary: "weight of the data"),
                Coefficient("eta", lowerBound: 0, upperBound: 2, start: 0.05...0.5, summary: "exponent of compute"),
            ],
            repetition: .none,
            provenance: Provenance(
                kind: .user, source: "form: Gadre et al. 2024, arXiv:2403.08540", method: "constants from your fit"),
            warnings: ["A form without constants: fit it to your runs, or give them in a law file."],
            family: "gadre", prior: Self.prior)
    }

    /// The prior of Chinchilla's form in these coefficients: A = a·6^−η, B = b·6^−η, α = β = 2η.
    private static var prior: CoefficientPrior {
        let log6 = Elementary.log(6)
        return CoefficientPrior(
            [
                CoefficientPrior.Term("log(E)", center: Elementary.log(1.82), width: 0.1),
                CoefficientPrior.Term("log(a) - \(log6 + 39)*eta", center: -0.621, width: 0.5),
                CoefficientPrior.Term("log(b) - \(log6 + 47)*eta", center: -0.983, width: 0.5),
                CoefficientPrior.Term("eta", center: 0.175, width: 0.025),
            ], source: CoefficientPrior.englishText().source)
    }

    /// E + (a·M^η + b·M^−η)·C^−η.
    public func loss(of run: RunSymbols, _ c: CoefficientSymbols) -> Formula {
        let ratio = run.tokens / run.parameters
        let weight = c["a"] * pow(ratio, c["eta"]) + c["b"] / pow(ratio, c["eta"])
        return c["E"] + weight / pow(run.compute, c["eta"])
    }
}
