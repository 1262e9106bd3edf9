import DataMixing
import LawFitting
import Quantities
import ScalingLaws

extension MixtureReport {
    /// The most sources that tables show; of more, the heaviest are shown.
    private static var shownSources: Int { 30 }

    /// Adds the sections that only `--explain` prints.
    func explain(in answer: inout ScreenAnswer) {
        answer.explain("Pilots", pilotLines)
        answer.explain("Prices", priceLines)
        answer.explain("Methods", allMethodLines)
        answer.explain("Epochs by method", epochLines)
        answer.explain("Assumptions", assumptionLines)
    }

    // MARK: Pilots

    private var pilotLines: [String] {
        guard let pilots else { return [] }
        guard let advice = pilots.advice else { return pilots.quality }
        return advice.quality + [""] + targetLines(advice)
    }

    /// The losses that the pilots foretell: the mean that is minimised, then every target, by method.
    private func targetLines(_ advice: PilotAdvice) -> [String] {
        let allocations = comparison.answers.compactMap { try? $0.result.get() }.filter {
            advice.mean(of: $0) != nil
        }
        var table = TextTable(columns: [("pilots' loss", .left)] + allocations.map { ($0.method, .right) })
        func row(_ name: String, _ value: (MixtureAllocation) -> Double?) {
            table.add([name] + allocations.map { value($0).map { Quantity.fixed($0, decimals: 4) } ?? "–" })
        }
        row("mean, by importance") { advice.mean(of: $0) }
        for (index, fit) in advice.fits.enumerated() { row(fit.fit.target) { advice.losses(of: $0)[index] } }
        return table.lines + ["These are what the mixing laws foretell, at the pilots' size and tokens."]
    }

    // MARK: Sources and methods

    private var priceLines: [String] {
        var table = TextTable(columns: [
            "source": .left, "weight": .right, "epochs": .right, "one more unique token adds": .right,
            "one more epoch allowed adds": .right,
        ])
        let order = order(atMost: Self.shownSources)
        for index in order {
            let item = comparison.chosen.sources[index]
            table.add([
                item.source.name, Quantity.fixed(item.weight, decimals: 4), Quantity.short(item.epochs),
                Quantity.significant(item.uniqueTokenPrice, digits: 3),
                item.capPrice.flatMap { $0 > 0 ? Quantity.short($0) : nil } ?? "–",
            ])
        }
        let hidden = comparison.chosen.sources.count - order.count
        return table.lines
            + (hidden > 0 ? ["… and \(Quantity.count(hidden, "lighter source")); --json lists all."] : [])
            + [
                "Prices are in effective tokens (mean q 1). With every token worth 1 the mixture is worth "
                    + "\(Quantity.short(comparison.chosen.freshTokens))."
            ]
            + (comparison.chosen.gap.map {
                ["Duality gap \(Quantity.significant($0, digits: 2)): no mixture within the limits is better by more."]
            } ?? [])
    }

    private var allMethodLines: [String] { methodTable(comparison.answers, explained: true).table.lines }

    /// Epochs of each source by method.
    private var epochLines: [String] {
        let allocations = comparison.answers.compactMap { try? $0.result.get() }
        guard allocations.count > 1 else { return [] }
        var table = TextTable(columns: [("epochs of", .left)] + allocations.map { ($0.method, .right) })
        for index in order(atMost: Self.shownSources) {
            table.add(
                [comparison.question.sources[index].name]
                    + allocations.map { Quantity.short($0.sources[index].epochs) })
        }
        table.add(
            ["KL to natural shares"] + allocations.map { Quantity.significant($0.divergence, digits: 3) })
        return table.lines
    }

    // MARK: Assumptions

    private var assumptionLines: [String] {
        let question = comparison.question
        let curve = question.curve
        let coefficients = zip(curve.card.coefficientNames, curve.coefficients).map { name, value in
            "\(name) = \(Quantity.significant(value, digits: 6))"
        }
        var provenance = curve.card.provenance
        provenance.setByHand = zip(curve.card.coefficients, curve.coefficients).compactMap { known, value in
            known.value == value ? nil : "\(known.name) = \(Quantity.exact(value))"
        }
        var lines = [
            "Repeats are discounted on the curve '\(curve.identifier)' (\(coefficients.joined(separator: ", ")); "
                + "\(provenance.words)).",
            supply.treatment == .dedup
                ? "Copies are removed before training (--as dedup)."
                : "Copies stay in the files (--as is): texts with many are read that much more often, and valued so. Raw "
                    + "weights are for the files as they are.",
        ]
        if question.pull.strength > 0 {
            let goal =
                pilots?.advice?.method.identifier == comparison.chosen.method
                ? "Weights minimise the loss under laws fitted to the pilots, plus a pull: a multiple of KL(weights "
                : "Weights maximise ln(effective tokens) − \(Quantity.exact(question.pull.strength))·KL(weights "
            lines.append(
                goal + "‖ natural shares)"
                    + (pullInNats.map { "; a nat of KL weighs \(Quantity.significant($0, digits: 2)) nats of loss." }
                        ?? "."))
        }
        if let forecast = question.forecast {
            lines.append(
                "Losses are those of law '\(forecast.law.identifier)' (\(forecast.law.card.provenance.kind.rawValue)) at "
                    + "\(Quantity.short(forecast.parameters)) parameters, on its own corpus: no forecast of yours."
                    + (forecast.isCalibrated ? "" : " The law does not see quality weights."))
        }
        lines += comparison.warnings.filter { $0.severity == .info }.map(\.message)
        if rawWeights?.isEstimate == true {
            lines.append("Raw weights are an estimate (est.) from the overlaps of pairs of sources.")
        }
        return (lines + notes).map { "· " + $0 }
    }
}
