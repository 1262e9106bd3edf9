public import ScalingLaws

extension KaplanLaw {
    /// The law's card.
    public var card: ModelCard {
        ModelCard(
            identifier: identifier, summary: summary, coefficients: coefficients, repetition: .none,
            validity: ValidityRange(parameters: 768...1.5e9, tokens: 22e6...23e9, epochs: 0...1),
            setup: ModelSetup(
                corpus: "WebText2", tokenizer: "byte-pair encoding of 50,257 entries",
                bytesPerToken: Self.bytesPerToken,
                countsEmbeddings: false),
            provenance: Provenance(
                kind: variant == .steps ? .user : .published,
                source: "Kaplan et al. 2020, arXiv:2001.08361\(table)",
                method: variant == .steps ? "S_c and alphaS as published; N_c and alphaN from your fit" : nil),
            warnings: warnings, family: "kaplan",
            prior: .around(coefficients, source: "the constants of Kaplan et al. 2020"))
    }

    /// WebText2's 96 GB of text have 2.29e10 tokens: section 2.3 of the paper.
    static let bytesPerToken = 96e9 / 2.29e10

    private var table: String {
        switch variant {
        case .joint: ", Table 2"
        case .parameters, .tokens, .compute, .minimalCompute: ", Table 5"
        case .steps: ""
        }
    }

    private var identifier: String {
        switch variant {
        case .joint: "kaplan"
        case .parameters: "kaplan-parameters"
        case .tokens: "kaplan-tokens"
        case .compute: "kaplan-compute"
        case .minimalCompute: "kaplan-minimal-compute"
        case .steps: "kaplan-steps"
        }
    }

    private var summary: String {
        switch variant {
        case .joint: "Loss by model size and data (Kaplan et al. 2020)"
        case .parameters: "Loss by model size only (Kaplan et al. 2020)"
        case .tokens: "Loss by data only, stopped early (Kaplan et al. 2020)"
        case .compute: "Loss by compute at a fixed batch size (Kaplan et al. 2020)"
        case .minimalCompute: "Loss by compute at a small batch size (Kaplan et al. 2020)"
        case .steps: "Loss by model size and optimisation steps (Kaplan et al. 2020; form; N_c from your fit)"
        }
    }

    private var coefficients: [Coefficient] {
        func scale(
            _ name: String, _ value: Double?, _ unit: String, start: ClosedRange<Double>? = nil
        ) -> Coefficient {
            Coefficient(
                name, value: value, lowerBound: 1e-6, start: start, unit: unit,
                summary: "scale at which this term would be 1 by itself")
        }
        func exponent(_ name: String, _ value: Double?) -> Coefficient {
            Coefficient(name, value: value, lowerBound: 0.001, upperBound: 3, start: 0.02...1, summary: "exponent")
        }
        return switch variant {
        case .joint:
            [
                scale("Nc", 6.4e13, "parameters"), exponent("alphaN", 0.076), scale("Dc", 1.8e13, "tokens"),
                exponent("alphaD", 0.103),
            ]
        case .parameters: [scale("Nc", 8.8e13, "parameters"), exponent("alphaN", 0.076)]
        case .tokens: [scale("Dc", 5.4e13, "tokens"), exponent("alphaD", 0.095)]
        case .compute: [scale("Cc", 1.6e7, "petaflop-days"), exponent("alphaC", 0.057)]
        case .minimalCompute: [scale("Cc", 3.1e8, "petaflop-days"), exponent("alphaC", 0.050)]
        case .steps:
            [
                scale("Nc", nil, "parameters", start: 1e12...1e15), exponent("alphaN", nil),
                scale("Sc", 2.1e3, "steps"),
                exponent("alphaS", 0.76),
            ]
        }
    }

    private var warnings: [String] {
        var warnings = [
            "N counts parameters without embeddings of vocabulary and position.",
            "It has no irreducible loss: far outside its range it falls to zero.",
        ]
        switch variant {
        case .compute:
            warnings.append("Its constants count compute in petaflop-days of 8.64e19 FLOPs; C here is 6·N·D in FLOPs.")
        case .minimalCompute:
            warnings.append(
                "Its compute is that of a batch size far below critical; one figure of the paper prints 2.3e8 for Cc.")
        case .steps: warnings.append("It needs the run's 'minimal_steps'.")
        case .joint, .parameters, .tokens: break
        }
        return warnings
    }
}
