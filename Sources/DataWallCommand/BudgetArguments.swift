import ArgumentParser
import DataWallKit

/// What may be spent on training, and on what hardware.
struct BudgetArguments: ParsableArguments {
    @Option(help: ArgumentHelp("The training compute that may be spent, in FLOPs, such as 1e22.", valueName: "c"))
    var flops: ReadableQuantity?

    @Option(help: ArgumentHelp("The accelerator, such as h100; 'datawall accelerators' lists them.", valueName: "name"))
    var gpu: String?

    @Option(help: ArgumentHelp("How many accelerators train.", valueName: "n"))
    var gpus: ReadableQuantity?

    @Option(help: ArgumentHelp("The days that they are there for.", valueName: "days"))
    var days: Double?

    @Option(
        help: ArgumentHelp("The share of the accelerator's dense BF16 peak that training reaches.", valueName: "share"))
    var mfu: Double?

    @Option(help: ArgumentHelp("The dollars that training may cost.", valueName: "$"))
    var dollars: ReadableDollars?

    @Option(help: ArgumentHelp("Dollars for one accelerator for an hour.", valueName: "$"))
    var dollarsPerGpuHour: ReadableDollars?

    @Option(
        help: ArgumentHelp(
            "A table that adds accelerators: CSV with columns name and peak_flops.", valueName: "file"))
    var accelerators: String?

    /// Below a millisecond of one accelerator, a number is no count of FLOPs.
    private static let fewestFLOPs = 1e9

    func validate() throws {
        guard flops == nil || (days == nil && dollars == nil) else {
            throw ValidationError("--flops is a budget already: leave out --days and --dollars, or --flops.")
        }
        if let flops, flops.value > 0, flops.value < Self.fewestFLOPs {
            throw ValidationError(
                "--flops \(Quantity.exact(flops.value)) is less than a millisecond of one accelerator: "
                    + "for dollars there is --dollars, for time --gpus with --days.")
        }
        if days != nil { try require("--days", gpu: true, mfu: true, gpus: true) }
        if dollars != nil { try require("--dollars", gpu: true, mfu: true, price: true) }
        if gpus != nil { try require("--gpus", gpu: true, mfu: true) }
        if dollarsPerGpuHour != nil { try require("--dollars-per-gpu-hour", gpu: true, mfu: true) }
        if mfu != nil { try require("--mfu", gpu: true) }
    }

    private func require(
        _ flag: String, gpu needsGPU: Bool = false, mfu needsMFU: Bool = false, gpus needsCount: Bool = false,
        price needsPrice: Bool = false
    ) throws {
        let missing = [
            needsGPU && gpu == nil ? "--gpu" : nil, needsCount && gpus == nil ? "--gpus" : nil,
            needsMFU && mfu == nil ? "--mfu" : nil,
            needsPrice && dollarsPerGpuHour == nil ? "--dollars-per-gpu-hour" : nil,
        ].compactMap { $0 }
        guard !missing.isEmpty else { return }
        throw ValidationError("\(flag) needs \(missing.joined(separator: " and ")) beside it.")
    }

    /// The accelerators that are known: those that ship and those of the file.
    func table() throws -> AcceleratorTable {
        try .standard(extendedBy: accelerators)
    }

    /// The accelerator that trains, where it was said.
    func accelerator(among table: AcceleratorTable) throws -> Accelerator? {
        try gpu.map { name in try table.accelerator(named: name) }
    }

    /// What the run trains on, where it was said how much of its peak it reaches.
    func cluster(among table: AcceleratorTable) throws -> TrainingCluster? {
        guard let accelerator = try accelerator(among: table), let mfu else { return nil }
        return try TrainingCluster(
            accelerator, count: gpus?.value, utilization: mfu, dollarsPerHour: dollarsPerGpuHour?.value)
    }

    /// The budget: of days and dollars given together, the tighter.
    func budget(on cluster: TrainingCluster?) throws -> ComputeBudget? {
        if let flops { return try .flops(flops.value) }
        guard let cluster else { return nil }
        var budgets: [ComputeBudget] = []
        if let days { budgets.append(try .days(days, on: cluster)) }
        if let dollars { budgets.append(try .dollars(dollars.value, on: cluster)) }
        return .tightest(budgets)
    }
}
