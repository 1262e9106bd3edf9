public import DataMixing
public import OrderedJSON
import Quantities
import Tables

/// Pilots to run, for a terminal, as JSON, and as the table that they are reported in.
public struct PilotReport: Sendable {
    /// The pilots.
    public let plan: PilotPlan

    /// Whether the supply's tokens are estimates.
    public let isEstimated: Bool

    /// The command line that makes the report again, or `nil` if no command made it.
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
    /// - Parameter explained: Whether every mixture is listed; otherwise the answer has at most 24 lines.
    /// - Returns: The lines, without line ends.
    public func text(explained: Bool = false) -> [String] {
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
        let total = plan.pilotTokens * Double(plan.runs.count)
        var answer = ScreenAnswer()
        answer.say([
            "Train \(Quantity.count(plan.runs.count, "pilot")) of \(Quantity.short(plan.pilotTokens)) tokens each for a run of "
                + "\(Quantity.short(plan.tokens)), with every source cut to "
                + "\(Quantity.significant(plan.horizon, digits: 4)) of its documents.",
            "A mixture then has the same epochs of every source in a pilot as in the run.",
            "All pilots together train on \(Quantity.short(total)) tokens, "
                + "\(Quantity.significant(total / plan.tokens, digits: 3)) times those of the run.",
        ])
        answer.skipLine()
        answer.show(sizes, of: "source")
        answer.skipLine()
        answer.say([
            "1. 'datawall sample' writes the subsamples.",
            "2. -o FILE writes the table of runs: add params and losses.",
            "3. 'datawall mix --pilots FILE' fits it.",
        ])
        answer.explain(
            "Mixtures to train", ["Weight, and in brackets passes over the source:"] + runs.lines)
        return answer.lines(explained: explained)
    }

    /// The table of runs to fill in: weights, tokens and the unique tokens of each subsample, losses empty.
    public var csv: String {
        let names = plan.sources.map(\.name)
        let heads =
            ["run", "params", "tokens"] + names.map { DelimitedText.cell("w_" + $0) }
            + names.map { DelimitedText.cell("unique_" + $0) } + ["loss"]
        let rows = plan.runs.map { run in
            ["\(run.number)", "", "\(plan.pilotTokens)"] + run.weights.map { "\($0)" }
                + plan.subsamples.map { "\($0)" } + [""]
        }
        return DelimitedText.lines([heads] + rows)
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
        .init(written: "tokens", \.plan.tokens, "D of the big run."),
        .init(written: "estimated_tokens", \.isEstimated, "Whether the supply's tokens are estimates."),
        .init(written: "horizon", \.plan.horizon, "The share of tokens, and of each source, that a pilot has."),
        .init(written: "pilot_tokens", \.plan.pilotTokens, "D of a pilot."),
        .init(
            written: "subsamples", { zip($0.plan.sources, $0.plan.subsamples).map(Subsample.init) },
            "The tokens drawn from each source."),
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
