public import ScalingLaws

/// What a law says of the loss of a mixture.
///
/// Quality weights that were set by hand order and allocate; they are not told to the law. A law without repetition, or
/// with a curve, is told Σ U·ρ(epochs) as ``EffectiveLoss`` tells it; a law with a penalty is told D and the repeats, as
/// the token-weighted mean over sources, which is this project's reading and not its authors'.
public struct MixtureForecast: Sendable {
    /// The law.
    public let law: CompiledLaw

    /// N.
    public let parameters: Double

    /// Whether the qualities were calibrated on pilot runs, so that the law is told Σ q·U·ρ(epochs).
    public let isCalibrated: Bool

    /// Tokens of the law for each of the supply.
    public let tokenScale: Double

    private let curve: CompiledCurve?

    /// Creates a forecast.
    ///
    /// - Parameters:
    ///   - law: The law.
    ///   - parameters: N.
    ///   - isCalibrated: Whether the qualities were calibrated on pilot runs.
    ///   - tokenScale: Tokens of the law for each of the supply: bytes per token here, over there.
    ///   - curve: The law's own curve, with the law's coefficients; see ``ScalingLaws/ScalingLaw/ownCurve()``.
    /// - Throws: ``PlanningError/unusableQuantity(_:value:expected:)`` for a size that is not positive and finite.
    public init(
        _ law: CompiledLaw, parameters: Double, isCalibrated: Bool = false, tokenScale: Double = 1,
        curve: CompiledCurve? = nil
    ) throws(PlanningError) {
        try PlanningError.check(parameters, "the number of parameters (N)")
        try PlanningError.check(tokenScale, "the law's tokens for each of the supply")
        self.law = law
        self.parameters = parameters
        self.isCalibrated = isCalibrated
        self.tokenScale = tokenScale
        self.curve = curve
    }

    /// Whether the law is told repeats rather than effective tokens.
    public var tellsRepeats: Bool { law.card.repetition == .penalty }

    /// The loss of a mixture.
    ///
    /// - Parameters:
    ///   - effectiveTokens: Σ q·U·ρ(epochs).
    ///   - freshTokens: Σ U·ρ(epochs).
    ///   - uniqueTokens: Those of U that are read.
    ///   - repeats: The token-weighted mean of passes beyond the first.
    ///   - tokens: D.
    /// - Returns: The loss, in the unit of the law.
    /// - Throws: ``PlanningError/law(_:)`` where the law has no value there.
    func loss(
        effectiveTokens: Double, freshTokens: Double, uniqueTokens: Double, repeats: Double, tokens: Double
    ) throws(PlanningError) -> Double {
        guard tellsRepeats else {
            return try EffectiveLoss(law, parameters: parameters, tokenScale: tokenScale, curve: curve).loss(
                effectiveTokens: isCalibrated ? effectiveTokens : freshTokens, uniqueTokens: uniqueTokens)
        }
        do {
            let asked = tokenScale * tokens
            return try law.loss(parameters: parameters, tokens: asked, uniqueTokens: asked / (1 + repeats))
        } catch { throw .law(error) }
    }
}
