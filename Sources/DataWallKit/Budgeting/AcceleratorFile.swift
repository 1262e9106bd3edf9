import Quantities
import ScalingLaws
import Tables
public import TrainingPlanning

/// Accelerators as they were read from a file: a table in the form of `Datasets/accelerators.csv`.
///
/// The columns are `name` and `peak_flops` (dense BF16, in FLOP/s), and optionally `aliases` (apart by blanks),
/// `memory_bytes`, `memory_bandwidth` (bytes a second) and `source`.
///
/// ```swift
/// var table = AcceleratorTable.standard
/// for accelerator in try AcceleratorFile(path: "ours.csv").accelerators { table.add(accelerator) }
/// ```
public struct AcceleratorFile: Sendable {
    /// Why a file gives no accelerators.
    public typealias Failure = InputFailure

    /// The accelerators, in the file's order.
    public let accelerators: [Accelerator]

    /// Reads a file.
    ///
    /// - Parameter path: The path of the file; `-` is standard input.
    /// - Throws: ``Failure``.
    public init(path: String) throws(Failure) {
        try self.init(try InputFile(path: path, kind: "table of accelerators").bytes, name: path)
    }

    /// Reads the text of a table.
    ///
    /// - Parameters:
    ///   - text: CSV with a header line; commas, semicolons or tabs.
    ///   - name: The file's name in messages.
    /// - Throws: ``Failure``.
    /// - Complexity: O(*n*) in the characters.
    public init(parsing text: String, name: String) throws(Failure) {
        try self.init(Array(text.utf8), name: name)
    }

    private init(_ bytes: [UInt8], name: String) throws(Failure) {
        do {
            accelerators = try Self.accelerators(in: DelimitedTable(bytes, called: "table of accelerators"), of: name)
        } catch { throw Failure(name, "\(error)") }
    }

    private static func accelerators(in table: DelimitedTable, of file: String) throws(TableError) -> [Accelerator] {
        let known = ["name", "peak_flops", "aliases", "memory_bytes", "memory_bandwidth", "source"]
        if let head = table.header.first(where: { !$0.isEmpty && !known.contains($0.lowercased()) }) {
            let meant = nearestNames(to: head.lowercased(), among: known).first
            throw table.problem(
                "has a column '\(head)', which is not known"
                    + (meant.map { ": did you mean '\($0)'?" } ?? "; known are \(known.joined(separator: ", "))"))
        }
        let purpose = "the columns name and peak_flops, in dense BF16 FLOP/s"
        let name = try table.column(required: "name", purpose: purpose)
        let peakFLOPs = try table.column(required: "peak_flops", purpose: purpose)
        let aliases = try table.column("aliases")
        let memoryBytes = try table.column("memory_bytes")
        let memoryBandwidth = try table.column("memory_bandwidth")
        let source = try table.column("source")
        var accelerators: [Accelerator] = []
        for row in table.rows {
            func number(_ column: DelimitedTable.Column?) throws(TableError) -> Double? {
                try table.number(
                    row, column, "a positive number, such as 989e12 or 80GB", grouping: .allowed, where: { $0 > 0 })
            }
            guard !row[name].isEmpty else {
                throw table.problem("an accelerator needs a name", row: row, column: name)
            }
            guard let peak = try number(peakFLOPs) else {
                throw table.problem("the peak is missing", row: row, column: peakFLOPs)
            }
            if accelerators.contains(where: { $0.name == row[name] }) {
                throw table.problem("'\(row[name])' is in the table already: keep one", row: row, column: name)
            }
            let (memory, bandwidth) = (try number(memoryBytes), try number(memoryBandwidth))
            do {
                accelerators.append(
                    try Accelerator(
                        name: row[name], aliases: row[aliases].split(separator: " ").map(String.init), peakFLOPs: peak,
                        memoryBytes: memory, memoryBandwidth: bandwidth,
                        source: row[source].isEmpty ? file : row[source]))
            } catch { throw table.problem("\(error)", row: row) }
        }
        guard !accelerators.isEmpty else { throw table.problem("has no accelerator") }
        return accelerators
    }
}

extension AcceleratorTable {
    /// The accelerators that ship and those of a file.
    ///
    /// - Parameter path: The path of a table, or `nil` for none.
    /// - Returns: The table; an accelerator of the file replaces one of the same name that ships.
    /// - Throws: `AcceleratorFile.Failure`.
    public static func standard(extendedBy path: String?) throws(AcceleratorFile.Failure) -> AcceleratorTable {
        var table = standard
        guard let path else { return table }
        for accelerator in try AcceleratorFile(path: path).accelerators { table.add(accelerator) }
        return table
    }
}
