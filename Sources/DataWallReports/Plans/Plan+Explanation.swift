import Quantities
import ScalingLaws
public import TrainingPlanning

extension Plan {
    /// The reasons for the answer, as lines for a terminal, each section under its name.
    ///
    /// - Returns: The lines, without line ends.
    public func explanation() -> [String] {
        var answer = ScreenAnswer()
        explain(in: &answer)
        return Array(answer.lines(explained: true).dropFirst())
    }

    /// Adds the sections that only `--explain` prints.
    func explain(in answer: inout ScreenAnswer) {
        func section(_ title: String, _ lines: [String]) {
            answer.explain(title, Array(lines.drop { $0.isEmpty }))
        }
        section("The run", [treatmentLine] + runTable.lines)
        if families.count > 1 { section("Families", familyTable.lines + [""] + familyLines) }
        section("Model", modelLines)
        section("Mixture", mixtureLines)
        if !frontier.isEmpty { section("Frontier", frontierLines) }
        if let derived { section("Derived tokens", derivedLines(derived)) }
        section("Epochs", epochLines)
        section("Quality cuts", qualityLines)
        section("Prices", prospectLines)
        section("Published rules", baselineLines)
        if let study = fixedDataStudy { section("Repeats on fixed data", PlanFile.FixedData(study).lines) }
    }

    private var treatmentLine: String {
        switch supply.treatment {
        case .dedup: "Copies are taken to be removed before training (--as dedup)."
        case .asIs: "Copies are taken to stay in the files (--as is)."
        }
    }

    private var runTable: TextTable {
        var table = TextTable(columns: ["the run, further": .left, "": .right])
        if let tokens = recommended.lawTokens { table.add(["tokens in the law's own", Quantity.short(tokens)]) }
        if let tokens = recommended.effectiveTokens, tokens < recommended.tokens * 0.9995 {
            table.add(["worth in fresh tokens", Quantity.short(tokens)])
        }
        table.add(["unique tokens used", Quantity.short(recommended.uniqueTokens)])
        table.add(["passes over the files", Quantity.short(recommended.passesOverFiles)])
        table.add(["tokens per parameter", Quantity.short(recommended.tokensPerParameter)])
        if let decision {
            table.add(["excess under the worst draw", Quantity.percentAbove(decision.worstExcess)])
            table.add(["draws that were weighed", Quantity.grouped(Double(decision.draws))])
        }
        return table
    }

    // MARK: Families

    private var familyLines: [String] {
        var table = TextTable(columns: [
            "family": .left, "law": .left, "decades away (C, epochs, U)": .left, "error": .right, "N": .right,
            "D": .right, "epochs": .right, "draws": .right,
        ])
        func range(_ range: ClosedRange<Double>?) -> String {
            range?.spread.map { Quantity.range($0, Quantity.short) } ?? "–"
        }
        for family in families {
            let distance = [family.distance.compute, family.distance.epochs, family.distance.uniqueTokens].map {
                $0.map { Quantity.significant($0, digits: 2) } ?? "unknown"
            }
            table.add([
                family.family, family.law, distance.joined(separator: ", "),
                family.contrastError.map { Quantity.percent($0) } ?? "–", range(family.parametersInterval),
                range(family.tokensInterval), range(family.epochsInterval), "\(family.draws)",
            ])
        }
        let bare = families.compactMap { family in family.noInterval.map { "\(family.law): no interval: \($0)." } }
        return ["The best run of each family (90 % of its draws):"] + table.lines + bare
    }

    // MARK: Epochs

    private var frontierHead: String {
        recommended.loss != nil ? "loss" : costIsExcess ? "expected excess" : costUnit
    }

    private func amount(_ point: FrontierPoint) -> String {
        if let loss = point.loss, costIsLoss { return Quantity.fixed(loss, decimals: 4) }
        return costIsExcess ? Quantity.percentAbove(point.cost) : Quantity.significant(point.cost, digits: 4)
    }

