import LawFitting
import Quantities
import ScalingLaws
import TrainingPlanning

extension MixtureReport {
    /// Sources of which tables show every one; of more, the heaviest.
    private static var shownSources: Int { 30 }

    /// The mixture as lines for a terminal: what each source gets, the methods beside each other, what to know.
    ///
    /// - Returns: The lines, without line ends.
    public func text() -> [String] {
        var lines = (pilots?.quality).map { $0 + [""] } ?? []
        lines += heading + [""] + sourceLines
        lines += [""] + methodLines
        let epochs = epochLines
        if !epochs.isEmpty { lines += [""] + epochs }
        let remarks = remarkLines
        if !remarks.isEmpty { lines += [""] + remarks }
        return lines
    }

    private var heading: [String] {
        let question = comparison.question
        let pull =
            question.pull.strength == 0
            ? "Nothing draws weights towards natural shares."
            : "Weights are drawn towards natural shares by "
                + "\(Quantity.significant(question.pull.strength, digits: 3)) × KL beside −ln D_eff."
        let curve = question.curve
        let coefficients = zip(curve.card.coefficientNames, curve.coefficients).map { name, value in
            "\(name) = \(Quantity.significant(value, digits: 6))"
        }
        return [
            "\(Quantity.short(question.tokens)) training tokens over \(question.sources.count) "
                + "source\(question.sources.count == 1 ? "" : "s") of \(Quantity.short(supply.uniqueTokens)) unique tokens\(mark): "
                + "\(Quantity.count(question.tokens / supply.uniqueTokens, "pass", plural: "passes")) over everything.",
            "\(comparison.chosen.method): \(comparison.summary). Repeats on the curve '\(curve.identifier)' "
                + "(\(coefficients.joined(separator: ", ")); \(curve.card.provenance.kind.rawValue)).",
            pull,
            supply.treatment == .dedup
                ? "Copies are taken to be removed before training (--as dedup)."
                : "Copies are taken to stay in the files (--as is): texts with many are read that much more often, and valued so. "
                    + "Raw weights are for the files as they lie.",
        ]
    }

    private var order: [Int] {
        let weights = comparison.chosen.weights
        let all = Array(weights.indices)
        guard all.count > Self.shownSources else { return all }
        return all.sorted { (weights[$1], $0) < (weights[$0], $1) }.prefix(Self.shownSources).sorted()
    }

    private var sourceLines: [String] {
        var columns: [(String, TextTable.Alignment)] = [
            ("source", .left), ("unique\(mark)", .right), ("quality", .right), ("natural", .right), ("weight", .right),
            ("tokens", .right), ("epochs", .right), ("cap", .right), ("", .left), ("a unique token adds", .right),
        ]
        if rawWeights != nil { columns += [("raw weight", .right), ("passes over files", .right)] }
        var table = TextTable(columns: columns)
        let chosen = comparison.chosen
        let natural = comparison.question.naturalShares
        for index in order {
            let item = chosen.sources[index]
            var cells = [
                item.source.name, Quantity.short(item.source.uniqueTokens),
                Quantity.significant(item.source.quality, digits: 3), Quantity.fixed(natural[index], decimals: 4),
                Quantity.fixed(item.weight, decimals: 4), Quantity.short(item.tokens),
                Quantity.short(item.epochs),
                item.source.maxEpochs.map { Quantity.short($0) } ?? "–",
                item.exceedsCap
                    ? "over its cap" : item.isBinding ? "at its cap" : item.missesFloor ? "under its floor" : "",
                Quantity.significant(item.uniqueTokenPrice, digits: 3),
            ]
            if let rawWeights {
                cells += [
                    Quantity.fixed(rawWeights.weights[index], decimals: 4),
                    Quantity.significant(rawWeights.passes[index], digits: 4),
                ]
            }
            table.add(cells)
        }
        var lines = table.lines
        if chosen.sources.count > Self.shownSources {
            lines.append("… and \(chosen.sources.count - Self.shownSources) lighter sources; --json lists all.")
        }
        lines.append(
            "Effective tokens\(mark) \(Quantity.short(chosen.effectiveTokens)) by quality; \(Quantity.short(chosen.freshTokens)) "
                + "with every token worth 1."
                + (chosen.gap.map { " Duality gap \(Quantity.significant($0, digits: 2))." } ?? "")
                + " What one more unique token adds is in effective tokens.")
        if let without = comparison.effectiveTokensWithoutCaps, without > chosen.effectiveTokens {
            lines.append(
                "Caps cost \(Quantity.percent(1 - chosen.effectiveTokens / without)) of the effective tokens: without them "
                    + "\(Quantity.short(without)).")
        }
        if let without = comparison.effectiveTokensWithoutCopies {
            lines.append(
                "With copies removed the same weights would make \(Quantity.short(without)) effective tokens\(mark).")
        }
        let prices = chosen.sources.filter(\.isBinding).compactMap { item in
            item.capPrice.flatMap { $0 > 0 ? (item.source.name, $0) : nil }
        }.sorted { ($1.1, $0.0) < ($0.1, $1.0) }
        if !prices.isEmpty {
            lines.append(
                "One more pass would add "
                    + prices.prefix(6).map { "\(Quantity.short($0.1)) effective tokens to '\($0.0)'" }
                    .joined(separator: ", ") + ".")
        }
        return lines
    }

