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
    /// - Parameter explained: Whether sources follow; otherwise the answer has at most 24 lines.
    /// - Returns: The lines, without line ends.
    /// - Complexity: O(*n*) in the accelerators.
    public func text(explained: Bool = false) -> [String] {
        var table = TextTable(columns: [
            "accelerator": .left, "BF16 TFLOP/s": .right, "memory": .right, "TB/s": .right,
        ])
        for accelerator in accelerators {
            table.add([
                accelerator.name, Quantity.significant(accelerator.peakFLOPs / 1e12, digits: 4),
                accelerator.memoryBytes.map { Quantity.significant($0 / 1e9, digits: 4) + " GB" } ?? "–",
                accelerator.memoryBandwidth.map { Quantity.significant($0 / 1e12, digits: 4) } ?? "–",
            ])
        }
        var answer = ScreenAnswer()
        answer.say("Dense BF16 peaks, without sparsity. --mfu is the share of the peak that training reaches.")
        answer.show(table, of: "accelerator")
        answer.explain("Sources", accelerators.map { "\($0.name): \($0.source)" })
        return answer.lines(explained: explained)
    }

    /// The listing as JSON; write it with `fileText()`.
    ///
    /// - Complexity: O(*n*) in the accelerators.
    public var json: JSONValue { object }
}

extension AcceleratorListing: JSONWrittenRecord {
    package static let schemaFile = schemaFile(
        of: "datawall-accelerators-1", title: "datawall list of accelerators, version 1",
        summary: "The accelerators that budgets may name. Unknown values are null.")

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
