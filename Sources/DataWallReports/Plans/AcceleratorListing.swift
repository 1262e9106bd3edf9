public import OrderedJSON
import Quantities
public import TrainingPlanning

/// The accelerators that a program knows, as a table.
public struct AcceleratorListing: Sendable {
    private let accelerators: [Accelerator]

    /// Creates a listing.
    public init(_ table: AcceleratorTable) {
        accelerators = table.accelerators
    }

    /// The listing for a terminal, line by line.
    ///
    /// - Complexity: O(*n*) in the accelerators.
    public func text() -> [String] {
        var table = TextTable(columns: [
            "accelerator": .left, "BF16 TFLOP/s": .right, "memory": .right, "TB/s": .right, "source": .left,
        ])
        for accelerator in accelerators {
            table.add([
                accelerator.name, Quantity.significant(accelerator.peakFLOPs / 1e12, digits: 4),
                accelerator.memoryBytes.map { Quantity.significant($0 / 1e9, digits: 4) + " GB" } ?? "–",
                accelerator.memoryBandwidth.map { Quantity.significant($0 / 1e12, digits: 4) } ?? "–",
                accelerator.source,
            ])
        }
        return table.lines + ["", "Peaks are dense, without sparsity; --mfu says what share of them training reaches."]
    }

    /// The listing as JSON.
    ///
    /// - Complexity: O(*n*) in the accelerators.
    public var json: JSONValue {
        .object([
            "format": "datawall-accelerators", "version": 1,
            "accelerators": .array(
                accelerators.map {
                    .object([
                        "name": .string($0.name), "aliases": .array($0.aliases.map { .string($0) }),
                        "peak_flops": .number($0.peakFLOPs), "memory_bytes": .number(optional: $0.memoryBytes),
                        "memory_bandwidth": .number(optional: $0.memoryBandwidth), "source": .string($0.source),
                    ])
                }),
        ])
    }
}
