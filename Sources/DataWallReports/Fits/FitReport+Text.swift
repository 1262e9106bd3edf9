import LawFitting
import Quantities
import ScalingLaws

extension FitReport {
    /// The report as lines for a terminal: the forecast, its certainty, the coefficients, and possible pitfalls.
    ///
    /// - Parameter explained: Whether to add every requested study; otherwise the answer has at most 24 lines.
    /// - Returns: The lines, without line ends.
    public func text(explained: Bool = false) -> [String] {
        var answer = ScreenAnswer()
        answer.say(lead + forecastSentences + verdicts)
        answer.skipLine()
        if let comparison {
            answer.show(Self.comparisonTable(comparison), of: "law")
        } else {
            answer.show(shortCoefficientTable, of: "coefficient")
        }
        answer.remark(warnings.map { "! " + $0 })
        answer.explain("Fit", summary)
        answer.explain("Backtests", backtestLines)
        if let comparison { answer.explain("Laws", Self.comparisonNotes(comparison)) }
        answer.explain("Coefficients", coefficientTable.lines)
        if fit.optima.count > 1 { answer.explain("Minima", optimaLines) }
        if let holdOut { answer.explain("Hold-out", Self.holdOutLines(holdOut.choice, holdOut.scores)) }
        if let allocation { answer.explain("Allocation", Self.allocationLines(allocation)) }
        if let sensitivity { answer.explain("Sensitivity", sensitivityLines(sensitivity)) }
        if let setups { answer.explain("Groups", Self.setupLines(setups)) }
        if let regret { answer.explain("Regret", Self.regretLines(regret)) }
        if let watch { answer.explain("Run in flight", Self.watchLines(watch)) }
        if !trends.isEmpty { answer.explain("Trends of errors", trendTable.lines) }
        answer.explain("Worst runs", worstRunLines)
        return answer.lines(explained: explained)
    }

    private var lead: [String] {
        let errors = fit.relativeErrors.sorted()
        let median = errors.isEmpty ? 0 : errors[errors.count / 2]
        return [
            "\(fit.law.card.identifier) fits \(Quantity.count(fit.runs.count, "run")) with a median error of "
                + "\(Quantity.percent(FitText.withoutRounding(median))), at worst "
                + "\(Quantity.percent(FitText.withoutRounding(errors.last ?? 0)))"
                + (fit.runs.lossUnit == .natsPerToken ? "." : "; losses are in \(fit.runs.lossUnit.rawValue).")
        ]
    }

    /// The answers of the requested studies, one sentence each.
    private var verdicts: [String] {
        var lines: [String] = []
        if let holdOut, let score = holdOut.scores.first {
            lines.append(
                "Held out (\(holdOut.choice.summary)): mean error \(Quantity.percent(score.meanError)) on "
                    + "\(Quantity.count(score.testedRuns, "run")).")
        }
        if let setups { lines.append("\(setups.names[0]) against \(setups.names[1]): \(setups.verdict.rawValue).") }
        if let regret, let best = regret.scores.min(by: { $0.mean < $1.mean }) {
            lines.append("Least mean regret at ten times the compute: \(best.chooser), \(Quantity.percent(best.mean)).")
        }
        if let watch { lines += Self.watchLines(watch).prefix(1) }
        return lines
    }

    private var shortCoefficientTable: TextTable {
        var table = TextTable(columns: [
            "coefficient": .left, "value": .right, "\(Quantity.percent(level)) interval": .right, "": .left,
        ])
        for (coefficient, value) in zip(fit.law.card.coefficients, fit.coefficients) {
            let isFree = fit.freeCoefficients.contains(coefficient.name)
            let profile = profiles.first { $0.name == coefficient.name }
            table.add([
                coefficient.name, FitText.number(value),
                isFree ? FitText.interval(ensemble?.interval(of: coefficient.name, level: level)) : "",
                isFree ? profile.map { identifiability(of: $0).rawValue } ?? "" : "held",
            ])
        }
        return table
    }

