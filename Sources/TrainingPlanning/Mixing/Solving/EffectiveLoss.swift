public import ScalingLaws

/// A law of the loss that is told effective tokens instead of tokens and repeats.
///
/// Only a law without a repetition term of its own, or with a repetition curve, can be told effective tokens; the curve
/// is then dropped by asking the law about a run without repeats, so that repeats are not discounted twice.
public struct EffectiveLoss: Sendable {
    /// The law.
    public let law: CompiledLaw

    /// N.
    public let parameters: Double

    /// Tokens of the law for each of the supply.
    public let tokenScale: Double

    /// Puts a law to effective tokens.
    ///
    /// - Parameters:
    ///   - law: The law.
    ///   - parameters: N of the run.
    ///   - tokenScale: Tokens of the law for each of the supply: bytes per token here, over there.
    /// - Throws: ``PlanningError/contradiction(_:)`` for a law whose repeats are a penalty on the loss, and
    ///   ``PlanningError/unusableQuantity(_:value:expected:)`` for a size that is not positive and finite.
    public init(_ law: CompiledLaw, parameters: Double, tokenScale: Double = 1) throws(PlanningError) {
        guard law.card.repetition != .penalty else {
            throw .contradiction(
                "law '\(law.identifier)' takes no effective tokens: its repeats add a penalty to the loss, which "
                    + "discounting them first would count twice. Name a law without repetition or with a curve, such "
                    + "as muennighoff or chinchilla")
        }
        try PlanningError.check(parameters, "the number of parameters (N)")
        try PlanningError.check(tokenScale, "the law's tokens for each of the supply")
        self.law = law
        self.parameters = parameters
        self.tokenScale = tokenScale
    }

    /// The loss at a number of effective tokens.
    ///
    /// - Throws: ``PlanningError/law(_:)`` where the law has no value there.
    public func loss(effectiveTokens: Double) throws(PlanningError) -> Double {
        do {
            return try law.loss(parameters: parameters, tokens: tokenScale * effectiveTokens)
        } catch { throw .law(error) }
    }

    /// ∂L/∂ln D_eff: what a small share more of effective tokens changes, below 0 for a law that falls with data.
    ///
    /// - Throws: ``PlanningError/law(_:)`` where the law has no slope there.
    public func slope(effectiveTokens: Double) throws(PlanningError) -> Double {
        do {
            // Twice as many unique tokens as are read: the slope where nothing repeats, away from the kink at one epoch.
            let asked = tokenScale * effectiveTokens
            let gradient = try law.gradient(parameters: parameters, tokens: asked, uniqueTokens: 2 * asked)
            return gradient.byTokens * asked
        } catch { throw .law(error) }
    }
}
