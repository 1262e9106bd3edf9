import LawFitting
import OrderedJSON
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

    static func setupJSON(_ setups: SetupComparison) -> JSONValue {
        func list(_ differences: [SetupComparison.Difference]) -> JSONValue {
            .array(
                differences.map {
                    .object([
                        member("name", .string($0.name)), member("first", number($0.first)),
                        member("second", number($0.second)),
                        member($0.isRatio ? "ratio" : "difference", number($0.change)),
                        member("interval", interval($0.interval)),
                    ])
                })
        }
        return .object([
            member("groups", .array(setups.names.map { .string($0) })),
            member("verdict", .string(setups.verdict.rawValue)),
            member("difference_probability", number(setups.differenceProbability)),
            member("exponents_probability", number(setups.exponentsProbability)),
            member("differences", list(setups.differences)),
            member("factors_at_common_exponents", list(setups.factorsAtCommonExponents)),
        ])
    }

    static func regretJSON(_ regret: DecisionRegret) -> JSONValue {
        .object([
            member(
                "cells",
                .array(
                    regret.cells.map {
                        .object([
                            member("unique_tokens", number($0.uniqueTokens)), member("flops", number($0.compute)),
                            member("runs", .integer($0.choices.count)),
                            member("fitted_on", .integer($0.training.count)),
                            member("best_loss", number($0.bestLoss)),
                        ])
                    })),
            member(
                "scores",
                .array(
                    regret.scores.map {
                        .object([
                            member("chooser", .string($0.chooser)), member("mean", number($0.mean)),
                            member("interval", interval($0.interval)), member("median", number($0.median)),
                            member("worst", number($0.worst)),
                            member("failures", .integer($0.failures)),
                            member("regrets", .array($0.regrets.map { number($0) })),
                        ])
                    })),
        ])
    }

    static func watchJSON(_ watch: RunWatch) -> JSONValue {
        .object([
            member("verdict", .string(watch.verdict.rawValue)), member("final_forecast", number(watch.finalForecast)),
            member("final_band", interval(watch.finalBand)),
            member(
                "points",
                .array(
                    watch.points.map {
                        .object([
                            member("tokens", number($0.tokens)), member("loss", number($0.loss)),
                            member("forecast", number($0.forecast)), member("band", interval($0.band)),
                            member("position", .string($0.position.rawValue)),
                        ])
                    })), member("notes", .array(watch.notes.map { .string($0) })),
        ])
    }
}
