import Quantities
import ScalingLaws
public import TrainingPlanning

extension Plan {
    /// The plan's answer as lines for a terminal: the decision, its certainty, and what could change it.
    ///
    /// - Parameter explained: Whether to add ``explanation()`` and every remark; otherwise the answer has at most 24
    ///   lines.
    /// - Returns: The lines, without line ends.
    public func text(explained: Bool = false) -> [String] {
        let severe = warnings.filter(\.isSevere)
        // Doubts about the question itself come before the answer.
        let doubts: Set<String> = ["incomplete_audit", "unlisted_files", "broken_promise"]
        let first = severe.filter { doubts.contains($0.code) }
        var answer = ScreenAnswer()
        answer.say(first.map { explained ? "! " + $0.message : Self.brief($0) })
        answer.say(lead)
        answer.show(figures, of: "figure")
        answer.say(stepsLine + prospectsLine + limitLine + mixtureLine + derivedLine)
        // The distance outside the range matters more than the limit that the answer is at.
        let outside: Set<String> = ["outside_every_law", "unknown_range", "extrapolation", "target_missed"]
        let far = severe.filter { outside.contains($0.code) }
        let ordered =
            far.prefix(1) + severe.filter { !outside.contains($0.code) } + far.dropFirst()
            + warnings.filter { !$0.isSevere }
        answer.remark(
            ordered.filter { !doubts.contains($0.code) }
                .map { explained ? ($0.isSevere ? "! " : "· ") + $0.message : Self.brief($0) })
        explain(in: &answer)
        return answer.lines(explained: explained)
    }

    // MARK: Answer

    /// The decision, and how far families disagree.
    private var lead: [String] {
        let copies = supply.treatment == .asIs ? ", copies left in the files" : ""
        let run =
            "Train \(Quantity.count(recommended.parameters, "parameter")) on \(Quantity.count(recommended.tokens, "token")): "
            + (supply.isAmple
                ? "no supply was given, so data are taken to be ample and no token is read twice"
                : "\(Quantity.count(recommended.epochs, "epoch")) of \(Quantity.count(supply.uniqueTokens, "unique token"))\(copies)")
        // Plain FLOPs are in the table, and so are families.
        let isPlain = law == Plan.robust && objective == "min-loss"
        let spent = isPlain && terms.cluster == nil ? "" : spendText
        var lines = [run + spent + (isPlain ? "." : ", \(aim).")]
        if let decision, decision.sizeDisagreement > 1.005 {
            lines.append(
                "\(Quantity.count(families.count, "family", plural: "families")) of laws disagree by a weighted factor of "
                    + "\(Quantity.significant(decision.sizeDisagreement, digits: 2)) in size "
                    + "(\(Self.span(families.map(\.parameters))))"
                    + (supply.isAmple
                        ? "."
                        : " and \(Quantity.significant(decision.epochDisagreement, digits: 2)) in epochs "
                            + "(\(Self.span(families.map(\.epochs))))."))
        }
        return lines
    }

    /// The limits that keep the run from being better: compute, unique data, or a limit that the user set.
    private var limitLine: [String] {
        var limits = [
            recommended.epochs > 1.005 ? "unique data (the run repeats them)" : "compute (unique data are left)"
        ]
        limits += shadowPrices.limits.map(\.name)
        if recommended.epochs > 1.005, moreDataSaveNothing {
            let isSpent = (recommended.budgetUsed ?? 0) > 0.999
            limits[0] = "compute (more unique data would save nothing)"
            if !isSpent { limits.removeFirst() }
            return limits.isEmpty ? [] : ["Limited by \(limits.joined(separator: ", "))."]
        }
        guard let budget, let wall = dataWall.flops else { return ["Limited by \(limits.joined(separator: ", "))."] }
        limits[0] =
            budget.flops > wall
            ? "unique data (from \(Quantity.flops(wall)) FLOPs, the best run repeats them)"
            : "compute (unique data suffice for one epoch up to \(Quantity.flops(wall)) FLOPs)"
        return ["Limited by \(limits.joined(separator: ", "))."]
    }

