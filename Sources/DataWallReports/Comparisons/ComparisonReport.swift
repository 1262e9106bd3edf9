import Quantities
public import TrainingPlanning

/// A comparison of runs with their costs, as text and as JSON.
public struct ComparisonReport: Sendable {
    let comparison: RunComparison

    /// The cluster for training, or `nil` if no accelerator is known.
    let cluster: TrainingCluster?

    /// The cost of serving, or `nil` without serving options.
    let service: RunService?

    /// The command line that makes it again.
    let madeBy: String?

    /// Creates a report.
    ///
    /// - Parameters:
    ///   - comparison: The comparison.
    ///   - cluster: The cluster that would train the runs, or `nil`.
    ///   - service: The cost of serving the models, or `nil`.
    ///   - madeBy: The command line that makes it again.
    public init(
        _ comparison: RunComparison, cluster: TrainingCluster? = nil, service: RunService? = nil, madeBy: String? = nil
    ) {
        self.comparison = comparison
        self.cluster = cluster
        self.service = service
        self.madeBy = madeBy
    }

    /// The report as lines for a terminal.
    ///
    /// - Parameter explained: Whether to add the figures of each family, and sources.
    /// - Returns: The lines, without line ends.
    public func text(explained: Bool = false) -> [String] {
        var answer = ScreenAnswer()
        let verdicts = comparison.duels.isEmpty ? [verdict(comparison.rows[0])] : comparison.duels.map(verdict)
        answer.say(verdicts.first ?? "")
        answer.skipLine()
        answer.show(table, of: "run")
        answer.say("Best N, its D/N: the best run of at most the same compute, with the same unique tokens.")
        if comparison.rows.contains(where: { $0.run.uniqueTokens == nil }) {
            answer.say("A run without unique tokens (epochs –) never repeats its data.")
        }
        if cluster != nil {
            answer.skipLine()
            answer.show(expenses, of: "run")
        }
        if let service {
            answer.skipLine()
            answer.show(serviceTable(service), of: "run")
            answer.say(Self.remark(on: service))
        }
        answer.remark(Array(verdicts.dropFirst()) + unspent)
        answer.explain("Needs", needs.lines)
        answer.explain("Families", families.lines)
        answer.explain("Sources", sources)
        return answer.lines(explained: explained)
    }

    private func verdict(_ row: RunComparison.Row) -> String {
        let ratio = row.overtraining
        let state =
            ratio > 1.25
            ? "over-trained by \(Quantity.significant(ratio, digits: 2))×"
            : ratio < 0.8 ? "under-trained by \(Quantity.significant(1 / ratio, digits: 2))×" : "near the best ratio"
        return "\(row.run.name.visible): \(state) for its compute; \(Self.verdict(ofGap: row.gap))."
    }

    /// What a difference of ln L to the best run of the same compute means, in words.
    static func verdict(ofGap gap: Double) -> String {
        // A run outside the limits of the best one, such as its tokens per parameter, may be better.
        guard gap >= 0 else {
            return "its loss is \(Quantity.percentBelow(-gap)) below that of the best run within the limits"
        }
        return "the best run of it has a loss \(Quantity.percentBelow(gap)) lower"
    }

    private func verdict(_ duel: RunComparison.Duel) -> String {
        var line =
            "\(duel.better.visible) has the lower loss: \(Quantity.percentBelow(duel.gain)) below \(duel.worse.visible) in "
            + "the mean, under \(Quantity.percent(duel.share)) of the draws"
        if !duel.dissenters.isEmpty {
            let says = duel.dissenters.count > 1 ? "say" : "says"
            line += "; \(duel.dissenters.joined(separator: ", ")) \(says) the reverse"
        }
        if let tokens = duel.breakEven {
            line += ". Both take the same compute after \(Quantity.short(tokens)) tokens served"
        }
        if let tokens = dollarBreakEven(duel) {
            line += ". Both cost the same dollars after \(Quantity.short(tokens)) tokens served"
        }
        return line + "."
    }

