public import OrderedJSON
import Quantities
public import TrainingPlanning

/// A table of a mixture with what its figures imply, and where they contradict each other.
public struct MixtureTableReport: Sendable {
    /// The table.
    public let table: MixtureTable

    /// What it is.
    public let title: String

    /// What was found.
    public let findings: [MixtureTableFinding]

    /// Creates a report.
    ///
    /// - Parameters:
    ///   - table: The table.
    ///   - title: What it is, such as its publication.
    ///   - cap: The most passes over a source, where that is to be checked.
    public init(_ table: MixtureTable, title: String, cap: Double? = nil) {
        self.table = table
        self.title = title
        findings = table.findings(cap: cap)
    }

    /// The table and the findings as lines for a terminal.
    ///
    /// - Returns: The lines, without line ends.
    public func text() -> [String] {
        func figure(_ value: Double?) -> String { value.map { Quantity.significant($0, digits: 4) } ?? "" }
        var text = TextTable(columns: [
            "source": .left, "pool": .right, "": .left, "weight": .right, "drawn": .right, "epochs printed": .right,
            "epochs implied": .right,
        ])
        for row in table.rows {
            text.add([
                row.source, figure(table.derivedPool(row)), row.pool == nil ? "implied" : "", figure(row.weight?.value),
                figure(row.consumed?.value), figure(row.epochs?.value), figure(table.derivedEpochs(row)),
            ])
        }
        var lines = [title, ""] + text.lines
        var sums: [String] = []
        let pools = table.rows.compactMap(table.derivedPool)
        if pools.count == table.rows.count {
            let pool = pools.reduce(0, +)
            sums.append("pools \(figure(pool)) \(table.unit)")
            if let budget = table.budget { sums.append("\(figure(budget / pool)) passes over everything") }
        }
        if let sum = table.weightSum { sums.append("weights \(figure(sum))") }
        if let sum = table.consumedSum { sums.append("drawn \(Quantity.significant(sum, digits: 6)) \(table.unit)") }
        if let budget = table.budget { sums.append("stream \(Quantity.significant(budget, digits: 6)) \(table.unit)") }
        lines += ["", "In all: " + sums.joined(separator: ", ") + "."]
        lines += findings.map { "! \($0)" }
        if findings.isEmpty { lines.append("No figure contradicts another.") }
        return lines
    }

    /// The findings as JSON.
    ///
    /// - Complexity: O(*n*) in the lines.
    public var json: JSONValue {
        .object([
            "format": "datawall-mixture-check", "version": 1, "title": .string(title), "unit": .string(table.unit),
            "budget": .number(optional: table.budget), "weight_sum": .number(optional: table.weightSum),
            "consumed_sum": .number(optional: table.consumedSum),
            "sources": .array(
                table.rows.map { row in
                    .object([
                        "source": .string(row.source), "pool": .number(optional: table.derivedPool(row)),
                        "pool_is_implied": .bool(row.pool == nil), "weight": .number(optional: row.weight?.value),
                        "consumed": .number(optional: row.consumed?.value),
                        "epochs_printed": .number(optional: row.epochs?.value),
                        "epochs_implied": .number(optional: table.derivedEpochs(row)),
                    ])
                }),
            "findings": .array(
                findings.map {
                    .object([
                        "kind": .string($0.kind.rawValue), "source": $0.source.map { .string($0) } ?? .null,
                        "printed": .number($0.printed), "implied": .number($0.implied),
                        "message": .string($0.description),
                    ])
                }),
        ])
    }
}