    /// Whether the plan is the same with more unique tokens, as under a law that counts repeats like fresh data.
    private var moreDataSaveNothing: Bool {
        let known = prospects.filter { $0.quantity == .uniqueTokens }
        return !known.isEmpty && known.allSatisfy { $0.gain == 0 }
    }

    /// The objective, and the limits under which it is minimised.
    private var aim: String {
        let provenance = laws.first { $0.name == law }.map { " (\($0.card.provenance.words))" } ?? ""
        let followed = law == Plan.robust ? "under \(families.count) families" : "under law '\(law)'\(provenance)"
        return "\(objective) \(followed)"
    }

    private static func span(_ values: [Double]) -> String {
        guard let least = values.min(), let most = values.max() else { return "" }
        return Quantity.range(least...most, Quantity.short)
    }

    private func range(_ range: ClosedRange<Double>?, _ write: (Double) -> String) -> String {
        range?.spread.map { Quantity.range($0, write) } ?? ""
    }

    private var figures: TextTable {
        var table = TextTable(columns: [
            "recommended": .left, "": .right, intervalSource?.text(uniqueFactor: supply.uniqueFactor) ?? "": .right,
        ])
        table.add([
            "parameters (N)", Quantity.short(recommended.parameters),
            range(recommended.parametersInterval, Quantity.short),
        ])
        table.add([
            "training tokens (D)", Quantity.short(recommended.tokens),
            range(recommended.tokensInterval, Quantity.short),
        ])
        table.add([
            "epochs", Quantity.short(recommended.epochs), range(recommended.epochsInterval, Quantity.short),
        ])
        for (name, value) in expenseFigures { table.add([name, value]) }
        let used = recommended.budgetUsed.map { ", \(Quantity.percent($0)) of the budget" } ?? ""
        table.add(["training FLOPs (\(flopModel))", Quantity.flops(recommended.flops) + used])
        if let loss = recommended.loss {
            table.add([
                "loss under the law", Quantity.fixed(loss, decimals: 4) + lossUnitNote,
                range(recommended.lossInterval) { Quantity.fixed($0, decimals: 4) },
            ])
        } else if let decision {
            table.add([
                "expected excess", Quantity.percentAbove(decision.expectedExcess),
                "worst tenth \(Quantity.percentAbove(decision.tailExcess))",
            ])
        }
        if objective != "min-loss", !costIsExcess {
            table.add([objective, Quantity.amount(recommended.cost, in: costUnit, digits: 4)])
        }
        table.add(["status", ([status] + furtherStatuses).map(\.rawValue.spelled).joined(separator: ", ")])
        return table
    }

    /// The unit of losses after a number, unless it is the usual one.
    private var lossUnitNote: String { lossUnit == LossUnit.natsPerToken.rawValue ? "" : " \(lossUnit)" }

    /// The unit of a family's losses after a number, unless it is the usual one.
    private func unitNote(_ family: FamilyPlan) -> String {
        let unit = laws.first { $0.name == family.law }?.card.setup.lossUnit ?? LossUnit.natsPerToken.rawValue
        return unit == LossUnit.natsPerToken.rawValue ? "" : " \(unit)"
    }

    /// The advice of each family, and its figures for the run.
    var familyTable: TextTable {
        let isTarget = constraints.targetLoss != nil
        var table = TextTable(columns: [
            "family": .left, "weight": .right, "its own N": .right, "epochs": .right,
            isTarget ? "at the target" : "excess": .right, "loss of this run": .right,
        ])
        for family in families {
            table.add([
                family.family, Quantity.percent(family.weight), Quantity.short(family.parameters),
                Quantity.short(family.epochs), isTarget ? reach(family) : Quantity.percentAbove(family.excess),
                (family.lossInterval.map { Quantity.range($0) { Quantity.fixed($0, decimals: 2) } }
                    ?? family.loss.map { Quantity.fixed($0, decimals: 3) }).map { $0 + unitNote(family) } ?? "",
            ])
        }
        return table
    }

    private func reach(_ family: FamilyPlan) -> String {
        if let missed = family.missedBy {
            return (family.lowestLoss == nil ? "misses by " : "cannot, by ") + Quantity.significant(missed, digits: 2)
        }
        return family.reachedShare.map { "\(Quantity.percent($0)) of draws" } ?? "reached"
    }

