/// The cost of serving a run's model: time per token, and dollars.
public struct RunService: Sendable, Hashable {
    /// The accelerator that serves.
    public let accelerator: Accelerator

    /// Accelerators that one copy of a model is served from.
    public let devices: Double

    /// Bytes that a served parameter takes.
    public let bytesPerParameter: Double

    /// Dollars for a FLOP of training, or `nil` where not known.
    public let trainingPrice: Double?

    /// Dollars for a FLOP of service, or `nil` where not known.
    public let servingPrice: Double?

    /// Tokens served over a model's life, or `nil` where not known.
    public let tokens: Double?

    /// Creates a service.
    ///
    /// - Parameters:
    ///   - accelerator: The accelerator that serves.
    ///   - devices: Accelerators that one copy of a model is served from.
    ///   - bytesPerParameter: Bytes that a served parameter takes: 2 in BF16.
    ///   - terms: The prices of training and service, and the tokens served.
    /// - Throws: A ``PlanningError`` for a quantity out of range.
    public init(
        on accelerator: Accelerator, devices: Double = 1, bytesPerParameter: Double = 2, terms: PlanTerms = PlanTerms()
    ) throws(PlanningError) {
        try SizeLimit.checkDevices(devices)
        try SizeLimit.checkBytesPerParameter(bytesPerParameter)
        try terms.validate()
        self.accelerator = accelerator
        self.devices = devices
        self.bytesPerParameter = bytesPerParameter
        trainingPrice = terms.dollarsPerTrainingFLOP
        servingPrice = terms.dollarsPerServingFLOP
        tokens = terms.inferenceTokens
    }

    /// The least time for a generated token of one request, in seconds: every weight is read once.
    ///
    /// N · bytes / (devices · bandwidth). Caches, communication and launches come on top. `nil` where the bandwidth is
    /// not known.
    public func secondsPerToken(_ run: NamedRun) -> Double? {
        accelerator.memoryBandwidth.map { run.parameters * bytesPerParameter / (devices * $0) }
    }

    /// Dollars for serving a token, at 2·N FLOPs; `nil` without a price.
    public func dollarsPerToken(_ run: NamedRun) -> Double? { servingPrice.map { 2 * run.parameters * $0 } }

    /// Dollars for training a run, at 6·N·D FLOPs, and for serving it over its life; `nil` without prices or tokens.
    public func dollars(_ run: NamedRun) -> Double? {
        guard let trainingPrice, let tokens, let each = dollarsPerToken(run) else { return nil }
        return trainingPrice * run.flops + each * tokens
    }

    /// The tokens to be served after which two runs have cost the same dollars.
    ///
    /// (p·C₁ − p·C₂)/(2·q·(N₂ − N₁)) at a price p of training and q of serving. `nil` without prices, and if one run
    /// costs less both in training and in serving.
    public func breakEven(_ run: NamedRun, with other: NamedRun) -> Double? {
        guard let trainingPrice, let servingPrice, servingPrice > 0, run.parameters != other.parameters else {
            return nil
        }
        let tokens =
            trainingPrice * (run.flops - other.flops) / (2 * servingPrice * (other.parameters - run.parameters))
        return tokens > 0 ? tokens : nil
    }
}
