public import ScalingLaws

/// The question for mixture methods: how to spend training tokens on the sources of a supply.
public struct MixtureQuestion: Sendable {
    /// The sources, with qualities whose mean over unique tokens is 1, and caps filled in.
    public var sources: [SourceSupply]

    /// D, the training tokens.
    public var tokens: Double

    /// The worth of repeats.
    public let curve: CompiledCurve

    /// The worth of passes over each source: ``curve``, adapted to the source's copies if they stay in the files.
    private var ownCurves: [CompiledCurve]

    /// N, where known.
    public var parameters: Double?

    /// How strongly weights are drawn towards natural shares.
    public var pull: NaturalPull

    /// Forecasts the loss of a mixture; `nil` for no forecast.
    public var forecast: MixtureForecast?

    /// The most passes over sources without their own cap, if the user set one.
    public let cap: Double?

    /// The mean of the original qualities over unique tokens, by which those of ``sources`` are divided.
    public let meanQuality: Double

    /// Creates a question about a supply.
    ///
    /// - Parameters:
    ///   - supply: The supply; its sources must be known.
    ///   - tokens: D, the training tokens.
    ///   - curve: The worth of repeats.
    ///   - parameters: N, if known.
    ///   - pull: How strongly weights are drawn towards natural shares.
    ///   - cap: The most passes over a source without a cap of its own; `nil` for none.
    ///   - forecast: Forecasts the loss of a mixture; `nil` for no forecast.
    /// - Throws: A ``MixtureError`` for a supply without sources or an unusable quantity. Each method checks by itself
    ///   whether the caps allow this many tokens.
    public init(
        supply: DataSupply, tokens: Double, curve: CompiledCurve, parameters: Double? = nil,
        pull: NaturalPull = .none, cap: Double? = nil, forecast: MixtureForecast? = nil
    ) throws(MixtureError) {
        guard !supply.sources.isEmpty else {
            throw .contradiction(
                "the supply's sources are not known, so there is nothing to mix: give an audit with sources, or a table"
            )
        }
        try MixtureError.check(tokens, "the number of training tokens (D)")
        if let cap { try MixtureError.check(cap, "the most epochs of a source") }
        if let parameters { try MixtureError.check(parameters, "the number of parameters (N)") }
        try pull.check()
        try SourceSupply.check(supply.sources, of: "mixture")
        sources = supply.sources
        self.cap = cap
        meanQuality = supply.meanQuality
        if let cap {
            for index in sources.indices where sources[index].maxEpochs == nil { sources[index].maxEpochs = cap }
        }
        self.tokens = tokens
        self.curve = curve
        ownCurves = try CurveOverCopies.curves([curve], over: supply.sources)
        self.parameters = parameters
        self.pull = pull
        self.forecast = forecast
    }

    /// The worth of passes over a source.
    func curve(_ index: Int) -> CompiledCurve { ownCurves.count == 1 ? ownCurves[0] : ownCurves[index] }

    /// The shares of the sources in one pass over everything.
    public var naturalShares: [Double] {
        let total = sources.reduce(0) { $0 + $1.uniqueTokens }
        return sources.map { $0.uniqueTokens / total }
    }

    /// The most training tokens that the caps allow; infinite if some source has no cap and no floor limits the others.
    ///
    /// The caps limit the sum of all sources. The cap of a source with a floor also limits the total, since the source
    /// must get its share.
    public var mostTokens: Double {
        let together = sources.reduce(0) { $0 + ($1.maxEpochs ?? .infinity) * $1.uniqueTokens }
        return sources.reduce(together) { most, source in
            source.floor > 0
                ? Swift.min(most, (source.maxEpochs ?? .infinity) * source.uniqueTokens / source.floor) : most
        }
    }

    /// Whether the sources do not differ: their qualities are equal, or there is only one source.
    public var hasEqualQualities: Bool {
        let qualities = sources.map(\.quality)
        guard let least = qualities.min(), let most = qualities.max() else { return true }
        return most <= least * (1 + 1e-9)
    }

    /// The question about another number of training tokens.
    ///
    /// - Throws: ``MixtureError/unusableQuantity(_:value:expected:)`` for tokens that are not positive and finite.
    public func with(tokens: Double) throws(MixtureError) -> MixtureQuestion {
        try MixtureError.check(tokens, "the number of training tokens (D)")
        var question = self
        question.tokens = tokens
        return question
    }

    /// The question with every cap lifted.
    public var withoutCaps: MixtureQuestion {
        var question = self
        for index in question.sources.indices { question.sources[index].maxEpochs = nil }
        return question
    }

    /// The question with copies removed from the files, or `nil` if there are no copies.
    var withoutCopies: MixtureQuestion? {
        guard sources.contains(where: { $0.onset < 1 }) else { return nil }
        var question = self
        for index in question.sources.indices { question.sources[index].copies = [] }
        question.ownCurves = [curve]
        return question
    }

    /// Refuses more training tokens than the caps allow.
    ///
    /// - Throws: ``MixtureError/infeasible(_:nearest:)`` with the most tokens allowed.
    public func checkLimits() throws(MixtureError) {
        _ = try MixtureLimits(sources, tokens: tokens)
    }

    /// The problem of the most effective tokens, with each quality raised to a power.
    ///
    /// - Parameter power: The exponent of every source's quality; 1 leaves qualities as they are.
    /// - Returns: The problem.
    /// - Throws: As ``MixtureProblem``.
    public func problem(qualityPower power: Double = 1) throws(MixtureError) -> MixtureProblem {
        var sources = sources
        if power != 1 {
            let raised = sources.map { $0.quality > 0 ? Elementary.pow($0.quality, power) : 0 }
            var (sum, total) = (0.0, 0.0)
            for (quality, source) in zip(raised, sources) {
                sum += quality * source.uniqueTokens
                total += source.uniqueTokens
            }
            for index in sources.indices where sum > 0 { sources[index].quality = raised[index] * total / sum }
        }
        return try MixtureProblem(
            sources: sources, tokens: tokens, curve: curve, parameters: parameters, pull: pull)
    }
}
