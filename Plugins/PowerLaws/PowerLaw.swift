public import ScalingLaws

/// Power laws with a floor, in one resource or two: forms whose constants come from the user's fit.
///
/// Sources: Hestness and others 2017, arXiv:1712.00409 (one resource); Henighan and others 2020, arXiv:2010.14701
/// (compute only, for runs near the best size of their compute); Rosenfeld and others 2020, arXiv:1909.12673 (model and
/// data together; without that paper's envelope towards random guessing).
public enum PowerLaw: ScalingLaw, CaseIterable {
    /// L = E + B/D^β.
    case data

    /// L = E + A/N^α.
    case parameters

    /// L = E + A/N^α + B/D^β.
    case joint

    /// L = E + A/C^α with C = 6·N·D.
    ///
    /// It has no best size: every size at one compute has the same loss.
    case compute

    /// The law's card.
    public var card: ModelCard {
        let floor = Coefficient(
            "E", lowerBound: 0, start: 0.3...3, unit: "nats/token",
            summary: "loss that more of the resource does not remove")
        let size = [
            Coefficient(
                "A", lowerBound: 0, start: 1...20_000, unit: "nats/token·N^alpha", summary: "weight of the model's size"
            ),
            Coefficient(
                "alpha", lowerBound: 0, upperBound: 3, start: 0.05...1, summary: "exponent of the model's size"),
        ]
        let data = [
            Coefficient(
                "B", lowerBound: 0, start: 1...100_000, unit: "nats/token·D^beta", summary: "weight of the data"),
            Coefficient("beta", lowerBound: 0, upperBound: 3, start: 0.05...1, summary: "exponent of the data"),
        ]
        return switch self {
        case .data:
            Self.card(
                "hestness", "Power law in data with a floor (Hestness et al. 2017; form only)", [floor] + data,
                "Hestness et al. 2017, arXiv:1712.00409")
        case .parameters:
            Self.card(
                "hestness-parameters", "Power law in model size with a floor (Hestness et al. 2017; form only)",
                [floor] + size, "Hestness et al. 2017, arXiv:1712.00409")
        case .joint:
            Self.card(
                "rosenfeld", "Power laws in model size and data with a floor (Rosenfeld et al. 2020; form only)",
                [floor] + size + data, "Rosenfeld et al. 2020, arXiv:1909.12673")
        case .compute:
            Self.card(
                "henighan", "Power law in compute only, with a floor (Henighan et al. 2020; form only)",
                [
                    floor,
                    Coefficient(
                        "A", lowerBound: 0, start: 1...1_000_000, unit: "nats/token·C^alpha",
                        summary: "weight of the compute"),
                    Coefficient(
                        "alpha", lowerBound: 0, upperBound: 3, start: 0.03...0.5, summary: "exponent of the compute"),
                ], "Henighan et al. 2020, arXiv:2010.14701", hasPrior: false,
                warning: "It says nothing about the best size: fit it only to the best runs of each compute.")
        }
    }

    private static func card(
        _ identifier: String, _ summary: String, _ coefficients: [Coefficient], _ source: String,
        hasPrior: Bool = true, warning: String? = nil
    ) -> ModelCard {
        ModelCard(
            identifier: identifier, summary: summary, coefficients: coefficients, repetition: .none,
            provenance: Provenance(kind: .user, source: "form: \(source)", method: "constants from your fit"),
            warnings: ["A form without constants: fit it to your runs, or give them in a law file."]
                + (warning.map { [$0] } ?? []),
            prior: hasPrior
                ? .englishText(
                    hasSize: coefficients.contains { $0.name == "A" },
                    hasData: coefficients.contains { $0.name == "B" }) : nil)
    }

    /// The loss of the case.
    public func loss(of run: RunSymbols, _ c: CoefficientSymbols) -> Formula {
        let size = c["A"] / pow(run.parameters, c["alpha"])
        let data = c["B"] / pow(run.tokens, c["beta"])
        return switch self {
        case .data: c["E"] + data
        case .parameters: c["E"] + size
        case .joint: c["E"] + size + data
        case .compute: c["E"] + c["A"] / pow(6 * run.parameters * run.tokens, c["alpha"])
        }
    }
}
