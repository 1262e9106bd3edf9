import ArgumentParser
import DataWallKit

/// What the model will serve, from what, and how fast.
struct ServingArguments: ParsableArguments {
    @Option(help: ArgumentHelp("Tokens the model will serve over its life.", valueName: "d"))
    var inferenceTokens: ReadableQuantity?

    @Option(help: ArgumentHelp("Requests a day, instead of --inference-tokens.", valueName: "n"))
    var requestsPerDay: ReadableQuantity?

    @Option(help: ArgumentHelp("Tokens that a request reads and generates.", valueName: "d"))
    var tokensPerRequest: ReadableQuantity?

    @Option(help: ArgumentHelp("How long the model serves, in twelfths of a year of 365 days.", valueName: "months"))
    var months: Double?

    @Option(help: ArgumentHelp("The accelerator that serves; --gpu where it is not given.", valueName: "name"))
    var servingGpu: String?

    @Option(help: ArgumentHelp("The share of its peak that serving reaches.", valueName: "share"))
    var servingMfu: Double?

    @Option(
        help: ArgumentHelp(
            "The share of the peak that reading prompts reaches, where --serving-mfu is that of generating.",
            valueName: "share"))
    var promptMfu: Double?

    @Option(
        help: ArgumentHelp("The share of the tokens served that are generated, with --prompt-mfu.", valueName: "share"))
    var generatedShare: Double?

    @Option(
        help: ArgumentHelp(
            "Dollars for a serving accelerator for an hour; --dollars-per-gpu-hour where it is not given.",
            valueName: "$"))
    var servingDollarsPerGpuHour: ReadableDollars?

    @Option(help: ArgumentHelp("Accelerators that one copy of the model is served from.", valueName: "n"))
    var servingGpus: ReadableQuantity?

    @Option(
        help: ArgumentHelp(
            "Memory of a serving accelerator that the weights must fit, such as 80GB; with --serving-gpus, the vendor's.",
            valueName: "bytes"))
    var servingMemory: ReadableQuantity?

    @Option(help: ArgumentHelp("The share of that memory left for weights; 1 where not given.", valueName: "share"))
    var weightsShare: Double?

    @Option(help: ArgumentHelp("Bytes that a served parameter takes; 2 where not given.", valueName: "bytes"))
    var bytesPerParameter: Double?

    @Option(help: ArgumentHelp("The longest time for a generated token, such as 30ms or 0.03s.", valueName: "time"))
    var maxTokenLatency: ReadableDuration?

    func validate() throws {
        let isByRequests = requestsPerDay != nil || tokensPerRequest != nil || months != nil
        if isByRequests {
            guard inferenceTokens == nil else {
                throw ValidationError("Give --inference-tokens, or requests a day, one of the two.")
            }
            guard requestsPerDay != nil, tokensPerRequest != nil, months != nil else {
                throw ValidationError("--requests-per-day, --tokens-per-request and --months go together.")
            }
        }
        guard (promptMfu == nil) == (generatedShare == nil) else {
            throw ValidationError("--prompt-mfu and --generated-share go together.")
        }
        guard servingDollarsPerGpuHour == nil || servingMfu != nil else {
            throw ValidationError("--serving-dollars-per-gpu-hour needs --serving-mfu beside it.")
        }
        guard promptMfu == nil || servingMfu != nil else {
            throw ValidationError("--prompt-mfu needs --serving-mfu beside it, that of generating.")
        }
    }

    /// The tokens served over the model's life, where they were given.
    func load() throws -> ServingLoad? {
        if let inferenceTokens { return try ServingLoad(tokens: inferenceTokens.value) }
        guard let requestsPerDay, let tokensPerRequest, let months else { return nil }
        return try ServingLoad(
            requestsPerDay: requestsPerDay.value, tokensPerRequest: tokensPerRequest.value, months: months)
    }

    /// What the objective reads, beside the run.
    func terms(
        costWeight: Double?, cluster: TrainingCluster?, accelerator: Accelerator?
    ) throws -> PlanTerms {
        var terms = PlanTerms(inferenceTokens: try load()?.tokens, costWeight: costWeight, cluster: cluster)
        guard let servingMfu else { return terms }
        guard let accelerator else {
            throw ValidationError("--serving-mfu needs --serving-gpu or --gpu beside it.")
        }
        let price = servingDollarsPerGpuHour?.value ?? cluster?.dollarsPerHour
        terms.serving =
            if let promptMfu, let generatedShare {
                try ServingHardware(
                    accelerator, promptUtilization: promptMfu, generationUtilization: servingMfu,
                    generatedShare: generatedShare, dollarsPerHour: price)
            } else {
                try ServingHardware(accelerator, utilization: servingMfu, dollarsPerHour: price)
            }
        return terms
    }

    /// What memory and latency in service leave for the model's size.
    func limits(accelerator: Accelerator?) throws -> [SizeLimit] {
        let devices = servingGpus?.value ?? 1
        let bytesPerParameter = bytesPerParameter ?? 2
        var limits: [SizeLimit] = []
        if servingMemory != nil || servingGpus != nil {
            guard let bytes = servingMemory?.value ?? accelerator?.memoryBytes else {
                throw ValidationError("--serving-gpus needs --serving-memory, or --serving-gpu of known memory.")
            }
            limits.append(
                try .memory(
                    devices: devices, bytesEach: bytes, bytesPerParameter: bytesPerParameter, share: weightsShare ?? 1))
        }
        if let maxTokenLatency {
            guard let bandwidth = accelerator?.memoryBandwidth else {
                throw ValidationError(
                    "--max-token-latency needs --serving-gpu or --gpu, one whose memory bandwidth is known.")
            }
            limits.append(
                try .latency(
                    secondsPerToken: maxTokenLatency.seconds, devices: devices, bandwidthEach: bandwidth,
                    bytesPerParameter: bytesPerParameter))
        }
        return limits
    }

    /// The accelerator that serves: the one named, else the one that trains.
    func accelerator(orTraining training: Accelerator?, among table: AcceleratorTable) throws -> Accelerator? {
        try servingGpu.map { name in try table.accelerator(named: name) } ?? training
    }
}
