public import DataMixing
public import OrderedJSON
import Quantities

/// How often to repeat a scarce source, over a range of values of its tokens.
public struct ScarceTargetReport: Sendable {
    /// The answers.
    public let study: ScarceTargetStudy

    /// The pilots that would settle the question.
    public let pilots: PilotPlan

    /// Whether the supply's tokens are estimates.
    public let isEstimated: Bool

    /// Creates a report.
    ///
    /// - Parameters:
    ///   - study: The answers.
    ///   - pilots: The pilots that would settle the question.
    ///   - isEstimated: Whether the supply's tokens are estimates.
    public init(_ study: ScarceTargetStudy, pilots: PilotPlan, isEstimated: Bool = false) {
        self.study = study
        self.pilots = pilots
        self.isEstimated = isEstimated
    }

    /// The answers and the pilots as lines for a terminal.
    ///
    /// - Parameters:
    ///   - explained: Whether the pilots that settle the question follow; otherwise the answer has at most 24 lines.
    ///   - warnings: The reasons to doubt the supply.
    /// - Returns: The lines, without line ends.
    public func text(explained: Bool = false, warnings: [String] = []) -> [String] {
        var table = TextTable(columns: [
            "a token is worth": .right, "best epochs": .right, "90 % of the curve's ensemble": .left, "weight": .right,
        ])
        for row in study.rows {
            table.add([
                Quantity.significant(row.value, digits: 3), Quantity.significant(row.epochs, digits: 3),
                row.epochsRange.map {
                    "\(Quantity.significant($0.lowerBound, digits: 3)) to \(Quantity.significant($0.upperBound, digits: 3))"
                } ?? "not known",
                Quantity.significant(row.share, digits: 3),
            ])
        }
        var answer = ScreenAnswer()
        answer.say([
            "There is no one answer before pilot runs: how often to repeat '\(study.target)' depends on what one of its "
                + "tokens is worth for the target's loss, in tokens of the rest.",
            "It has \(Quantity.short(study.uniqueTokens)) unique tokens\(isEstimated ? " est." : "") in a run of "
                + "\(Quantity.short(study.tokens)).",
        ])
        answer.skipLine()
        answer.show(table, of: "value")
        answer.remark(warnings.map { "! " + $0 })
        answer.explain("Pilots that settle it", PilotReport(pilots, isEstimated: isEstimated).text(explained: true))
        return answer.lines(explained: explained)
    }

    /// The answers as JSON.
    ///
    /// - Complexity: O(*n*) in the answers.
    public var json: JSONValue { object }
}

extension ScarceTargetReport: JSONWrittenRecord {
    package static let schemaFile = schemaFile(
        of: "datawall-scarce-target-1", title: "datawall study of a scarce source, version 1",
        summary: "How often to repeat a scarce source: the JSON that 'datawall mix --target --json' prints.")

    package static let fields: [JSONField<ScarceTargetReport>] = [
        .init("format", constant: "datawall-scarce-target"),
        .init("version", constant: 1),
        .init(written: "target", \.study.target, "The scarce source."),
        .init(written: "unique_tokens", \.study.uniqueTokens, "Its unique tokens."),
        .init(written: "estimated_tokens", \.isEstimated, "Whether the supply's tokens are estimates."),
        .init(written: "tokens", \.study.tokens, "D of the run."),
        .init(
            written: "answers", { $0.study.rows.map(Answer.init) }, "The answers over what one of its tokens is worth."),
        .init(
            written: "pilots", { PilotReport($0.pilots, isEstimated: $0.isEstimated) },
            "The pilots that settle the question."),
    ]

    private struct Answer: JSONWrittenRecord {
        let row: ScarceTargetStudy.Row

        static let fields: [JSONField<Answer>] = [
            .init(written: "value", \.row.value, "The worth of a token, in tokens of the rest."),
            .init(written: "epochs", \.row.epochs, "The best number of passes."),
            .init(written: "epochs_interval", \.row.epochsRange, "90 % of the curve's ensemble; null where not known."),
            .init(written: "weight", \.row.share, "The source's share of the tokens."),
        ]
    }
}
