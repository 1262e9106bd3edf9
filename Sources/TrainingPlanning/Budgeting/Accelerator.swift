/// A processor for training or serving models, with the peak figures that its vendor states.
public struct Accelerator: Sendable, Hashable {
    /// The name that commands and files use, in lower case with hyphens, such as `h100`.
    public let name: String

    /// Other names for it.
    public let aliases: [String]

    /// Dense BF16 matrix products at their peak, in FLOP/s: without sparsity, which doubles vendors' headline figures.
    public let peakFLOPs: Double

    /// Its memory in bytes, or `nil` where not known.
    public let memoryBytes: Double?

    /// Bytes a second that its memory delivers at its peak, or `nil` where not known.
    public let memoryBandwidth: Double?

    /// The source of the figures.
    public let source: String

    /// Creates an accelerator.
    ///
    /// - Parameters:
    ///   - name: The name that commands and files use.
    ///   - aliases: Other names for it.
    ///   - peakFLOPs: Dense BF16 FLOP/s.
    ///   - memoryBytes: Its memory in bytes, if known.
    ///   - memoryBandwidth: Its memory bandwidth in bytes per second, if known.
    ///   - source: The source of the figures.
    /// - Throws: A ``PlanningError`` for a peak outside 1e9 to 1e18 FLOP/s, which must be in another unit, or for a
    ///   memory or bandwidth that is not positive and finite.
    public init(
        name: String, aliases: [String] = [], peakFLOPs: Double, memoryBytes: Double? = nil,
        memoryBandwidth: Double? = nil, source: String
    ) throws(PlanningError) {
        guard peakFLOPs >= 1e9, peakFLOPs <= 1e18 else {
            throw .unusableQuantity(
                "the peak of accelerator '\(name)'", value: peakFLOPs,
                expected: "in FLOP/s, from 1e9 to 1e18 (989 TFLOP/s is 989e12)")
        }
        if let memoryBytes { try PlanningError.check(memoryBytes, "the memory of accelerator '\(name)' in bytes") }
        if let memoryBandwidth {
            try PlanningError.check(memoryBandwidth, "the memory bandwidth of accelerator '\(name)' in bytes a second")
        }
        self.init(
            verified: name, aliases, peakFLOPs: peakFLOPs, memoryBytes: memoryBytes, memoryBandwidth: memoryBandwidth,
            source: source)
    }

    /// An accelerator whose figures are known to be in range: a row of the table that ships.
    init(
        verified name: String, _ aliases: [String] = [], peakFLOPs: Double, memoryBytes: Double?,
        memoryBandwidth: Double?, source: String
    ) {
        self.name = name
        self.aliases = aliases
        self.peakFLOPs = peakFLOPs
        self.memoryBytes = memoryBytes
        self.memoryBandwidth = memoryBandwidth
        self.source = source
    }
}
