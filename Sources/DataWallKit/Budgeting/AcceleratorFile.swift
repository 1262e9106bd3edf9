import LawFitting
import ScalingLaws
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
        let input = try InputFile(path: path, kind: "table of accelerators")
        let text = try input.text(otherwise: "no table of accelerators")
        try self.init(parsing: text, name: path)
    }

    /// Reads the text of a table.
    ///
    /// - Parameters:
    ///   - text: CSV with a header line; commas, semicolons or tabs.
    ///   - name: What messages call the table.
    /// - Throws: ``Failure``.
    /// - Complexity: O(*n*) in the characters.
    public init(parsing text: String, name: String) throws(Failure) {
        func failure(_ row: Int?, _ reason: String) -> Failure {
            Failure("\(name)\(row.map { ", row \($0)" } ?? ""): \(reason)")
        }
        let sheet: TableSheet
        do {
            sheet = try TableSheet(text)
        } catch { throw failure(error.row, error.reason) }
        var positions: [Column: Int] = [:]
        for (index, head) in sheet.header.enumerated() {
            guard let column = Column(rawValue: head.lowercased()) else {
                let known = Column.allCases.map(\.rawValue)
                let meant = nearestNames(to: head.lowercased(), among: known).first
                throw failure(
                    nil,
                    "the column '\(head)' is not known"
                        + (meant.map { ": did you mean '\($0)'?" } ?? "; known are \(known.joined(separator: ", "))"))
            }
            guard positions.updateValue(index, forKey: column) == nil else {
                throw failure(nil, "the column '\(head)' stands twice: rename one")
            }
        }
        for column in [Column.name, .peakFLOPs] where positions[column] == nil {
            throw failure(
                nil,
                "the table has no column '\(column.rawValue)': it needs name and peak_flops, in dense BF16 FLOP/s")
        }
        var accelerators: [Accelerator] = []
        for line in sheet.rows {
            let (row, cells) = (line.number, line.cells)
            func cell(_ column: Column) -> String { positions[column].map { cells[$0] } ?? "" }
            func number(_ column: Column) throws(Failure) -> Double? {
                let text = cell(column)
                if text.isEmpty { return nil }
                guard let value = Self.quantity(text), value.isFinite, value > 0 else {
                    throw failure(row, "\(column.rawValue): '\(text)' is not a positive number, such as 989e12 or 80GB")
                }
                return value
            }
            guard !cell(.name).isEmpty else { throw failure(row, "an accelerator needs a name") }
            guard let peak = try number(.peakFLOPs) else { throw failure(row, "peak_flops is missing") }
            if accelerators.contains(where: { $0.name == cell(.name) }) {
                throw failure(row, "'\(cell(.name))' stands in the table already: keep one")
            }
            do {
                accelerators.append(
                    try Accelerator(
                        name: cell(.name), aliases: cell(.aliases).split(separator: " ").map(String.init),
                        peakFLOPs: peak, memoryBytes: try number(.memoryBytes),
                        memoryBandwidth: try number(.memoryBandwidth),
                        source: cell(.source).isEmpty ? name : cell(.source)))
            } catch let error as Failure {
                throw error
            } catch { throw failure(row, "\(error)") }
        }
        guard !accelerators.isEmpty else { throw failure(nil, "it holds no accelerator") }
        self.accelerators = accelerators
    }

    private enum Column: String, CaseIterable {
        case name, aliases
        case peakFLOPs = "peak_flops"
        case memoryBytes = "memory_bytes"
        case memoryBandwidth = "memory_bandwidth"
        case source
    }

    /// A number as people write it, also with a unit of bytes: `80GB`, `32GiB`, `3.35TB`.
    private static func quantity(_ text: String) -> Double? {
        let units: [(String, Double)] = [
            ("KiB", 0x1p10), ("MiB", 0x1p20), ("GiB", 0x1p30), ("TiB", 0x1p40), ("kB", 1e3), ("MB", 1e6), ("GB", 1e9),
            ("TB", 1e12),
        ]
        for (unit, factor) in units where text.hasSuffix(unit) {
            return WrittenQuantity.value(of: String(text.dropLast(unit.count))).map { $0 * factor }
        }
        return WrittenQuantity.value(of: text)
    }
}
