public import DataMixing
public import OrderedJSON
import Quantities

/// Pilots to run, for a terminal, as JSON, and as the table that they are reported in.
public struct PilotReport: Sendable {
    /// The pilots.
    public let plan: PilotPlan

    /// Whether the supply's tokens are estimates.
    public let isEstimated: Bool

    /// The command line that makes the report again, or `nil` where no command made it.
    public let madeBy: String?

    /// Creates a report.
    ///
    /// - Parameters:
    ///   - plan: The pilots.
    ///   - isEstimated: Whether the supply's tokens are estimates.
    ///   - madeBy: The command line that makes the report again.
    public init(_ plan: PilotPlan, isEstimated: Bool = false, madeBy: String? = nil) {
        self.plan = plan
        self.isEstimated = isEstimated
        self.madeBy = madeBy
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
    public var json: JSONValue { object }
}

extension PilotReport: JSONWrittenRecord {
    package static let schemaFile = schemaFile(
        of: "datawall-pilots-1", title: "datawall plan of pilots, version 1",
        summary: "Small runs that find a mixture: the JSON that 'datawall pilots --json' prints.")

    package static let fields: [JSONField<PilotReport>] = [
        .init("format", constant: "datawall-pilots"),
        .init("version", constant: 1),
        .init(written: "made_by", \.madeBy, "The command line that makes the plan again; null where none did."),
        .init(written: "tokens", \.plan.tokens, "D of the run that the pilots stand for."),
        .init(written: "estimated_tokens", \.isEstimated, "Whether the supply's tokens are estimates."),
        .init(written: "horizon", \.plan.horizon, "The share of tokens, and of each source, that a pilot has."),
        .init(written: "pilot_tokens", \.plan.pilotTokens, "D of a pilot."),
        .init(
            written: "subsamples", { zip($0.plan.sources, $0.plan.subsamples).map(Subsample.init) },
            "What is drawn of each source."),
        .init(written: "runs", { $0.plan.runs.map(Run.init) }, "The pilots, their sources in the order of subsamples."),
    ]

    private struct Subsample: JSONWrittenRecord {
        let source: SourceSupply
        let tokens: Double

        static let fields: [JSONField<Subsample>] = [
            .init(written: "source", \.source.name, "The source."),
            .init(written: "unique_tokens", \.source.uniqueTokens, "Its unique tokens."),
            .init(written: "subsample_tokens", \.tokens, "Those that are drawn."),
        ]
    }

    private struct Run: JSONWrittenRecord {
        let run: PilotPlan.Run

        static let fields: [JSONField<Run>] = [
            .init(written: "run", \.run.number, "Its number."),
            .init(written: "weights", \.run.weights, "The share of each source."),
            .init(written: "epochs", \.run.epochs, "Passes over each subsample."),
        ]
    }
}
