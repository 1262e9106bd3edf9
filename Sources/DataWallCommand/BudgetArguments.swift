import ArgumentParser
import DataWallKit

/// The training budget, and the hardware that it is spent on.
struct BudgetArguments: ParsableArguments {
    @Option(help: ArgumentHelp("Training compute in FLOPs, such as 1e22.", valueName: "c"))
    var flops: ReadableQuantity?

    @Option(
        help: ArgumentHelp("The accelerator, such as h100; 'datawall accelerators' lists them.", valueName: "name"),
        completion: Completions.accelerators)
    var gpu: String?

    @Option(help: ArgumentHelp("Number of accelerators.", valueName: "n"))
    var gpus: ReadableQuantity?

    @Option(help: ArgumentHelp("Days of training.", valueName: "days"))
    var days: Double?

    @Option(
        help: ArgumentHelp("The share of the accelerator's dense BF16 peak that training reaches.", valueName: "share"))
    var mfu: ReadableShare?

    @Option(help: ArgumentHelp("Dollars for training.", valueName: "$"))
    var dollars: ReadableDollars?

    @Option(help: ArgumentHelp("Dollars for one accelerator for an hour.", valueName: "$"))
    var dollarsPerGpuHour: ReadableDollars?

    @Option(
        help: ArgumentHelp(
            "A table that adds accelerators: CSV with columns name and peak_flops.", valueName: "file"))
    var accelerators: String?

    var request: BudgetRequest {
        var request = BudgetRequest(flops: flops?.value)
        request.gpu = gpu
        request.gpus = gpus?.value
        request.days = days
        request.mfu = mfu?.value
        request.dollars = dollars?.value
        request.dollarsPerGPUHour = dollarsPerGpuHour?.value
        request.accelerators = accelerators
        return request
    }
}