    private var summary: [String] {
        let range = fit.runs.range
        func span(_ range: ClosedRange<Double>?) -> String {
            range.map { "\(Quantity.short($0.lowerBound)) to \(Quantity.short($0.upperBound))" } ?? "–"
        }
        var lines = [
            "\(fit.law.card.identifier) fitted to \(Quantity.count(fit.runs.count, "run")): \(fit.law.formula.description)",
            "N \(span(range.parameters)), D \(span(range.tokens)), epochs \(FitText.number(range.epochs?.lowerBound)) to "
                + "\(FitText.number(range.epochs?.upperBound)), compute \(FitText.number(range.compute?.lowerBound)) to "
                + "\(FitText.number(range.compute?.upperBound)) FLOPs, losses in \(fit.runs.lossUnit.rawValue)",
            "\(fit.options.objective.summary): \(Quantity.significant(fit.objectiveValue, digits: 9)) "
                + "(\(fit.starts) starts, \(fit.evaluations) evaluations)",
        ]
        let errors = fit.relativeErrors.sorted()
        let median = errors.isEmpty ? 0 : errors[errors.count / 2]
        var quality =
            "R² \(fit.determination.map { Quantity.fixed($0, decimals: 4) } ?? "–"), median error "
            + "\(Quantity.percent(FitText.withoutRounding(median))), worst "
            + Quantity.percent(FitText.withoutRounding(errors.last ?? 0))
        if let scatter = fit.runs.repeatability {
            quality += "; repeated settings scatter by \(Quantity.percent(scatter)), the least that any law can leave"
        }
        lines.append(quality)
        if let ensemble {
            lines.append(
                "Intervals hold \(Quantity.percent(level)): bootstrap over \(ensemble.members.count) resamples of "
                    + "\(ensemble.options.unit.rawValue), bias-corrected"
                    + (ensemble.failures > 0 ? " (\(ensemble.failures) resamples could not be fitted)" : ""))
        }
        return lines
    }

    private var coefficientTable: TextTable {
        var table = TextTable(columns: [
            "coefficient": .left, "value": .right, "std. error": .right, "bootstrap interval": .right,
            "profile interval": .right, "": .left,
        ])
        for (coefficient, value) in zip(fit.law.card.coefficients, fit.coefficients) {
            let name = coefficient.name
            let isFree = fit.freeCoefficients.contains(name)
            let profile = profiles.first { $0.name == name }
            table.add([
                name, FitText.number(value), isFree ? FitText.number(ensemble?.standardError(of: name)) : "",
                isFree ? FitText.interval(ensemble?.interval(of: name, level: level)) : "",
                isFree ? FitText.interval(profile?.interval) : "",
                isFree ? profile.map { identifiability(of: $0).rawValue } ?? "" : "held",
            ])
        }
        return table
    }

    private var optimaLines: [String] {
        var table = TextTable(columns: ["objective": .right, "above best": .right, "coefficients": .left])
        for optimum in fit.optima {
            let share = optimum.value / (fit.optima.first?.value ?? 1) - 1
            table.add([
                Quantity.significant(optimum.value, digits: 6), Quantity.percent(share),
                zip(fit.law.card.coefficientNames, optimum.coefficients)
                    .filter { fit.freeCoefficients.contains($0.0) }
                    .map { "\($0) \(FitText.number($1))" }.joined(separator: ", "),
            ])
        }
        return ["Minima found:"] + table.lines
    }

    private static func holdOutLines(_ choice: HoldOut, _ scores: [HoldOutScore]) -> [String] {
        var table = TextTable(columns: [
            "held out": .left, "fitted on": .right, "tested on": .right, "mean error": .right, "median": .right,
            "worst": .right, "bias": .right,
        ])
        for score in scores {
            table.add([
                score.name, "\(score.trainedRuns)", "\(score.testedRuns)", Quantity.percent(score.meanError),
                Quantity.percent(score.medianError), Quantity.percent(score.worstError), Quantity.percent(score.bias),
            ])
        }
        return ["Held out: \(choice.summary)"] + table.lines
    }

