import Bounded
import Chinchilla
import Foundation
import LawFitting
import ScalingLaws

/// Measures the laws that ship on public runs; the tables are those of Benchmarks/RESULTS.md.
///
/// `measure-laws DATA (check | refit PLUGINS | forecast N… | regret N | decide | contrasts | coverage | sizes | time)`
@main
enum MeasureLaws {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count >= 3 else {
            FileHandle.standardError.write(
                Data(
                    "usage: measure-laws DATA (check | refit PLUGINS | forecast N… | regret N | decide | contrasts | coverage | sizes | time)\n"
                        .utf8))
            exit(64)
        }
        let data = PublicRuns(folder: arguments[1])
        switch arguments[2] {
        case "check": try check(data)
        case "forecast": try Forecasts.print(data, arguments.dropFirst(3).compactMap(Double.init))
        case "refit" where arguments.count == 4: try Refit.write(data, plugins: arguments[3])
        case "regret": try Regret.print(data, Double(arguments.last ?? "") ?? 10)
        case "decide": try Decide.print(data, draws: 40)
        case "contrasts": try Decide.printContrasts(data)
        case "sizes": try Coverage.printSizes(data, draws: 100)
        case "time": try time(data)
        case "coverage": try Coverage.print(data, draws: 60)
        default:
            FileHandle.standardError.write(Data("no such measurement: \(arguments[2])\n".utf8))
            exit(64)
        }
    }

    static func number(_ value: Double, _ digits: Int = 6) -> String { String(format: "%.\(digits)g", value) }

    static func percent(_ value: Double) -> String { String(format: "%.2f", 100 * value) }

    /// How long a fit takes, alone and with 400 resamples, a backtest and cross-validation.
    static func time(_ data: PublicRuns) throws {
        let clock = ContinuousClock()
        func seconds(_ body: () throws -> Void) rethrows -> Double {
            let duration = try clock.measure(body)
            return Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
        }
        let cases: [(any ScalingLaw, MeasuredRuns)] = [
            (ChinchillaLaw(), try data.chinchilla()), (SoftChinchillaLaw(), try data.chinchilla()),
            (BoundedLogLaw(), try data.c4()),
        ]
        for (law, runs) in cases {
            var alone: [Double] = []
            var study: [Double] = []
            for _ in 0..<7 {
                alone.append(try seconds { _ = try LawFitter(law).fit(runs) })
                study.append(
                    try seconds {
                        let fitter = LawFitter(law)
                        let fit = try fitter.fit(runs)
                        _ = try fit.bootstrap(BootstrapOptions(samples: 400, unit: runs.naturalUnit))
                        _ = try fit.forecastError(backtest: fitter.backtest(runs))
                    })
            }
            print(
                "\(law.card.identifier), \(runs.count) runs: fit \(number(alone.sorted()[3], 3)) s, with 400 draws and backtest "
                    + "\(number(study.sorted()[3], 3)) s")
        }
    }

    /// The central sets and their losses of three runs.
    static func check(_ data: PublicRuns) throws {
        for card in try CardFit.all(data) {
            let fit = try card.fit()
            let values = zip(card.law.card.coefficientNames, fit.coefficients).map { "\($0) \(number($1))" }
            print(card.law.card.identifier, fit.runs.count, "runs:", values.joined(separator: ", "))
            for (n, d, u) in [(7e9, 2.5e11, 2.5e10), (5e8, 3e10, 1e9), (70e9, 1.4e12, 1.4e12)] {
                print("  ", number(try fit.compiled.loss(parameters: n, tokens: d, uniqueTokens: u), 7))
            }
        }
    }
}
