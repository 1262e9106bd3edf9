public import TrainingPlanning

/// One run of a design.
public struct DesignedRun: Sendable, Hashable {
    /// The model.
    public let shape: ModelShape

    /// N, counted as the law counts.
    public let parameters: Double

    /// D, repeats included: a whole number.
    public let tokens: Double

    /// The distinct tokens of them.
    public let uniqueTokens: Double

    /// The compute that the run was placed at, in FLOPs: runs of one level make an IsoFLOP curve.
    public let level: Double

    /// The run's training compute in FLOPs, 6·N·D.
    public var compute: Double { 6 * parameters * tokens }

    /// D/N.
    public var tokensPerParameter: Double { tokens / parameters }

    /// D/U.
    public var epochs: Double { tokens / uniqueTokens }

    /// Whether it repeats data.
    public var repeatsData: Bool { uniqueTokens < tokens }

    /// The run over fewer tokens, several times.
    func repeating(_ epochs: Double) -> DesignedRun {
        DesignedRun(
            shape: shape, parameters: parameters, tokens: tokens,
            uniqueTokens: Swift.max((tokens / epochs).rounded(.up), 1), level: level)
    }
}
