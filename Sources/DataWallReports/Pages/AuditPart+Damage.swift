import CorpusAudit
import Quantities

// Files and records that could not be read.

extension AuditPart {
    /// Problems that a page lists; the audit file has more.
    private static let listedProblems = 100

    /// Files that were not read at all.
    var skippedFigure: PageFigure {
        var table = PageTable(
            "Files that were not read, by kind",
            columns: [.text("kind"), .number("files"), .number("size"), .text("example"), .text("why")])
        for kind in audit.unread + audit.skipped.filter({ !$0.mayHoldData }) {
            table.add([
                kind.kind.spelled, Quantity.grouped(kind.files), Quantity.bytes(kind.bytes), kind.examples[0],
                kind.reason,
            ])
        }
        return PageFigure(
            identifier: identifier + "-skipped", title: "Files that were not read",
            text: audit.unread.isEmpty
                ? "None of these files is taken for data."
                : "Some of these files may contain data that the counts lack.",
            table: table, isWide: true)
    }

    var problemFigures: [PageFigure] {
        var kinds = PageTable("Damage by kind", columns: [.text("kind"), .number("count")])
        for problem in audit.problemCounts {
            kinds.add([problem.kind.rawValue.spelled, Quantity.grouped(problem.count)])
        }
        var list = PageTable(
            "Where the damage is",
            columns: [.text("shard"), .number("record"), .number("byte"), .text("kind"), .text("what was found")])
        for problem in audit.problems.prefix(Self.listedProblems) {
            list.add([
                problem.shard, problem.record.map { Quantity.grouped($0) } ?? "–",
                problem.byteOffset.map { Quantity.grouped($0) } ?? "–",
                problem.kind.rawValue.spelled, problem.message,
            ])
        }
        list.restTitle = "\(Quantity.grouped(list.rest.count)) more"
        let total = audit.problemCounts.reduce(0) { $0 + $1.count }
        let listed = min(audit.problems.count, Self.listedProblems)
        var figures = [
            PageFigure(
                identifier: identifier + "-damage", title: "Damage",
                text: "What could not be read as it should; what was readable around it counts.", table: kinds)
        ]
        if listed > 0 {
            figures.append(
                PageFigure(
                    identifier: identifier + "-problems", title: "Where the damage is",
                    text: listed < total
                        ? "The first \(Quantity.grouped(listed)) of \(Quantity.grouped(total)); the audit file lists "
                            + "\(Quantity.grouped(audit.problems.count))."
                        : "Records count from 0.", table: list, isWide: true))
        }
        return figures
    }
}
