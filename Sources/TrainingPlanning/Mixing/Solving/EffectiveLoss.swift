public import ScalingLaws

/// A law of the loss that is told effective tokens instead of tokens and repeats.
///
/// Only a law without a repetition term of its own, or with a repetition curve, can be told effective tokens. Repeats are
/// not discounted twice: a law with a curve is asked at the run over one pool that is worth as many fresh tokens, so
/// that what else it makes of the unique tokens (Muennighoff's excess parameters) stays; where its curve is not given,
/// at a run without repeats.
public struct EffectiveLoss: Sendable {
    /// The law.
    public let law: CompiledLaw

    /// N.
    public let parameters: Double

    /// Tokens of the law for each of the supply.
    public let tokenScale: Double

    /// The law's own curve, where it has one and is to be asked with it.
    private let curve: CompiledCurve?

    /// Puts a law to effective tokens.
    ///
    /// - Parameters:
    ///   - law: The law.
    ///   - parameters: N of the run.
    ///   - tokenScale: Tokens of the law for each of the supply: bytes per token here, over there.
    ///   - curve: The law's own curve, with the law's coefficients; see ``ScalingLaws/ScalingLaw/ownCurve()``.
    /// - Throws: ``PlanningError/contradiction(_:)`` for a law whose repeats are a penalty on the loss, and
    ///   ``PlanningError/unusableQuantity(_:value:expected:)`` for a size that is not positive and finite.
    public init(
        _ law: CompiledLaw, parameters: Double, tokenScale: Double = 1, curve: CompiledCurve? = nil
    ) throws(PlanningError) {
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
        self.curve = curve
    }

    /// The loss at a number of effective tokens.
    ///
    /// - Parameters:
    ///   - effectiveTokens: What the tokens are worth in fresh ones.
    ///   - uniqueTokens: The unique tokens that were read for them; `nil` where nothing repeats.
    /// - Returns: The loss, in the unit of the law.
    /// - Throws: ``PlanningError/law(_:)`` where the law has no value there.
    public func loss(effectiveTokens: Double, uniqueTokens: Double? = nil) throws(PlanningError) -> Double {
        do {
            guard let curve, let uniqueTokens, uniqueTokens > 0, uniqueTokens < effectiveTokens else {
                return try law.loss(parameters: parameters, tokens: tokenScale * effectiveTokens)
            }
            let unique = tokenScale * uniqueTokens
            let epochs = try curve.epochs(worth: effectiveTokens / uniqueTokens, parameters: parameters)
            return try law.loss(parameters: parameters, tokens: unique * epochs, uniqueTokens: unique)
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

extension CompiledCurve {
    /// The passes that are worth so many fresh ones, 1 or more.
    ///
    /// A curve rises and bends down, so Newton's steps from below stay below and close in. More than the curve ever
    /// reaches is asked at passes beyond which nothing changes.
    fileprivate func epochs(worth: Double, parameters: Double) throws(LawError) -> Double {
        var epochs = Swift.max(1, worth)
        for _ in 0..<100 {
            let (value, slope) = try valueAndSlope(epochs: epochs, parameters: parameters)
            guard slope > 0 else { return epochs }
            let next = Swift.min(epochs + (worth - value) / slope, 1e9)
            guard next > epochs * (1 + 1e-15) else { return epochs }
            epochs = next
        }
        return epochs
    }
}
