import DataMixing
import LawFitting
import Quantities
import ScalingLaws

extension MixtureReport {
    /// Sources that are listed in their own order; of more, the heaviest come first.
    private static var shownSources: Int { 8 }

    /// The mixture as lines for a terminal: the decision, its cost, and what could change it.
    ///
    /// - Parameter explained: Whether to add the rest: every source, every method, the pilots, the assumptions.
    ///   Otherwise the answer has at most 24 lines.
    /// - Returns: The lines, without line ends.
    public func text(explained: Bool = false) -> [String] {
        var answer = ScreenAnswer()
        answer.say(comparison.warnings.filter { $0.code == "incomplete_audit" }.map { "! " + $0.message })
        answer.say((pilots?.summary ?? []) + heading)
        answer.show(sourceTable, of: "source")
        answer.say(worthLines)
        let (methods, failures) = methodTable(shortMethods, explained: false)
        answer.show(methods, of: "method")
        answer.remark(warningLines + failures)
        explain(in: &answer)
        return answer.lines(explained: explained)
    }

    private var heading: [String] {
        let question = comparison.question
        let size =
            "Mix \(Quantity.short(question.tokens)) training tokens from \(Quantity.count(question.sources.count, "source")) of "
            + "\(Quantity.short(supply.uniqueTokens)) unique tokens\(mark): "
            + "\(Quantity.count(question.tokens / supply.uniqueTokens, "epoch")) overall."
        guard hasEqualSources else { return [size, "Method \(comparison.chosen.method): \(comparison.summary)."] }
        return [
            size,
            "No quality or pilot distinguishes the sources: natural shares\(chosenKeepsNatural) or UniMax.",
        ]
    }

    /// A note that caps or floors move the weights away from natural shares, if they do.
    private var chosenKeepsNatural: String { comparison.chosen.divergence < 1e-9 ? "" : " (within the limits)" }

    /// The places of the sources, in their order; of many, the heaviest.
    func order(atMost count: Int) -> [Int] {
        let weights = comparison.chosen.weights
        let all = Array(weights.indices)
        guard all.count > count else { return all }
        return all.sorted { (weights[$1], $0) < (weights[$0], $1) }.prefix(count).sorted()
    }

    private func allocation(of method: String) -> MixtureAllocation? {
        comparison.answers.lazy.filter { $0.method == method }.compactMap { try? $0.result.get() }.first
    }

    private var sourceTable: TextTable {
        let unimax = hasEqualSources ? allocation(of: "unimax") : nil
        var columns: [(String, TextTable.Alignment)] = [("source", .left), ("unique\(mark)", .right)]
        let hasQualities = !comparison.question.hasEqualQualities
        if hasQualities { columns.append(("quality", .right)) }
        if !hasEqualSources { columns.append(("natural", .right)) }
        columns += [("weight", .right), ("tokens", .right), ("epochs", .right)]
        if unimax != nil { columns += [("unimax", .right), ("epochs", .right)] }
        let limits = comparison.chosen.sources.map(Self.limit)
        let hasLimits = comparison.chosen.sources.contains { $0.source.maxEpochs != nil || $0.source.floor > 0 }
        if hasLimits { columns.append(("cap", .right)) }
        if limits.contains(where: { !$0.isEmpty }) { columns.append(("", .left)) }
        if rawWeights != nil { columns += [("raw weight", .right), ("passes over files", .right)] }
        var table = TextTable(columns: columns)
        let chosen = comparison.chosen
        let natural = comparison.question.naturalShares
        let weights = chosen.weights
        let isLong = weights.count > Self.shownSources
        for index in weights.indices.sorted(by: { isLong ? (weights[$1], $0) < (weights[$0], $1) : $0 < $1 }) {
            let item = chosen.sources[index]
            var cells = [item.source.name, Quantity.short(item.source.uniqueTokens)]
            if hasQualities {
                cells.append(
                    Quantity.significant(item.source.quality * comparison.question.meanQuality, digits: 3))
            }
            if !hasEqualSources { cells.append(Quantity.percent(natural[index])) }
            cells += [Quantity.percent(item.weight), Quantity.short(item.tokens), Quantity.short(item.epochs)]
            if let unimax {
                cells += [
                    Quantity.percent(unimax.sources[index].weight), Quantity.short(unimax.sources[index].epochs),
                ]
            }
            if hasLimits { cells.append(item.source.maxEpochs.map { Quantity.short($0) } ?? "–") }
            if limits.contains(where: { !$0.isEmpty }) { cells.append(limits[index]) }
            if let rawWeights {
                cells += [
                    Quantity.percent(rawWeights.weights[index]),
                    Quantity.significant(rawWeights.passes[index], digits: 4),
                ]
            }
            table.add(cells)
        }
        return table
    }

    private static func limit(_ item: SourceAllocation) -> String {
        item.exceedsCap
            ? "over its cap" : item.isBinding ? "at its cap" : item.missesFloor ? "under its floor" : ""
    }

