public import ScalingLaws

/// The loss of a mixture under a law.
///
/// The law is evaluated for a run over one pool that is worth as much as the mixture; see ``run(worth:)``. Qualities
/// set by the user order and allocate tokens; the law does not see them.
public struct MixtureForecast: Sendable {
    /// The law.
    public let law: CompiledLaw

    /// N.
    public let parameters: Double

    /// Whether the qualities were calibrated on pilot runs, so that the law sees Σ q·U·ρ(epochs).
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
    ///   - curve: The law's own curve, with the law's coefficients; see `ScalingLaw.ownCurve()`.
    /// - Throws: ``MixtureError/unusableQuantity(_:value:expected:)`` for a size that is not positive and finite.
    public init(
        _ law: CompiledLaw, parameters: Double, isCalibrated: Bool = false, tokenScale: Double = 1,
        curve: CompiledCurve? = nil
    ) throws(MixtureError) {
        try MixtureError.check(parameters, "the number of parameters (N)")
        try MixtureError.check(tokenScale, "the law's tokens for each of the supply")
        self.law = law
        self.parameters = parameters
        self.isCalibrated = isCalibrated
        self.tokenScale = tokenScale
        self.curve = curve
    }

    /// Whether the law sees repeats rather than effective tokens.
    public var tellsRepeats: Bool { law.card.repetition == .penalty }

    /// The run over one pool that represents a mixture.
    ///
    /// - For a law with a penalty for repeats: D tokens of D/(1 + R̄) unique ones, where R̄ is the token-weighted mean
    ///   of repeats over sources. This is the project's reading, not the authors'.
    /// - For a law with a repetition curve: the passes over the unique tokens read that are worth Σ U·ρ(epochs) on the
    ///   law's own curve. So repeats are discounted once, and other effects of unique tokens in the law (Muennighoff's
    ///   excess parameters) remain.
    /// - For a law without repetition: Σ U·ρ(epochs) fresh tokens.
    ///
    /// A supply of one source gives the run itself in each case.
    ///
    /// - Parameter worth: The mixture.
    /// - Returns: D and the unique tokens of the run, in the law's tokens.
    /// - Throws: ``MixtureError/law(_:)`` if the curve has no value that is needed.
    /// - Complexity: At most some ten evaluations of the curve.
    public func run(worth: MixtureWorth) throws(MixtureError) -> (tokens: Double, uniqueTokens: Double) {
        if tellsRepeats {
            let tokens = tokenScale * worth.tokens
            return (tokens, tokens / (1 + worth.repeats))
        }
        let valued = isCalibrated ? worth.effectiveTokens : worth.freshTokens
        let unique = worth.uniqueTokensRead
        guard let curve, unique > 0, unique < valued else { return (tokenScale * valued, tokenScale * valued) }
        do throws(LawError) {
            let epochs = try curve.epochs(worth: valued / unique, parameters: parameters)
            return (tokenScale * unique * epochs, tokenScale * unique)
        } catch { throw .law(error) }
    }

    /// The loss of a mixture.
    ///
    /// - Parameter worth: The mixture.
    /// - Returns: The loss, in the unit of the law.
    /// - Throws: ``MixtureError/law(_:)`` where the law has no value there.
    public func loss(worth: MixtureWorth) throws(MixtureError) -> Double {
        let run = try run(worth: worth)
        do throws(LawError) {
            return try law.loss(parameters: parameters, tokens: run.tokens, uniqueTokens: run.uniqueTokens)
        } catch { throw .law(error) }
    }

    /// ∂L/∂ln D_eff without repeats: the effect of slightly more effective tokens, below 0 for a law that falls with
    /// data.
    ///
    /// - Parameter effectiveTokens: D_eff, in tokens of the supply.
    /// - Returns: The slope, in the unit of the law.
    /// - Throws: ``MixtureError/law(_:)`` if the law has no slope there.
    public func slope(effectiveTokens: Double) throws(MixtureError) -> Double {
        do throws(LawError) {
            // Twice as many unique tokens as are read: the slope without repeats, away from the kink at one epoch.
            let asked = tokenScale * effectiveTokens
            return try law.gradient(parameters: parameters, tokens: asked, uniqueTokens: 2 * asked).byTokens * asked
        } catch { throw .law(error) }
    }
}

extension CompiledCurve {
    /// The passes over a source that are worth this number of fresh passes, 1 or more.
    ///
    /// A curve rises and is concave, so Newton's steps from below stay below and converge. For more than the curve ever
    /// reaches, the result is a number of passes beyond which nothing changes.
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
