import ArgumentParser
import DataWallKit

/// The load that the model will serve, the hardware, and the speed required.
struct ServingArguments: ParsableArguments {
    @Option(help: ArgumentHelp("Tokens the model will serve over its life.", valueName: "d"))
    var inferenceTokens: ReadableQuantity?

    @Option(help: ArgumentHelp("Requests a day, instead of --inference-tokens.", valueName: "n"))
    var requestsPerDay: ReadableQuantity?

    @Option(help: ArgumentHelp("Tokens that a request reads and generates.", valueName: "d"))
    var tokensPerRequest: ReadableQuantity?

    @Option(help: ArgumentHelp("How long the model serves, in twelfths of a year of 365 days.", valueName: "months"))
    var months: Double?

    @Option(
        help: ArgumentHelp("The accelerator that serves; --gpu where it is not given.", valueName: "name"),
        completion: Completions.accelerators)
    var servingGpu: String?

    @Option(help: ArgumentHelp("The share of its peak that serving reaches.", valueName: "share"))
    var servingMfu: ReadableShare?

    @Option(
        help: ArgumentHelp(
            "The share of the peak that reading prompts reaches, where --serving-mfu is that of generating.",
            valueName: "share"))
    var promptMfu: ReadableShare?

    @Option(
        help: ArgumentHelp("The share of the tokens served that are generated, with --prompt-mfu.", valueName: "share"))
    var generatedShare: ShareFromZero?

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
    var weightsShare: ReadableShare?

    @Option(help: ArgumentHelp("Bytes that a served parameter takes; 2 where not given.", valueName: "bytes"))
    var bytesPerParameter: Double?

    @Option(help: ArgumentHelp("The longest time for a generated token, such as 30ms or 0.03s.", valueName: "time"))
    var maxTokenLatency: ReadableDuration?

    var request: ServingRequest {
        var request = ServingRequest()
        request.inferenceTokens = inferenceTokens?.value
        request.requestsPerDay = requestsPerDay?.value
        request.tokensPerRequest = tokensPerRequest?.value
        request.months = months
        request.gpu = servingGpu
        request.mfu = servingMfu?.value
        request.promptMFU = promptMfu?.value
        request.generatedShare = generatedShare?.value
        request.dollarsPerGPUHour = servingDollarsPerGpuHour?.value
        request.gpus = servingGpus?.value
        request.memory = servingMemory?.value
        request.weightsShare = weightsShare?.value
        request.bytesPerParameter = bytesPerParameter
        request.maxTokenLatency = maxTokenLatency?.seconds
        return request
    }
}
