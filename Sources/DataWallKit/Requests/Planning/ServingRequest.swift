import TrainingPlanning

/// The load that the model will serve, the accelerators, and the speed required.
public struct ServingRequest: Sendable {
    /// Tokens served over the model's life.
    public var inferenceTokens: Double?

    /// Requests a day, instead of ``inferenceTokens``.
    public var requestsPerDay: Double?

    /// Tokens that a request reads and generates.
    public var tokensPerRequest: Double?

    /// How long the model serves, in twelfths of a year of 365 days.
    public var months: Double?

    /// The name of the accelerator that serves; by default that of training.
    public var gpu: String?

    /// The share of its peak that serving reaches.
    public var mfu: Double?

    /// The share of the peak that reading prompts reaches; ``mfu`` is then the share for generating.
    public var promptMFU: Double?

    /// The share of the tokens served that are generated, with ``promptMFU``.
    public var generatedShare: Double?

    /// Dollars for a serving accelerator for an hour; `nil` for the price of training.
    public var dollarsPerGPUHour: Double?

    /// Accelerators that one copy of the model is served from.
    public var gpus: Double?

    /// Memory of a serving accelerator that the weights must fit, in bytes.
    public var memory: Double?

    /// The share of that memory left for weights (default: 1).
    public var weightsShare: Double?

    /// Bytes of a served parameter (default: 2).
    public var bytesPerParameter: Double?

    /// The longest time for a generated token, in seconds.
    public var maxTokenLatency: Double?

    /// Creates a request in which nothing is served.
    public init() {}

    /// Refuses values that contradict each other or lack another.
    ///
    /// - Throws: ``RequestError``.
    public func validate() throws(RequestError) {
        let parts = [requestsPerDay, tokensPerRequest, months]
        let isByRequests = parts.contains { $0 != nil }
        try RequestError.refuse([
            (
                isByRequests && inferenceTokens != nil,
                "Give --inference-tokens, or requests a day, one of the two."
            ),
            (
                isByRequests && parts.contains { $0 == nil },
                "--requests-per-day, --tokens-per-request and --months go together."
            ),
            ((promptMFU == nil) != (generatedShare == nil), "--prompt-mfu and --generated-share go together."),
            (
                dollarsPerGPUHour != nil && mfu == nil,
                "--serving-dollars-per-gpu-hour also needs --serving-mfu."
            ),
            (promptMFU != nil && mfu == nil, "--prompt-mfu also needs --serving-mfu, the share for generating."),
        ])
    }

    /// The tokens served over the model's life, if given.
    private func load() throws -> ServingLoad? {
        if let inferenceTokens { return try ServingLoad(tokens: inferenceTokens) }
        guard let requestsPerDay, let tokensPerRequest, let months else { return nil }
        return try ServingLoad(requestsPerDay: requestsPerDay, tokensPerRequest: tokensPerRequest, months: months)
    }

    /// The further quantities that the objective reads.
    func terms(costWeight: Double?, cluster: TrainingCluster?, accelerator: Accelerator?) throws -> PlanTerms {
        var terms = PlanTerms(inferenceTokens: try load()?.tokens, costWeight: costWeight, cluster: cluster)
        guard let mfu else { return terms }
        guard let accelerator else {
            throw RequestError("--serving-mfu also needs --serving-gpu or --gpu.")
        }
        let price = dollarsPerGPUHour ?? cluster?.dollarsPerHour
        terms.serving =
            if let promptMFU, let generatedShare {
                try ServingHardware(
                    accelerator, promptUtilization: promptMFU, generationUtilization: mfu,
                    generatedShare: generatedShare, dollarsPerHour: price)
            } else {
                try ServingHardware(accelerator, utilization: mfu, dollarsPerHour: price)
            }
        return terms
    }

    /// The limits that memory and latency in service set on the model's size.
    func limits(accelerator: Accelerator?) throws -> [SizeLimit] {
        let devices = gpus ?? 1
        let bytesPerParameter = bytesPerParameter ?? 2
        var limits: [SizeLimit] = []
        if memory != nil || gpus != nil {
            guard let bytes = memory ?? accelerator?.memoryBytes else {
                throw RequestError("--serving-gpus needs --serving-memory, or --serving-gpu of known memory.")
            }
            limits.append(
                try .memory(
                    devices: devices, bytesEach: bytes, bytesPerParameter: bytesPerParameter, share: weightsShare ?? 1))
        }
        if let maxTokenLatency {
            guard let bandwidth = accelerator?.memoryBandwidth else {
                throw RequestError(
                    "--max-token-latency needs --serving-gpu or --gpu, one whose memory bandwidth is known.")
            }
            limits.append(
                try .latency(
                    secondsPerToken: maxTokenLatency, devices: devices, bandwidthEach: bandwidth,
                    bytesPerParameter: bytesPerParameter))
        }
        return limits
    }

    /// The accelerator for serving: the one named, else the one for training.
    func accelerator(orTraining training: Accelerator?, among table: AcceleratorTable) throws -> Accelerator? {
        try gpu.map { name in try table.accelerator(named: name) } ?? training
    }
}