    private var frontierLines: [String] {
        let isLoss = costIsLoss && recommended.loss != nil
        let head = isLoss || costIsExcess ? frontierHead : costUnit
        var table = TextTable(columns: [
            "epochs": .right, "parameters": .right, "tokens": .right, head: .right, "another epoch": .right, "": .left,
        ])
        let best = frontier.min { $0.cost < $1.cost }
        for point in frontier {
            table.add([
                Quantity.short(point.epochs), Quantity.short(point.parameters), Quantity.short(point.tokens),
                amount(point),
                point.nextEpochGain.map { gain in
                    (gain < 0 ? "+" : "-")
                        + (costIsExcess
                            ? (gain < 0 ? Quantity.percentAbove(-gain) : Quantity.percentBelow(gain))
                            : Quantity.significant(abs(gain), digits: 2))
                } ?? "",
                point == best ? "lowest of these" : "",
            ])
        }
        let ends = [frontier.first, frontier.last].compactMap { $0 }.map { Quantity.short($0.epochs) }
        let spread = (frontier.map(\.cost).max() ?? 0) - (frontier.map(\.cost).min() ?? 0)
        // A flat line is noise.
        let isFlat = spread <= 1e-9 * abs(best?.cost ?? 0)
        return ["The best plan at each number of epochs:"] + table.lines
            + (isFlat
                ? ["It costs the same at each of them."]
                : ["\(head) from \(ends.joined(separator: " to ")) epochs: \(Sparkline(frontier.map(\.cost)).text)"])
    }

    private var epochLines: [String] {
        guard !epochSteps.isEmpty, families.count > 1 else { return [] }
        var table = TextTable(columns: [
            "epochs": .right, "pays under": .right, "mean gain": .right, "by family": .left,
        ])
        for step in epochSteps {
            let shares = zip(families, step.familyShares).map { family, share in
                "\(family.family) \(Quantity.percent(share))"
            }
            table.add([
                "\(Quantity.short(step.epochs))→\(Quantity.short(2 * step.epochs))", Quantity.percent(step.share),
                Quantity.percentBelow(step.gain), shares.joined(separator: ", "),
            ])
        }
        return ["", "Whether twice the epochs are better within the same limits:"] + table.lines
    }

    // MARK: Derived tokens

    private func derivedLines(_ use: DerivedUse) -> [String] {
        var table = TextTable(columns: [
            "epochs": .right, "parameters": .right, "worth above": .right, "by family": .right,
        ])
        let derived = PlanFile.Derived(use)
        for cells in derived.thresholdCells { table.add(cells) }
        return ["", "\(PlanFile.Derived.thresholdTitle):"] + table.lines
            + ["Prices and prospects keep the share of derived tokens, or leave them out where that saves more."]
    }

    // MARK: Published rules

    private var baselineLines: [String] {
        guard !baselines.isEmpty else { return [] }
        var table = TextTable(columns: [
            "published rule": .left, "N": .right, "D": .right, "epochs": .right, "tokens/N": .right,
            costIsExcess ? "expected excess" : "loss above the plan's": .right,
        ])
        for rule in baselines {
            table.add([
                rule.name, Quantity.short(rule.parameters), Quantity.short(rule.tokens), Quantity.short(rule.epochs),
                Quantity.significant(rule.tokens / rule.parameters, digits: 3),
                rule.excess.map { Quantity.percentAbove($0) } ?? "outside the limits",
            ])
        }
        return ["", "What published rules would train with this compute, which do not look at the data:"] + table.lines
    }

    // MARK: Mixture

    private var mixtureLines: [String] {
        guard let mixture else { return [] }
        var table = TextTable(columns: [
            "source": .left, "weight": .right, "tokens": .right, "epochs": .right, "cap": .right, "": .left,
            "a unique token adds": .right,
        ])
        for item in mixture.sources {
            table.add([
                item.source.name, Quantity.fixed(item.weight, decimals: 4), Quantity.short(item.tokens),
                Quantity.short(item.epochs), item.source.maxEpochs.map { Quantity.short($0) } ?? "–",
                item.isBinding ? "at its cap" : "", Quantity.significant(item.uniqueTokenPrice, digits: 3),
            ])
        }
        return ["", "The mixture of this run (\(mixture.method)); what a unique token adds is in effective tokens:"]
            + table.lines + ["'datawall mix' shows other methods, and what caps cost."]
    }
}
