import Quantities
import TrainingPlanning

/// The training budget, and the accelerators that it is spent on.
public struct BudgetRequest: Sendable {
    /// The training compute, in FLOPs.
    public var flops: Double?

    /// The name of the accelerator that trains.
    public var gpu: String?

    /// The number of accelerators.
    public var gpus: Double?

    /// The days for which they are available.
    public var days: Double?

    /// The share of the accelerator's dense BF16 peak that training reaches.
    public var mfu: Double?

    /// The dollars that training may cost.
    public var dollars: Double?

    /// Dollars for one accelerator for an hour.
    public var dollarsPerGPUHour: Double?

    /// The path of a table that adds accelerators.
    public var accelerators: String?

    /// Creates a request for a budget in FLOPs, or without a budget.
    public init(flops: Double? = nil) { self.flops = flops }

    /// Below a millisecond of one accelerator, a number is no count of FLOPs.
    static let fewestFLOPs = 1e9

    /// Refuses values that contradict each other or lack another.
    ///
    /// - Throws: ``RequestError``.
    public func validate() throws(RequestError) {
        try RequestError.refuse([
            (
                flops != nil && (days != nil || dollars != nil),
                "--flops is a budget already: leave out --days and --dollars, or --flops."
            ),
            (
                flops.map { $0 > 0 && $0 < Self.fewestFLOPs } ?? false,
                "--flops \(Quantity.exact(flops ?? 0)) is less than a millisecond of one accelerator: "
                    + "for dollars there is --dollars, for time --gpus with --days."
            ),
        ])
        if days != nil { try require("--days", gpu: true, mfu: true, gpus: true) }
        if dollars != nil { try require("--dollars", gpu: true, mfu: true, price: true) }
        if gpus != nil { try require("--gpus", gpu: true, mfu: true) }
        if dollarsPerGPUHour != nil { try require("--dollars-per-gpu-hour", gpu: true, mfu: true) }
        if mfu != nil { try require("--mfu", gpu: true) }
    }

    /// Accelerators that would have no effect.
    ///
    /// - Parameters:
    ///   - serving: The load, which may name an accelerator of its own.
    ///   - servesFromIt: Whether the accelerator for training also serves.
    /// - Returns: The rules.
    func unusedRules(_ serving: ServingRequest, servesFromIt: Bool) -> [RequestError.Rule] {
        [
            (
                gpu != nil && mfu == nil && !servesFromIt,
                "--gpu says nothing of training without --mfu, the share of its peak that training reaches."
            ),
            (
                accelerators != nil && gpu == nil && serving.gpu == nil,
                "--accelerators adds accelerators to choose from: name one with --gpu or --serving-gpu."
            ),
        ]
    }

    private func require(
        _ flag: String, gpu needsGPU: Bool = false, mfu needsMFU: Bool = false, gpus needsCount: Bool = false,
        price needsPrice: Bool = false
    ) throws(RequestError) {
        let missing = [
            needsGPU && gpu == nil ? "--gpu" : nil, needsCount && gpus == nil ? "--gpus" : nil,
            needsMFU && mfu == nil ? "--mfu" : nil,
            needsPrice && dollarsPerGPUHour == nil ? "--dollars-per-gpu-hour" : nil,
        ].compactMap { $0 }
        guard !missing.isEmpty else { return }
        throw RequestError("\(flag) also needs \(missing.joined(separator: " and ")).")
    }

    /// The known accelerators: those that ship and those of the file.
    func table() throws -> AcceleratorTable { try .standard(extendedBy: accelerators) }

    /// The accelerator for training, if named.
    func accelerator(among table: AcceleratorTable) throws -> Accelerator? {
        try gpu.map { name in try table.accelerator(named: name) }
    }

    /// The cluster that trains the run, if the share of its peak is given.
    func cluster(among table: AcceleratorTable) throws -> TrainingCluster? {
        guard let accelerator = try accelerator(among: table), let mfu else { return nil }
        return try TrainingCluster(accelerator, count: gpus, utilization: mfu, dollarsPerHour: dollarsPerGPUHour)
    }

    /// The budget: of days and dollars given together, the tighter.
    func budget(on cluster: TrainingCluster?) throws -> ComputeBudget? {
        if let flops { return try .flops(flops) }
        guard let cluster else { return nil }
        var budgets: [ComputeBudget] = []
        if let days { budgets.append(try .days(days, on: cluster)) }
        if let dollars { budgets.append(try .dollars(dollars, on: cluster)) }
        return .tightest(budgets)
    }
}