    private static func comparisonTable(_ comparison: LawComparison) -> TextTable {
        let best = comparison.entries.compactMap(\.aicc).min()
        var table = TextTable(columns: [
            "law": .left, "median error": .right, "error at 10×": .right, "backtest": .right, "hold-out": .right,
            "AICc": .right, "R²": .right,
        ])
        for entry in comparison.entries {
            let errors = entry.fit.map { $0.relativeErrors.sorted() } ?? []
            table.add([
                entry.law, errors.isEmpty ? "–" : Quantity.percent(errors[errors.count / 2]),
                FitText.percent(entry.expectedError), FitText.percent(entry.backtest?.meanError),
                FitText.percent(entry.holdOutError),
                entry.aicc.flatMap { aicc in best.map { "+" + Quantity.fixed(aicc - $0, decimals: 1) } } ?? "–",
                entry.fit?.determination.map { Quantity.fixed($0, decimals: 3) } ?? "–",
            ])
        }
        return table
    }

    private static func comparisonNotes(_ comparison: LawComparison) -> [String] {
        comparison.entries.compactMap { entry in entry.note.map { "\(entry.law): \($0)" } }
    }

    private static func allocationLines(_ allocation: AllocationAnalysis) -> [String] {
        var table = TextTable(columns: [
            "approach": .left, "points": .right, "N at 1e21": .right, "exponent of N": .right, "exponent of D": .right,
            "its own bias": .left,
        ])
        for estimate in allocation.estimates {
            let bias = estimate.bias.map {
                "exponent \($0.exponent >= 0 ? "+" : "")\(Quantity.fixed($0.exponent, decimals: 3)), N × "
                    + Quantity.fixed($0.parametersRatio, decimals: 3)
            }
            table.add([
                ["envelope": "1 envelope", "isoFLOP": "2 IsoFLOP", "parametric": "3 parametric"][
                    estimate.approach.rawValue]
                    ?? estimate.approach.rawValue,
                "\(estimate.points.count)", Quantity.short(estimate.parameters.value(at: 1e21)),
                Quantity.fixed(estimate.parameters.exponent, decimals: 4),
                Quantity.fixed(estimate.tokensExponent, decimals: 4), bias ?? "",
            ])
        }
        return [
            "Best size over compute (its own bias: what the approach gives on the fitted law's own losses, without noise):"
        ]
            + table.lines + allocation.notes
    }

    private func sensitivityLines(_ sensitivity: Sensitivity) -> [String] {
        var table = TextTable(columns: [
            "coefficient": .left, "fit": .right, "± at 0.001 nats of noise": .right,
            "without small models": .right, "without large models": .right,
        ])
        func change(_ prefix: String, _ index: Int) -> String {
            FitText.number(sensitivity.changes.first { $0.name.contains(prefix) }?.coefficients[index])
        }
        for (index, name) in sensitivity.names.enumerated() where fit.freeCoefficients.contains(name) {
            table.add([
                name, FitText.number(fit.coefficients[index]), FitText.number(sensitivity.noise[index]),
                change("smallest", index), change("largest", index),
            ])
        }
        func size(_ prefix: String) -> String {
            sensitivity.changes.first { $0.name.contains(prefix) }?.bestParameters.map { Quantity.short($0) } ?? "–"
        }
        if let best = sensitivity.bestParameters {
            table.add([
                "best N at \(FitText.number(sensitivity.compute))", Quantity.short(best),
                FitText.percent(sensitivity.bestParametersNoise), size("smallest"), size("largest"),
            ])
        }
        return table.lines + sensitivity.notes
    }

    private var trendTable: TextTable {
        var table = TextTable(columns: [
            "errors along": .left, "stretches": .right, "mean from": .right, "to": .right, "chance": .right, "": .left,
        ])
        for trend in trends {
            let means = trend.bins.map(\.meanResidual)
            table.add([
                trend.quantity, "\(trend.bins.count)", Quantity.percent(means.min() ?? 0),
                Quantity.percent(means.max() ?? 0),
                Quantity.significant(trend.probability, digits: 2), trend.hasStructure ? "structure" : "none seen",
            ])
        }
        return table
    }
}