    private var worthLines: [String] {
        let chosen = comparison.chosen
        let question = comparison.question
        var lines: [String] = []
        if question.hasEqualQualities, abs(question.meanQuality - 1) < 1e-9 {
            lines.append("Effective tokens\(mark) \(Quantity.short(chosen.effectiveTokens)), repeats discounted.")
        } else {
            lines.append(
                "Effective tokens\(mark) Σ q·U·ρ: \(Quantity.short(chosen.effectiveTokens)) with q scaled to a mean of 1"
                    + (abs(question.meanQuality - 1) < 1e-9
                        ? "." : ", \(Quantity.short(effectiveTokensAsGiven)) with q as given."))
        }
        if let removed = comparison.removedQualityEffect {
            lines.append(
                "The pull to natural shares (--pull \(Quantity.exact(question.pull.strength))) removes "
                    + "\(Quantity.percent(removed)) of the effect of quality.")
        } else if question.pull.strength == 0 {
            lines.append("Nothing pulls weights to natural shares (--pull 0).")
        }
        if let line = pilotLine { lines.append(line) }
        if let without = comparison.effectiveTokensWithoutCaps, without > chosen.effectiveTokens * (1 + 1e-12) {
            lines.append(
                "Caps cost \(Quantity.percent(1 - chosen.effectiveTokens / without)) of the effective tokens: without them "
                    + "\(Quantity.short(without)).")
        }
        if let without = comparison.effectiveTokensWithoutCopies {
            lines.append(
                "With copies removed the same weights would make \(Quantity.short(without)) effective tokens\(mark).")
        }
        return lines
    }

    /// The difference between the losses that the pilots predict and those of natural shares.
    private var pilotLine: String? {
        guard let advice = pilots?.advice, let natural = allocation(of: "proportional"),
            let mean = advice.mean(of: comparison.chosen), let before = advice.mean(of: natural)
        else { return nil }
        let changes = zip(advice.losses(of: comparison.chosen), advice.losses(of: natural)).map { $0 - $1 }
        let worst = changes.indices.max { changes[$0] < changes[$1] }
        let rise = worst.flatMap { index in
            changes[index] > 0
                ? "; most against it: \(advice.fits[index].fit.target), +\(Quantity.fixed(changes[index], decimals: 4))"
                : nil
        }
        return
            "Pilots' mean loss \(Quantity.fixed(mean, decimals: 4)), \(Quantity.fixed(before, decimals: 4)) with natural "
            + "shares; lower on \(changes.count { $0 < 0 }) of \(Quantity.count(changes.count, "target"))\(rise ?? "")."
    }

    // MARK: Methods

    /// Methods that only --explain shows, unless one of them is followed.
    private static let furtherMethods: Set = [
        "effective-data", "effective-data-root", "effective-data-square", "temperature",
    ]

    private var shortMethods: [MixtureComparison.Answer] {
        comparison.answers.filter { $0.method == comparison.chosen.method || !Self.furtherMethods.contains($0.method) }
    }

    /// The methods side by side, each with its objective.
    func methodTable(
        _ answers: [MixtureComparison.Answer], explained: Bool
    ) -> (table: TextTable, failures: [String]) {
        let hasPull = comparison.question.pull.strength > 0 && (explained || pilots?.advice == nil)
        let hasLoss = comparison.question.forecast != nil && explained
        var columns: [(String, TextTable.Alignment)] = [("method", .left), ("effective\(mark)", .right)]
        if hasPull { columns.append(("after pull", .right)) }
        if hasLoss { columns.append(("loss", .right)) }
        if pilots?.advice != nil { columns.append(("pilots' mean", .right)) }
        columns.append(("max epochs", .right))
        if explained { columns += [("what it optimises", .left), ("caps", .left)] }
        var table = TextTable(columns: columns)
        var failures: [String] = []
        for answer in answers {
            let arrow = answer.method == comparison.chosen.method ? " ←" : ""
            switch answer.result {
            case .failure(let error):
                table.add([answer.method + arrow, "–"])
                failures.append("\(answer.method) has no answer: \(error).")
            case .success(let allocation):
                var cells = [answer.method + arrow, Quantity.short(allocation.effectiveTokens)]
                if hasPull { cells.append(Quantity.short(allocation.effectiveTokensAfterPull)) }
                if hasLoss { cells.append(allocation.loss.map { Quantity.fixed($0, decimals: 4) } ?? "") }
                if let advice = pilots?.advice {
                    cells.append(advice.mean(of: allocation).map { Quantity.fixed($0, decimals: 4) } ?? "–")
                }
                let over = allocation.sources.filter(\.exceedsCap).map(\.source.name)
                let binding = allocation.sources.filter(\.isBinding).map(\.source.name)
                let breach =
                    explained || allocation.keepsLimits ? "" : over.isEmpty ? " (under a floor)" : " (over a cap)"
                cells += [
                    Quantity.significant(allocation.sources.map(\.epochs).max() ?? 0, digits: 3) + breach
                ]
                if explained {
                    let lists = [Self.list(binding, "at: "), Self.list(over, "over: ")]
                    cells += [
                        allocation.objective.map(Self.words) ?? "–",
                        lists.filter { !$0.isEmpty }.joined(separator: "; "),
                    ]
                }
                table.add(cells)
            }
        }
        return (table, failures)
    }

    private static func words(_ objective: MixtureObjective) -> String {
        switch objective.unit {
        case .tokens: "\(objective.name): \(Quantity.short(objective.value))"
        case .nats: "\(objective.name): \(Quantity.significant(objective.value, digits: 3))"
        }
    }

    private static func list(_ names: [String], _ lead: String) -> String {
        names.isEmpty ? "" : lead + names.listed(atMost: 3)
    }

    // MARK: Warnings

    private var warningLines: [String] {
        var lines: [String] = []
        if !emptySources.isEmpty {
            lines.append(
                "! No weight for \(emptySources.listed(atMost: 6)): no unique token is owned there.")
        }
        lines += comparison.warnings.filter { $0.severity == .warning && $0.code != "incomplete_audit" }
            .map { "! " + $0.message }
        if let rawWeights, !rawWeights.saturated.isEmpty {
            lines.append(
                "! Other files show the texts of \(rawWeights.saturated.listed(atMost: 6)) more often than the mixture "
                    + "wants already: remove copies to follow it.")
        }
        return lines
    }
}
