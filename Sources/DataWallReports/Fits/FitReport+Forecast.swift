import LawFitting
import Quantities
import ScalingLaws

extension FitReport {
    /// The fit's forecast, in two sentences.
    var forecastSentences: [String] {
        guard let forecast else { return [] }
        let compute = "\(Quantity.significant(forecast.compute, digits: 3)) FLOPs (10 × the fitted compute)"
        var lines: [String] = []
        if let error = forecast.expectedError {
            lines.append("Forecast: at \(compute) expect a mean error of \(Quantity.percent(error)).")
        } else {
            let why =
                !isBacktested
                ? "backtests are off"
                : fit.runs.count < Backtest.leastRuns
                    ? "a backtest needs \(Backtest.leastRuns) runs or more"
                    : "no backtest worked on these runs"
            lines.append("Forecast: the error at \(compute) is not known, because \(why).")
        }
        if let size = forecast.parameters, let tokens = forecast.tokens, let loss = forecast.loss {
            let sizes = forecast.parametersInterval.map {
                " (\(Quantity.short($0.lower)) to \(Quantity.short($0.upper)))"
            }
            let range = forecast.predictive.map {
                " (\(Quantity.fixed($0.range.lowerBound, decimals: 4)) to \(Quantity.fixed($0.range.upperBound, decimals: 4)))"
            }
            lines.append(
                "Best run there, every token unique: \(Quantity.short(size)) parameters\(sizes ?? ""), "
                    + "\(Quantity.short(tokens)) tokens, loss \(Quantity.fixed(loss, decimals: 4))\(range ?? ", no interval")."
            )
        }
        return lines
    }

    /// The backtests that give the forecast's error, and the prior's strength.
    var backtestLines: [String] {
        var lines: [String] = []
        if let backtest {
            var table = TextTable(columns: [
                "fitted up to": .right, "runs": .right, "tested on ≥ 1.5×": .right, "mean error": .right,
                "median": .right, "bias": .right,
            ])
            for origin in backtest.origins {
                table.add([
                    Quantity.significant(origin.compute, digits: 3), "\(origin.trainedRuns)", "\(origin.testedRuns)",
                    Quantity.percent(origin.meanError), Quantity.percent(origin.medianError),
                    Quantity.percent(origin.bias),
                ])
            }
            lines += table.lines
        }
        if let scatter = fit.scatter {
            lines.append(
                "Prior: \(Quantity.significant(fit.options.dependence, digits: 3)) runs count as one independent error of "
                    + "\(Quantity.percent(scatter))"
                    + (strengths.isEmpty
                        ? ""
                        : ", chosen by backtests ("
                            + strengths.map {
                                "\(Quantity.significant($0.dependence, digits: 3)): \(Quantity.percent($0.meanError))"
                            }.joined(separator: ", ") + ")") + ".")
        }
        return lines
    }

    /// The runs that the law misses most.
    var worstRunLines: [String] {
        var table = TextTable(columns: [
            "worst runs": .right, "N": .right, "D": .right, "epochs": .right, "loss": .right, "predicted": .right,
            "error": .right,
        ])
        let predictions = fit.predictions
        for index in fit.worstRuns() {
            let run = fit.runs.runs[index]
            table.add([
                "row \(run.row)", Quantity.short(run.parameters), Quantity.short(run.tokens),
                Quantity.significant(run.epochs, digits: 3), Quantity.fixed(run.loss, decimals: 4),
                Quantity.fixed(predictions[index], decimals: 4), Quantity.percent(predictions[index] / run.loss - 1),
            ])
        }
        return table.lines
    }
}
