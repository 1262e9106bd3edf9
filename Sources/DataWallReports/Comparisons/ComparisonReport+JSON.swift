public import OrderedJSON
public import TrainingPlanning

extension ComparisonReport {
    /// The report as JSON; write it with `fileText()`.
    public var json: JSONValue { object }

    /// A run with what it takes.
    struct Entry {
        let row: RunComparison.Row
        let expense: TrainingExpense?
    }

    private var entries: [Entry] {
        comparison.rows.map { Entry(row: $0, expense: cluster?.expense(of: $0.run.flops)) }
    }
}

extension ComparisonReport: JSONWrittenRecord {
    package static let schemaFile = schemaFile(
        of: "datawall-comparison-1", title: "datawall comparison of runs, version 1",
        summary: "Named runs against the best run of their own compute, and the best of them against the others. "
            + "Gaps and gains are differences of ln L, which are shares: 0.01 is 1 %.")

    package static let fields: [JSONField<ComparisonReport>] = [
        .init("format", constant: "datawall-comparison"),
        .init("version", constant: 1),
        .init(written: "made_by", \.madeBy, "The command line that makes the file again; null where it is not known."),
        .init(written: "runs", \.entries, "The runs."),
        .init(written: "duels", \.comparison.duels, "The best of the runs against each of the others."),
    ]
}

extension ComparisonReport.Entry: JSONWrittenRecord {
    package static let fields: [JSONField<ComparisonReport.Entry>] = [
        .init(written: "name", \.row.run.name, "The run."),
        .init(written: "parameters", \.row.run.parameters, "N."),
        .init(written: "tokens", \.row.run.tokens, "D."),
        .init(written: "unique_tokens", \.row.run.uniqueTokens, "U; null where it is not known, and then no limit."),
        .init(written: "epochs", \.row.run.epochs, "D/U."),
        .init(written: "tokens_per_parameter", \.row.run.tokensPerParameter, "D/N."),
        .init(written: "flops", \.row.run.flops, "6·N·D."),
        .init(written: "best_parameters", \.row.bestParameters, "N of the best run of the same compute."),
        .init(written: "best_tokens", \.row.bestTokens, "D of it."),
        .init(written: "overtraining", \.row.overtraining, "D/N over that of the best run."),
        .init(written: "gap", \.row.gap, "ln L above the best run of the same compute, weighted."),
        .init(
            written: "equal_loss_flops", \.row.equalLossFLOPs,
            "The least compute that reaches the same loss; null below a ten-thousandth of the run's."),
        .init(written: "families", \.row.families, "What each family says."),
        .init(written: "accelerator_hours", \.expense?.acceleratorHours, "Hours of one accelerator."),
        .init(written: "days", \.expense?.days, "Days on the whole cluster."),
        .init(written: "training_dollars", \.expense?.dollars, "What training costs."),
        .init(written: "source", \.row.run.source, "Where its figures were published."),
    ]
}

extension RunComparison.Family: JSONWrittenRecord {
    package static let fields: [JSONField<RunComparison.Family>] = [
        .init(written: "law", \.law, "The law that speaks for the family."),
        .init(written: "weight", \.weight, "Its share of the decision."),
        .init(written: "gap", \.gap, "The mean of ln L above the best run over its draws."),
        .init(written: "log_loss", \.logLoss, "The mean of ln L; comparable only under the same law."),
    ]
}

extension RunComparison.Duel: JSONWrittenRecord {
    package static let fields: [JSONField<RunComparison.Duel>] = [
        .init(written: "better", \.better, "The run with the lower loss."),
        .init(written: "worse", \.worse, "The other one."),
        .init(written: "gain", \.gain, "By how much, in ln L, weighted."),
        .init(written: "share", \.share, "The share of the draws that agree."),
        .init(written: "dissenters", \.dissenters, "Laws that say the reverse in the mean."),
        .init(
            written: "break_even_tokens", \.breakEven,
            "Tokens to be served after which both have taken the same compute; null where there are none."),
    ]
}
