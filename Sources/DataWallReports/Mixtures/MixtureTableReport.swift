public import DataMixing
public import OrderedJSON
import Quantities

/// A published table of a mixture, with the values that its figures imply and its contradictions.
public struct MixtureTableReport: Sendable {
    /// The table.
    public let table: MixtureTable

    /// The title, such as the table's publication.
    public let title: String

    /// The findings.
    public let findings: [MixtureTableFinding]

    /// Creates a report.
    ///
    /// - Parameters:
    ///   - table: The table.
    ///   - title: The title, such as the table's publication.
    ///   - cap: The most passes over a source, or `nil` not to check it.
    public init(_ table: MixtureTable, title: String, cap: Double? = nil) {
        self.table = table
        self.title = title
        findings = table.findings(cap: cap)
    }

    /// The table and the findings as lines for a terminal.
    ///
    /// - Parameter explained: Whether every source and finding is listed; otherwise the answer has at most 24 lines.
    /// - Returns: The lines, without line ends.
    public func text(explained: Bool = false) -> [String] {
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
        var answer = ScreenAnswer()
        answer.say([
            title,
            findings.isEmpty
                ? "No figure contradicts another."
                : "\(Quantity.count(findings.count, "contradiction")) in this table.",
        ])
        answer.skipLine()
        answer.show(text, of: "source")
        answer.say("In all: " + sums.joined(separator: ", ") + ".")
        answer.remark(findings.map { "! \($0)" })
        answer.hint("--json prints every figure with its sources")
        return answer.lines(explained: explained)
    }

    /// The findings as JSON.
    ///
    /// - Complexity: O(*n*) in the lines.
    public var json: JSONValue { object }
}

extension MixtureTableReport: JSONWrittenRecord {
    package static let schemaFile = schemaFile(
        of: "datawall-mixture-check-1", title: "datawall check of a mixture's table, version 1",
        summary: "What the figures of a mixture's table imply: the JSON that 'datawall mixtures NAME --json' prints.")

    package static let fields: [JSONField<MixtureTableReport>] = [
        .init("format", constant: "datawall-mixture-check"),
        .init("version", constant: 1),
        .init(written: "title", \.title, "The title of the table."),
        .init(written: "unit", \.table.unit, "The unit of pools and draws."),
        .init(written: "budget", \.table.budget, "The tokens of the run; null where not known."),
        .init(written: "weight_sum", \.table.weightSum, "The sum of the weights."),
        .init(written: "consumed_sum", \.table.consumedSum, "The sum of what is drawn."),
        .init(
            written: "sources", { report in report.table.rows.map { Source(table: report.table, row: $0) } },
            "The sources of the table."),
        .init(written: "findings", { $0.findings.map(Finding.init) }, "Where figures contradict each other."),
    ]

    private struct Source: JSONWrittenRecord {
        let table: MixtureTable
        let row: MixtureTable.Row

        static let fields: [JSONField<Source>] = [
            .init(written: "source", \.row.source, "The source."),
            .init(written: "pool", { $0.table.derivedPool($0.row) }, "Its pool."),
            .init(written: "pool_is_implied", { $0.row.pool == nil }, "Whether the pool follows from other figures."),
            .init(written: "weight", \.row.weight?.value, "Its printed weight."),
            .init(written: "consumed", \.row.consumed?.value, "The printed tokens drawn from it."),
            .init(written: "epochs_printed", \.row.epochs?.value, "Its printed passes."),
            .init(written: "epochs_implied", { $0.table.derivedEpochs($0.row) }, "The passes that follow."),
        ]
    }

    private struct Finding: JSONWrittenRecord {
        let finding: MixtureTableFinding

        static let fields: [JSONField<Finding>] = [
            .init(written: "kind", \.finding.kind.rawValue, "What contradicts."),
            .init(written: "source", \.finding.source, "The source; null for the table as a whole."),
            .init(written: "printed", \.finding.printed, "The printed figure."),
            .init(written: "implied", \.finding.implied, "The figure that follows from others."),
            .init(written: "message", \.finding.description, "The same in words."),
        ]
    }
}
