/// The accelerators that a model is served from, and how much of their peak reading and generating reach.
///
/// A token takes 2·N FLOPs either way; generating one after another reaches far less of the peak than reading a prompt
/// at once. The price of a FLOP served weighs both, after Sardana et al. 2024, arXiv:2401.00448, which
/// splits training, prefill and decode.
public struct ServingHardware: Sendable, Hashable {
    /// The accelerator.
    public let accelerator: Accelerator

    /// The share of the peak that reading prompts reaches.
    public let promptUtilization: Double

    /// The share of the peak that generating reaches.
    public let generationUtilization: Double

    /// The share of the tokens served that are generated rather than read.
    public let generatedShare: Double

    /// Dollars for one accelerator for an hour, or `nil` where not known.
    public let dollarsPerHour: Double?

    /// Creates hardware that reads and generates at the same utilisation.
    ///
    /// - Parameters:
    ///   - accelerator: The accelerator.
    ///   - utilization: The share of the peak that service reaches, above 0 and at most 1.
    ///   - dollarsPerHour: Dollars for one accelerator for an hour, where known.
    /// - Throws: A ``PlanningError`` for a utilisation or price out of range.
    public init(
        _ accelerator: Accelerator, utilization: Double, dollarsPerHour: Double? = nil
    ) throws(PlanningError) {
        try self.init(
            accelerator, promptUtilization: utilization, generationUtilization: utilization, generatedShare: 1,
            dollarsPerHour: dollarsPerHour)
    }

    /// Creates hardware with separate utilisations for reading prompts and for generating.
    ///
    /// - Parameters:
    ///   - accelerator: The accelerator.
    ///   - promptUtilization: The share of the peak that reading prompts reaches, above 0 and at most 1.
    ///   - generationUtilization: The share of the peak that generating reaches, above 0 and at most 1.
    ///   - generatedShare: The share of the tokens served that are generated, from 0 to 1.
    ///   - dollarsPerHour: Dollars for one accelerator for an hour, where known.
    /// - Throws: A ``PlanningError`` for a utilisation, share or price out of range.
    public init(
        _ accelerator: Accelerator, promptUtilization: Double, generationUtilization: Double, generatedShare: Double,
        dollarsPerHour: Double? = nil
    ) throws(PlanningError) {
        try UnitPrice.checkUtilization(promptUtilization, "the utilisation in reading prompts")
        try UnitPrice.checkUtilization(generationUtilization, "the utilisation in service")
        guard generatedShare >= 0, generatedShare <= 1 else {
            throw .unusableQuantity(
                "the share of tokens that are generated", value: generatedShare, expected: "from 0 to 1")
        }
        if let dollarsPerHour { try UnitPrice.checkHourly(dollarsPerHour, "the price of service") }
        self.accelerator = accelerator
        self.promptUtilization = promptUtilization
        self.generationUtilization = generationUtilization
        self.generatedShare = generatedShare
        self.dollarsPerHour = dollarsPerHour
    }

    /// Hours of one accelerator for a FLOP of service.
    public var hoursPerFLOP: Double {
        ((1 - generatedShare) / promptUtilization + generatedShare / generationUtilization)
            / (accelerator.peakFLOPs * 3_600)
    }

    /// Dollars for a FLOP of service, or `nil` without a price.
    public var dollarsPerFLOP: Double? { dollarsPerHour.map { $0 * hoursPerFLOP } }
}
