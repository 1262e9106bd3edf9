/// A rule for training a run: its batch size, learning rate, weight decay or epochs, by model size and tokens, stated as
/// formulas.
///
/// Callers rely on these promises:
/// - The rule is a pure value: the same formulas and card every time, from any thread.
/// - N is counted as the card's setup says, D is the tokens processed, repeats included, U the distinct ones among them.
/// - Over the card's validity range the formulas are positive and finite.
public protocol HyperparameterLaw: Sendable {
    /// Identity, coefficients with units and bounds, validity range, setup and provenance.
    var card: ModelCard { get }

    /// The batch size in tokens, or `nil` where the rule says nothing of it.
    func batchTokens(of run: RunSymbols, _ c: CoefficientSymbols) -> Formula?

    /// The peak learning rate, or `nil` where the rule says nothing of it.
    func learningRate(of run: RunSymbols, _ c: CoefficientSymbols) -> Formula?

    /// The weight decay of AdamW, or `nil` where the rule says nothing of it.
    func weightDecay(of run: RunSymbols, _ c: CoefficientSymbols) -> Formula?

    /// The passes over the unique tokens, or `nil` if the rule does not suggest any.
    func epochs(of run: RunSymbols, _ c: CoefficientSymbols) -> Formula?
}

extension HyperparameterLaw {
    /// `nil`: nothing about batches.
    public func batchTokens(of run: RunSymbols, _ c: CoefficientSymbols) -> Formula? { nil }

    /// `nil`: nothing about the learning rate.
    public func learningRate(of run: RunSymbols, _ c: CoefficientSymbols) -> Formula? { nil }

    /// `nil`: nothing about weight decay.
    public func weightDecay(of run: RunSymbols, _ c: CoefficientSymbols) -> Formula? { nil }

    /// `nil`: nothing about epochs.
    public func epochs(of run: RunSymbols, _ c: CoefficientSymbols) -> Formula? { nil }

    /// The batch size in tokens as a formula, where the rule gives one.
    public var batchFormula: Formula? { batchTokens(of: RunSymbols(), CoefficientSymbols()) }

    /// The peak learning rate as a formula, where the rule gives one.
    public var learningRateFormula: Formula? { learningRate(of: RunSymbols(), CoefficientSymbols()) }

    /// The weight decay as a formula, where the rule gives one.
    public var weightDecayFormula: Formula? { weightDecay(of: RunSymbols(), CoefficientSymbols()) }

    /// The epochs as a formula, where the rule gives one.
    public var epochsFormula: Formula? { epochs(of: RunSymbols(), CoefficientSymbols()) }

    /// The hyperparameters that the rule suggests for a run.
    ///
    /// - Parameters:
    ///   - parameters: N, counted as the card's setup says.
    ///   - tokens: D, repeats included.
    ///   - uniqueTokens: U, the distinct tokens among them; `nil` if all are distinct.
    /// - Returns: The suggestion, with how far outside the rule's range the run is.
    /// - Throws: A ``LawError`` for a quantity that is not positive and finite, or a formula without a value there.
    public func suggestion(
        parameters: Double, tokens: Double, uniqueTokens: Double? = nil
    ) throws(LawError) -> HyperparameterSuggestion {
        let run = try TrainingRun(parameters: parameters, tokens: tokens, uniqueTokens: uniqueTokens ?? tokens)
        func value(_ formula: Formula?) throws(LawError) -> Double? {
            guard let formula else { return nil }
            return try CompiledLaw(Stated(card: card, stated: formula)).loss(of: run)
        }
        let factors = [
            ValidityRange.extrapolation(of: parameters, beyond: card.validity.parameters),
            ValidityRange.extrapolation(of: tokens, beyond: card.validity.tokens),
            ValidityRange.extrapolation(of: run.uniqueTokens, beyond: card.validity.uniqueTokens),
        ]
        return HyperparameterSuggestion(
            law: card.identifier, batchTokens: try value(batchFormula), learningRate: try value(learningRateFormula),
            weightDecay: try value(weightDecayFormula), epochs: try value(epochsFormula),
            provenance: card.provenance, extrapolation: factors.compactMap { $0 }.reduce(1, Swift.max))
    }
}

/// One formula of a rule with the rule's card, for the evaluator.
private struct Stated: ScalingLaw {
    let card: ModelCard
    let stated: Formula

    func loss(of run: RunSymbols, _ c: CoefficientSymbols) -> Formula { stated }
}
