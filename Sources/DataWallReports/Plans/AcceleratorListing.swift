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

    /// The listing as JSON; write it with `fileText()`.
    ///
    /// - Complexity: O(*n*) in the accelerators.
    public var json: JSONValue { object }
}

extension AcceleratorListing: JSONWrittenRecord {
    package static let schemaFile = schemaFile(
        of: "datawall-accelerators-1", title: "datawall list of accelerators, version 1",
        summary: "The accelerators that budgets may name. What is not known is null.")

    package static let fields: [JSONField<AcceleratorListing>] = [
        .init("format", constant: "datawall-accelerators"),
        .init("version", constant: 1),
        .init(written: "accelerators", \.accelerators, "The accelerators that the program knows."),
    ]
}

extension Accelerator: JSONWrittenRecord {
    package static let fields: [JSONField<Accelerator>] = [
        .init(written: "name", \.name, "The name that options take."),
        .init(written: "aliases", \.aliases, "Further names."),
        .init(written: "peak_flops", \.peakFLOPs, "The dense BF16 peak, in FLOP/s."),
        .init(written: "memory_bytes", \.memoryBytes, "The memory, in bytes; null where it is not known."),
        .init(
            written: "memory_bandwidth", \.memoryBandwidth,
            "The memory's bandwidth, in bytes a second; null where it is not known."),
        .init(written: "source", \.source, "Where the figures were published."),
    ]
}
