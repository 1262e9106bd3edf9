import LawFitting
import Quantities

extension FitReport {
    static func setupLines(_ setups: SetupComparison) -> [String] {
        func table(_ differences: [SetupComparison.Difference]) -> [String] {
            var table = TextTable(columns: [
                "coefficient": .left, setups.names[0]: .right, setups.names[1]: .right, "change": .right,
                "90 % interval": .right,
            ])
            for difference in differences {
                let sign = difference.isRatio ? "× " : difference.change >= 0 ? "+ " : "− "
                table.add([
                    difference.name, FitText.number(difference.first), FitText.number(difference.second),
                    sign + FitText.number(difference.isRatio ? difference.change : abs(difference.change)),
                    FitText.interval(difference.interval),
                ])
            }
            return table.lines
        }
        return [
            "\(setups.names[0]) against \(setups.names[1]): \(setups.verdict.rawValue)",
            "probability by chance of any difference \(Quantity.significant(setups.differenceProbability, digits: 2)), of "
                + "exponents \(Quantity.significant(setups.exponentsProbability, digits: 2))",
        ] + table(setups.differences) + ["", "With exponents in common:"] + table(setups.factorsAtCommonExponents)
    }

    static func regretLines(_ regret: DecisionRegret) -> [String] {
        var table = TextTable(columns: [
            "chooser": .left, "mean regret": .right, "90 % interval": .right, "median": .right, "worst": .right,
            "failed": .right,
        ])
        for score in regret.scores {
            table.add([
                score.chooser, Quantity.percent(score.mean),
                "\(Quantity.percent(score.interval.lower)) to \(Quantity.percent(score.interval.upper))",
                Quantity.percent(score.median), Quantity.percent(score.worst),
                "\(score.failures) of \(regret.cells.count)",
            ])
        }
        let failed = regret.scores.contains { $0.failures > 0 }
        return ["Choosing for ten times the compute of the runs fitted, with as many unique tokens:"] + table.lines
            + (failed ? ["A law that fails in a cell counts there as the worst rule of thumb."] : [])
    }

    static func watchLines(_ watch: RunWatch) -> [String] {
        var table = TextTable(columns: [
            "tokens": .right, "loss": .right, "forecast": .right, "band": .right, "": .left,
        ])
        let step = Swift.max((watch.points.count + 11) / 12, 1)
        for (index, point) in watch.points.enumerated() where index % step == 0 || index == watch.points.count - 1 {
            table.add([
                Quantity.short(point.tokens), Quantity.fixed(point.loss, decimals: 4),
                Quantity.fixed(point.forecast, decimals: 4),
                "\(Quantity.fixed(point.band.lower, decimals: 4)) to \(Quantity.fixed(point.band.upper, decimals: 4))",
                point.position.rawValue,
            ])
        }
        return [
            "The run in flight is \(watch.verdict.rawValue); forecast at its end "
                + "\(Quantity.fixed(watch.finalForecast, decimals: 4)) (\(Quantity.fixed(watch.finalBand.lower, decimals: 4)) to "
                + "\(Quantity.fixed(watch.finalBand.upper, decimals: 4)))"
        ] + table.lines + watch.notes
    }
}