    /// Whether another doubling of epochs pays.
    private var stepsLine: [String] {
        guard !epochSteps.isEmpty else { return [] }
        // Steps are shown up to the first that almost no draw prefers; later ones say nothing more.
        let end = epochSteps.firstIndex { $0.share < 0.02 } ?? epochSteps.count
        let steps = epochSteps.prefix(Swift.min(end + 1, 6)).map { step in
            "\(Quantity.short(step.epochs))→\(Quantity.short(2 * step.epochs)) "
                + "\(Quantity.short((100 * step.share).rounded())) %"
        }
        return ["Another doubling of epochs pays in this share of draws: \(steps.joined(separator: ", "))."]
    }

    /// The savings from twice and ten times as much data or compute.
    private var prospectsLine: [String] {
        func gains(_ quantity: Prospect.Quantity) -> String? {
            let known = prospects.filter { $0.quantity == quantity && $0.factor >= 2 }
            guard !known.isEmpty else { return nil }
            return known.map { costIsExcess ? Quantity.percentBelow($0.gain) : saved($0.gain) }.joined(separator: " / ")
        }
        guard let tokens = gains(.uniqueTokens) else { return [] }
        let factors = prospects.filter { $0.quantity == .uniqueTokens && $0.factor >= 2 }
            .map { Quantity.short($0.factor) + "×" }.joined(separator: " / ")
        let compute = gains(.flops)
        let unit = costIsExcess ? " of the \(costIsLoss ? "loss" : "cost")" : ""
        if moreDataSaveNothing {
            return [
                "More unique tokens would save nothing"
                    + (compute.map { ", \(factors) the compute \($0)\(unit)" } ?? "") + "."
            ]
        }
        return [
            "\(factors) the unique tokens would save \(tokens)\(compute.map { ", as much compute \($0)" } ?? "")\(unit)."
        ]
    }

    /// The weights of the sources.
    private var mixtureLine: [String] {
        if let noMixture { return ["No mixture of the sources: \(noMixture)."] }
        guard let mixture else { return [] }
        let listed = mixture.sources.sorted { $0.weight > $1.weight }
        // As many sources as fit in about two lines.
        var room = 130
        let shown = listed.prefix(6).map { item in
            "\(item.source.name.visible.shortened(to: 40)) \(Quantity.percent(item.weight)) (\(Quantity.count(item.epochs, "epoch"))"
                + "\(item.isBinding ? ", its cap" : ""))"
        }
        .prefix { text in
            defer { room -= text.count }
            return room > 0
        }
        let rest = listed.count - shown.count
        return [
            "Mixture: \(shown.joined(separator: ", "))"
                + (rest > 0 ? " and \(Quantity.count(Double(rest), "more source"))" : "") + "."
        ]
    }

    /// The effect of derived tokens.
    private var derivedLine: [String] { derived.map { PlanFile.Derived($0).lines(saved, added) } ?? [] }

    /// A saving in the plan's own unit; under several laws a share of the cost.
    func saved(_ gain: Double) -> String {
        costIsExcess
            ? "\(Quantity.percentBelow(gain)) of the \(costIsLoss ? "loss" : "cost")"
            : Quantity.amount(gain, in: costUnit)
    }

    /// A rise of the cost in the plan's own unit; under several laws a share of it.
    func added(_ rise: Double) -> String {
        costIsExcess
            ? "\(Quantity.percentAbove(rise)) of the \(costIsLoss ? "loss" : "cost")"
            : Quantity.amount(rise, in: costUnit)
    }

    /// A warning's first sentence, marked.
    private static func brief(_ warning: PlanWarning) -> String {
        (warning.isSevere ? "! " : "· ") + warning.message.firstSentence
    }
}

extension String {
    /// The text up to the first full stop that ends a sentence.
    fileprivate var firstSentence: String {
        guard let end = range(of: ". ") else { return self }
        return String(self[..<end.lowerBound]) + "."
    }

    private func range(of part: String) -> Range<String.Index>? {
        var place = startIndex
        while place < endIndex {
            if self[place...].hasPrefix(part) { return place..<index(place, offsetBy: part.count) }
            place = index(after: place)
        }
        return nil
    }
}