    private var methodLines: [String] {
        let hasLoss = comparison.question.forecast != nil
        let targets = (pilots?.advice?.fits ?? []).prefix(4).map(\.fit.target)
        let columns: [(String, TextTable.Alignment)] =
            [
                ("method", .left), ("effective\(mark)", .right), ("all worth 1", .right),
                (hasLoss ? "loss" : "", .right),
            ] + targets.map { ("pilots: " + $0, .right) } + [
                ("KL", .right), ("most epochs", .right), ("at caps", .left),
            ]
        var table = TextTable(columns: columns)
        var failures: [String] = []
        for answer in comparison.answers {
            let mark = answer.method == comparison.chosen.method ? " ←" : ""
            switch answer.result {
            case .failure(let error):
                table.add([answer.method + mark, "–"])
                failures.append("\(answer.method) has no answer: \(error).")
            case .success(let allocation):
                let most = allocation.sources.map(\.epochs).max() ?? 0
                let over = allocation.sources.filter(\.exceedsCap).map(\.source.name)
                let binding = allocation.sources.filter(\.isBinding).map(\.source.name)
                let limits =
                    Self.list(binding, "") + (binding.isEmpty || over.isEmpty ? "" : "; ") + Self.list(over, "over: ")
                let foretold = pilots?.advice?.losses(of: allocation) ?? []
                table.add(
                    [
                        answer.method + mark, Quantity.short(allocation.effectiveTokens),
                        Quantity.short(allocation.freshTokens),
                        allocation.loss.map { Quantity.fixed($0, decimals: 4) } ?? "",
                    ]
                        + targets.indices.map { $0 < foretold.count ? Quantity.fixed(foretold[$0], decimals: 4) : "–" }
                        + [
                            Quantity.significant(allocation.divergence, digits: 2),
                            Quantity.significant(most, digits: 3),
                            limits,
                        ])
            }
        }
        var lines = ["The methods side by side:"] + table.lines + failures
        if !targets.isEmpty {
            lines.append("Losses under 'pilots' are what their mixing laws foretell, at the pilots' size and tokens.")
        }
        if let forecast = comparison.question.forecast {
            lines.append(
                "Losses are those of law '\(forecast.law.identifier)' (\(forecast.law.card.provenance.kind.rawValue)) at "
                    + "\(Quantity.short(forecast.parameters)) parameters, on its own corpus: no forecast of yours"
                    + (forecast.isCalibrated
                        ? "." : ", and blind to quality, which was not calibrated on pilot runs."))
        }
        return lines
    }

    private static func list(_ names: [String], _ lead: String) -> String {
        names.isEmpty ? "" : lead + names.listed(atMost: 4)
    }

    /// Epochs of each source by method, the table that a mixture is judged by.
    private var epochLines: [String] {
        let allocations = comparison.answers.compactMap { answer in
            if case .success(let allocation) = answer.result { allocation } else { nil }
        }
        guard allocations.count > 1 else { return [] }
        var table = TextTable(columns: [("epochs of", .left)] + allocations.map { ($0.method, .right) })
        for index in order {
            table.add(
                [comparison.question.sources[index].name]
                    + allocations.map { Quantity.short($0.sources[index].epochs) })
        }
        return table.lines
    }

    private var remarkLines: [String] {
        var lines: [String] = []
        if !emptySources.isEmpty {
            lines.append(
                "! No weight for \(emptySources.joined(separator: ", ")): no unique token is owned there.")
        }
        lines += comparison.warnings.map { ($0.severity == .warning ? "! " : "· ") + $0.message }
        if let rawWeights {
            if rawWeights.isEstimate {
                lines.append("· Raw weights are an estimate (est.) from the overlaps of pairs of sources.")
            }
            if !rawWeights.saturated.isEmpty {
                lines.append(
                    "! Other files show the texts of \(rawWeights.saturated.joined(separator: ", ")) more often than the "
                        + "mixture wants already: remove copies to follow it.")
            }
        }
        return lines + notes.map { "· " + $0 }
    }
}