    /// The best runs that leave compute unspent, since more of it would not lower the loss.
    private var unspent: [String] {
        comparison.rows.filter { $0.bestFLOPs < 0.99 * $0.run.flops }.map { row in
            "\(row.run.name.visible): the best run takes \(Quantity.flops(row.bestFLOPs)) FLOPs and leaves the rest of the "
                + "compute unspent."
        }
    }

    private var table: TextTable {
        var table = TextTable(columns: [
            "run": .left, "N": .right, "D": .right, "epochs": .right, "D/N": .right, "FLOPs": .right,
            "best N": .right, "its D/N": .right, "loss above best": .right,
        ])
        for row in comparison.rows {
            table.add([
                row.run.name.visible, Quantity.short(row.run.parameters), Quantity.short(row.run.tokens),
                row.run.epochs.map { Quantity.short($0) } ?? "–",
                Quantity.significant(row.run.tokensPerParameter, digits: 4), Quantity.flops(row.run.flops),
                Quantity.short(row.bestParameters),
                Quantity.significant(row.bestTokens / row.bestParameters, digits: 3), Quantity.percentAbove(row.gap),
            ])
        }
        return table
    }

    /// The compute that the best run needs for the same loss.
    private var needs: TextTable {
        var table = TextTable(columns: ["run": .left, "FLOPs": .right, "best run of the same loss": .right])
        for row in comparison.rows {
            table.add([
                row.run.name.visible, Quantity.flops(row.run.flops),
                row.equalLossFLOPs.map { Quantity.flops($0) } ?? "< 0.01 %",
            ])
        }
        return table
    }

    private var expenses: TextTable {
        var table = TextTable(columns: [
            "run": .left, "accelerator-hours": .right, "days": .right, "training": .right, "a token served": .right,
        ])
        for row in comparison.rows {
            let expense = cluster?.expense(of: row.run.flops)
            table.add([
                row.run.name.visible, expense.map { Quantity.short($0.acceleratorHours) } ?? "–",
                expense?.days.map { Quantity.short($0) } ?? "–",
                expense?.dollars.map { Quantity.dollars($0) } ?? "–",
                "\(Quantity.flops(2 * row.run.parameters)) FLOPs",
            ])
        }
        return table
    }

    /// The tokens to be served after which the runs of a duel have cost the same dollars.
    func dollarBreakEven(_ duel: RunComparison.Duel) -> Double? {
        func run(_ name: String) -> NamedRun? { comparison.rows.first { $0.run.name == name }?.run }
        guard let service, let better = run(duel.better), let worse = run(duel.worse) else { return nil }
        return service.breakEven(better, with: worse)
    }

    private func serviceTable(_ service: RunService) -> TextTable {
        let total = service.tokens.map { "trained and \(Quantity.short($0)) served" }
        var table = TextTable(columns: [
            "run": .left, "least time for a token": .right, "a million tokens": .right, total ?? "with service": .right,
        ])
        for row in comparison.rows {
            table.add([
                row.run.name.visible,
                service.secondsPerToken(row.run).map { Quantity.significant($0 * 1e3, digits: 3) + " ms" } ?? "–",
                service.dollarsPerToken(row.run).map { "$" + Quantity.significant($0 * 1e6, digits: 3) } ?? "–",
                service.dollars(row.run).map(Quantity.dollars) ?? "–",
            ])
        }
        return table
    }

    private static func remark(on service: RunService) -> String {
        "Served from \(Quantity.short(service.devices)) × \(service.accelerator.name), "
            + "\(Quantity.short(service.bytesPerParameter)) bytes a parameter. The least time reads every weight once; "
            + "caches and communication come on top."
    }

    private var families: TextTable {
        var table = TextTable(columns: ["run": .left, "law": .left, "weight": .right, "loss above best": .right])
        for row in comparison.rows {
            for family in row.families {
                table.add([
                    row.run.name.visible, family.law, Quantity.percent(family.weight),
                    Quantity.percentAbove(family.gap),
                ])
            }
        }
        return table
    }

    private var sources: [String] {
        comparison.rows.compactMap { row in row.run.source.map { "\(row.run.name.visible): \($0)" } }
    }
}
