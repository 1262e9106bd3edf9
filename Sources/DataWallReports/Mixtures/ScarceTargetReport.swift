public import OrderedJSON
import Quantities
public import TrainingPlanning

/// How often to repeat a scarce source, over a range of what it may be worth.
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
    /// - Returns: The lines, without line ends.
    public func text() -> [String] {
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
        return [
            "'\(study.target)', \(Quantity.short(study.uniqueTokens)) unique tokens\(isEstimated ? " est." : ""), in a run of "
                + "\(Quantity.short(study.tokens)): how often to repeat it hangs on what one of its tokens is worth",
            "for the target's loss, in tokens of the rest. Nobody knows that before pilot runs; there is no one answer.",
            "",
        ] + table.lines + ["", "Pilots that settle it:", ""] + PilotReport(pilots, isEstimated: isEstimated).text()
    }

    /// The answers as JSON.
    ///
    /// - Complexity: O(*n*) in the answers.
    public var json: JSONValue {
        .object([
            "format": "datawall-scarce-target", "version": 1, "target": .string(study.target),
            "unique_tokens": .number(study.uniqueTokens), "estimated_tokens": .bool(isEstimated),
            "tokens": .number(study.tokens),
            "answers": .array(
                study.rows.map { row in
                    .object([
                        "value": .number(row.value), "epochs": .number(row.epochs),
                        "epochs_interval": .interval(row.epochsRange), "weight": .number(row.share),
                    ])
                }),
            "pilots": PilotReport(pilots, isEstimated: isEstimated).json,
        ])
    }
}
