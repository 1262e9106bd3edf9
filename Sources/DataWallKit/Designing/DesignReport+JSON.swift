import LawFitting
public import OrderedJSON
import RunDesign
import ScalingLaws
import TrainingPlanning

extension DesignReport {
    /// The report as JSON; write it with `fileText()`.
    public var json: JSONValue { object }
}

extension DesignReport: JSONWrittenRecord {
    package static let schemaFile = schemaFile(
        of: "datawall-design-1", title: "datawall design of runs, version 1",
        summary:
            "Runs to train before a big one, and what their fit is expected to know. Widths are those of the 90 % range "
            + "of ln L, or of ln N: 0.02 is 2 %.")

    package static let fields: [JSONField<DesignReport>] = [
        .init("format", constant: "datawall-design"),
        .init("version", constant: 1),
        .init(written: "made_by", \.madeBy, "The command line that makes the file again; null where it is not known."),
        .init(written: "law", \.design.question.law.card.identifier, "The law that the runs are to be fitted with."),
        .init(written: "budget_flops", \.design.question.budget, "What the runs may take together."),
        .init(written: "flops", \.design.compute, "What they take, as 6·N·D."),
        .init(
            written: "accelerator_hours", { $0.cluster?.expense(of: $0.design.compute).acceleratorHours },
            "Hours of one accelerator; null where none is known."),
        .init(
            written: "dollars", { $0.cluster?.expense(of: $0.design.compute).dollars },
            "What they cost; null without a price."),
        .init(written: "decades", \.design.decades, "Factors of ten between the lowest and the highest level."),
        .init(written: "scatter", \.design.question.scatter, "The standard deviation of a run's ln L that is assumed."),
        .init(written: "known_before", \.design.priorSource, "Where the doubt about the coefficients comes from."),
        .init(written: "target", { Target($0) }, "The big run."),
        .init(written: "forecast", \.design.trial, "How well the runs do on simulated laws."),
        .init(written: "rivals", \.design.rivals, "Even grids of the same cost, on the same laws."),
        .init(written: "runs", \.entries, "The runs."),
        .init(written: "pilots", \.pilots, "Runs that find the mixture; null without --pilots."),
        .init(written: "notes", \.notes, "Further notes."),
    ]

    private struct Target: JSONWrittenRecord {
        let flops: Double
        let run: TrainingRun

        init(_ report: DesignReport) {
            flops = report.design.question.target
            run = report.design.target
        }

        static let fields: [JSONField<Target>] = [
            .init(written: "flops", \.flops, "Its compute."),
            .init(written: "parameters", \.run.parameters, "N of its best run by present knowledge."),
            .init(written: "tokens", \.run.tokens, "D of it."),
            .init(written: "unique_tokens", \.run.uniqueTokens, "Its distinct tokens, or those there are."),
        ]
    }
}

extension DesignTrial: JSONWrittenRecord {
    package static let fields: [JSONField<DesignTrial>] = [
        .init(written: "width", \.width, "The width of the forecast's 90 % range in ln L."),
        .init(written: "width_before", \.widthBefore, "The same before any run."),
        .init(written: "size_width", \.sizeWidth, "The same of ln N of the best size; null where there is none."),
        .init(written: "trials", \.trials, "The laws that were simulated and fitted again."),
        .init(written: "failures", \.failures, "Those that could not be fitted."),
        .init(written: "coefficients", \.coefficients, "How well each coefficient comes out."),
    ]
}

extension DesignTrial.Coefficient: JSONWrittenRecord {
    package static let fields: [JSONField<DesignTrial.Coefficient>] = [
        .init(written: "name", \.name, "The coefficient."),
        .init(
            written: "doubt_before", \.before, "Its standard deviation before any run, of its logarithm for a factor."),
        .init(written: "doubt_after", \.error, "What fits miss it by, root mean square."),
        .init(written: "verdict", \.verdict.rawValue, "How well the runs determine it."),
    ]
}

extension RivalGrid: JSONWrittenRecord {
    package static let fields: [JSONField<RivalGrid>] = [
        .init(
            written: "name", \.name,
            "uniform: sizes and tokens evenly spread; isoflop: levels of compute and sizes evenly spread."),
        .init(written: "runs", \.runs.count, "How many runs it has."),
        .init(written: "width", \.trial.width, "The width of its forecast."),
        .init(written: "size_width", \.trial.sizeWidth, "That of ln N; null where there is none."),
    ]
}

extension DesignReport.Entry: JSONWrittenRecord {
    package static let fields: [JSONField<DesignReport.Entry>] = [
        .init(written: "run", \.number, "Its number."),
        .init(written: "parameters", \.run.parameters, "N, counted as the law counts."),
        .init(written: "tokens", \.run.tokens, "D, repeats included."),
        .init(written: "unique_tokens", \.run.uniqueTokens, "The distinct ones of them."),
        .init(written: "level", \.run.level, "The compute of its IsoFLOP curve."),
        .init(written: "flops", \.run.compute, "What it takes, 6·N·D."),
        .init(written: "layers", \.run.shape.layers, "Layers of the model."),
        .init(written: "width", \.run.shape.width, "Its width."),
        .init(written: "heads", \.run.shape.heads, "Its heads."),
        .init(written: "key_value_heads", \.run.shape.keyValueHeads, "Its heads of keys and values."),
        .init(written: "feed_forward_width", \.run.shape.feedForwardWidth, "The width of its feed-forward layers."),
        .init(
            written: "rule", { $0.suggestion?.law }, "The rule that suggests batch and rate; null where none speaks."),
        .init(written: "batch_tokens", { $0.suggestion?.batchTokens }, "The batch that it suggests, in tokens."),
        .init(written: "learning_rate", { $0.suggestion?.learningRate }, "The peak learning rate that it suggests."),
    ]
}

extension DesignReport.Pilots: JSONWrittenRecord {
    package static let fields: [JSONField<DesignReport.Pilots>] = [
        .init(written: "runs", \.runs, "How many there are."),
        .init(written: "parameters", \.parameters, "N of each."),
        .init(written: "tokens", \.tokens, "D of each."),
        .init(written: "flops", \.flops, "What they take together."),
        .init(written: "command", \.command, "The command that plans them and writes their table."),
    ]
}
