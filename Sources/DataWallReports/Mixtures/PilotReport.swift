public import OrderedJSON
import Quantities
public import TrainingPlanning

/// Pilots to run, for a terminal, as JSON, and as the table that they are reported in.
public struct PilotReport: Sendable {
    /// The pilots.
    public let plan: PilotPlan

    /// Whether the supply's tokens are estimates.
    public let isEstimated: Bool

    /// Creates a report.
    ///
    /// - Parameters:
    ///   - plan: The pilots.
    ///   - isEstimated: Whether the supply's tokens are estimates.
    public init(_ plan: PilotPlan, isEstimated: Bool = false) {
        self.plan = plan
        self.isEstimated = isEstimated
    }

    /// The plan as lines for a terminal.
    ///
    /// - Returns: The lines, without line ends.
    public func text() -> [String] {
        var sizes = TextTable(columns: [
            ("source", .left), ("unique" + (isEstimated ? " est." : ""), .right), ("subsample", .right),
        ])
        for (source, subsample) in zip(plan.sources, plan.subsamples) {
            sizes.add([source.name, Quantity.short(source.uniqueTokens), Quantity.short(subsample)])
        }
        var runs = TextTable(columns: [("run", .right)] + plan.sources.map { ($0.name, .right) })
        for run in plan.runs {
            runs.add(
                ["\(run.number)"]
                    + zip(run.weights, run.epochs).map {
                        "\(Quantity.fixed($0, decimals: 4)) (\(Quantity.significant($1, digits: 2)))"
                    })
        }
        return [
            "Pilots of \(Quantity.short(plan.pilotTokens)) tokens for a run of \(Quantity.short(plan.tokens)): every source "
                + "is cut to \(Quantity.significant(plan.horizon, digits: 4)) of its documents,",
            "so that a mixture has the same epochs of every source in a pilot as in the run.", "",
        ] + sizes.lines + [
            "", "\(plan.runs.count) mixtures to train (weight, and in brackets passes over the source):",
        ] + runs.lines + [
            "",
            "'datawall sample' writes the subsamples. Fill in params and losses of the table that -o writes, and fit it with "
                + "'datawall mix --pilots'.",
        ]
    }

    /// The table of runs to fill in: weights, tokens and the unique tokens of each subsample, losses empty.
    public var csv: String {
        let names = plan.sources.map(\.name)
        var lines = [
            (["run", "params", "tokens"] + names.map { CSVCell.quoted("w_" + $0) }
                + names.map { CSVCell.quoted("unique_" + $0) } + ["loss"])
                .joined(separator: ",")
        ]
        for run in plan.runs {
            lines.append(
                (["\(run.number)", "", "\(plan.pilotTokens)"] + run.weights.map { "\($0)" }
                    + plan.subsamples.map { "\($0)" } + [""]).joined(separator: ","))
        }
        return lines.map { $0 + "\n" }.joined()
    }

    /// The plan as JSON.
    ///
    /// - Complexity: O(*k*·*n*) for *k* sources and *n* runs.
    public var json: JSONValue {
        .object([
            "format": "datawall-pilots", "version": 1, "tokens": .number(plan.tokens),
            "estimated_tokens": .bool(isEstimated), "horizon": .number(plan.horizon),
            "pilot_tokens": .number(plan.pilotTokens),
            "subsamples": .array(
                zip(plan.sources, plan.subsamples).map { source, subsample in
                    .object([
                        "source": .string(source.name), "unique_tokens": .number(source.uniqueTokens),
                        "subsample_tokens": .number(subsample),
                    ])
                }),
            "runs": .array(
                plan.runs.map { run in
                    .object([
                        "run": .integer(run.number), "weights": .array(run.weights.map { .number($0) }),
                        "epochs": .array(run.epochs.map { .number($0) }),
                    ])
                }),
        ])
    }
}
