import Foundation
import LawFitting
import ScalingLaws

/// Fits the four laws whose constants are this project's own, and writes what their cards hold as Swift source.
enum Refit {
    static let draws = 100
    static let seed: UInt64 = 2026

    static func write(_ data: PublicRuns, plugins: String) throws {
        for card in try CardFit.all(data) {
            let fit = try card.fit()
            let members = try card.draws(fit, count: draws, seed: seed)
            let backtest = LawFitter(card.law, options: card.options()).backtest(fit.runs)
            let error = try fit.forecastError(backtest: backtest, unit: card.unit == .runs ? nil : card.unit)
            let prior = card.unit == .runs ? nil : UserPrior.around(fit)
            let file = "\(plugins)/\(card.folder)/\(card.type)+Draws.swift"
            try source(card, fit, members, error, prior).write(toFile: file, atomically: true, encoding: .utf8)
            print("\(file): \(members.count) draws, growth \(error.map { MeasureLaws.number($0.growth, 3) } ?? "–")")
        }
    }

    private static func source(
        _ card: CardFit, _ fit: LawFit, _ members: [[Double]], _ error: ForecastError?, _ prior: CoefficientPrior?
    ) -> String {
        func list(_ values: [Double]) -> String {
            values.map { MeasureLaws.number($0, 7) }.joined(separator: ", ")
        }
        let names = card.law.card.coefficientNames.joined(separator: ", ")
        var lines = [
            "import ScalingLaws", "", "// Written by `measure-laws refit` (Benchmarks/fitting), seed \(seed).", "",
            "extension \(card.type) {", "    /// The central set: \(names).", "    static let central: [Double] = [",
            "        \(list(fit.coefficients))", "    ]", "", "    /// Draws around it, in the same order.",
            "    static let draws: [[Double]] = [",
        ]
        lines += members.map { "        [\(list($0))]," }
        lines += ["    ]", "", "    /// How far forecasts erred on the runs behind the constants."]
        if let error {
            lines += ["    static let forecastError: ForecastError? = ForecastError(", "        scatter: ["]
            lines += error.scatter.map {
                "            ForecastError.Scatter(logLoss: \(MeasureLaws.number($0.logLoss, 5)), quantile: \(MeasureLaws.number($0.quantile, 4))),"
            }
            lines += [
                "        ], growth: \(MeasureLaws.number(error.growth, 4)), compute: \(MeasureLaws.number(error.compute, 4)))"
            ]
        } else {
            lines.append("    static let forecastError: ForecastError? = nil")
        }
        if let prior {
            lines += [
                "",
                "    /// What the card states for a user's runs: its central set, as wide as corpora and recipes differ.",
                "    static let prior: CoefficientPrior? = CoefficientPrior(", "        [",
            ]
            lines += prior.terms.map {
                "            CoefficientPrior.Term(\"\($0.quantity)\", center: \(MeasureLaws.number($0.center, 7)), width: \(MeasureLaws.number($0.width, 4))),"
            }
            lines += ["        ], source: \"\(prior.source)\", isDefault: true)"]
        }
        return (lines + ["}", ""]).joined(separator: "\n")
    }
}
