public import ScalingLaws

/// The weight decay and the epochs of lowest loss for a model trained on few unique tokens, as one team tuned them.
///
/// weight decay = w0·(N/U)^wNU and epochs = e0·(N/U)^−eNU, where N/U counts parameters for each unique token.
///
/// Two teams tuned whole recipes at fixed unique data: ``kim`` and ``xu``. Both find weight decay almost in proportion
/// to N/U, and levels a factor of two apart. The exponents are fitted to both tables at once, the levels to each, by
/// least squares of logarithms. The settings were varied in factors of two, so no rule can be more precise than that.
///
/// With each model size left out in turn, 34 of 36 weight decays and 33 of 36 numbers of epochs are predicted within a
/// factor of two (`Benchmarks/recipes/leave_one_size_out`).
public struct RepetitionRecipe: HyperparameterLaw {
    /// The rule's card.
    public let card: ModelCard

    /// Settings that Kim, Kotha, Liang and Hashimoto tuned for models of 150M to 1.4B parameters on 210M to 1.7B tokens.
    ///
    /// Source: arXiv:2509.14786, settings in the `marin-community/marin` repository.
    public static let kim = RepetitionRecipe(
        identifier: "kim-recipe", decay: 1.016, epochs: 13.55,
        validity: ValidityRange(
            parameters: 150e6...1.4e9, uniqueTokens: 209_715_200...1_677_721_600,
            parametersPerUniqueToken: 0.0894...6.676),
        source: "tuned settings of Kim et al. 2025, arXiv:2509.14786 (16 of them)")

    /// Settings that Xu and others tuned for models of 72M to 1.4B parameters on 100M to 400M tokens.
    ///
    /// Source: arXiv:2606.06888, settings in the authors' code.
    public static let xu = RepetitionRecipe(
        identifier: "xu-recipe", decay: 0.4752, epochs: 35.03,
        validity: ValidityRange(
            parameters: 72e6...1.4e9, uniqueTokens: 100e6...400e6, parametersPerUniqueToken: 0.18...14),
        source: "tuned settings of Xu et al. 2026, arXiv:2606.06888 (20 of them)")

    private init(identifier: String, decay: Double, epochs: Double, validity: ValidityRange, source: String) {
        card = ModelCard(
            identifier: identifier,
            summary: "Weight decay and epochs where few unique tokens are repeated",
            coefficients: [
                Coefficient("w0", value: decay, lowerBound: 0, summary: "weight decay at N = U"),
                Coefficient("wNU", value: 0.8058, lowerBound: 0, upperBound: 3, summary: "its rise with N/U"),
                Coefficient("e0", value: epochs, lowerBound: 0, summary: "epochs at N = U"),
                Coefficient("eNU", value: 0.4136, lowerBound: 0, upperBound: 3, summary: "their fall with N/U"),
            ],
            validity: validity,
            setup: ModelSetup(corpus: "DCLM"),
            provenance: Provenance(
                kind: .refitHere, source: source,
                method: "least squares of logarithms, exponents shared by both teams"),
            warnings: ["The settings were chosen among steps of a factor of two."])
    }

    /// w0·(N/U)^wNU.
    public func weightDecay(of run: RunSymbols, _ c: CoefficientSymbols) -> Formula? {
        c["w0"] * pow(run.parameters / run.uniqueTokens, c["wNU"])
    }

    /// e0·(N/U)^−eNU.
    public func epochs(of run: RunSymbols, _ c: CoefficientSymbols) -> Formula? {
        c["e0"] / pow(run.parameters / run.uniqueTokens, c["eNU"])
    }
}
