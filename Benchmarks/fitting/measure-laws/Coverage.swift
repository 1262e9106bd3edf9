import Bounded
import Chinchilla
import Foundation
import LawFitting
import ScalingLaws

/// How often stated 90 % intervals hold the measured loss of runs that were not fitted.
enum Coverage {
    struct Tally {
        var inside = 0
        var total = 0
        var widths: [Double] = []
        var parts: [[Double]] = []

        /// Twice the median of a part, in per cent.
        func part(_ index: Int) -> Double { 200 * parts.map { $0[index] }.sorted()[parts.count / 2] }

        mutating func add(_ loss: Double, _ predictive: PredictiveInterval) {
            let interval = predictive.range
            parts.append([
                predictive.fromCoefficients, predictive.fromScatter ?? 0, predictive.fromDistance ?? 0,
            ])
            total += 1
            if interval.contains(loss) { inside += 1 }
            widths.append(log(interval.upperBound / interval.lowerBound))
        }

        var text: String {
            guard total > 0 else { return "–" }
            let mean = widths.reduce(0, +) / Double(total)
            return String(
                format: "%.1f %% of %d, width mean %.1f median %.1f %% (draws %.1f, scatter %.1f, distance %.1f)",
                100 * Double(inside) / Double(total), total, 100 * mean, 100 * widths.sorted()[total / 2], part(0),
                part(1), part(2))
        }
    }

    static func print(_ data: PublicRuns, draws: Int) throws {
        var sets: [(String, MeasuredRuns, Method, [Double])] = []
        for (name, runs) in try Forecasts.sets(data) {
            guard let method = Method.single(10).last else { continue }
            sets.append((name, runs, method, Forecasts.singleLimits[name] ?? []))
        }
        for method in Method.repeated(10) {
            sets.append(("c4, \(method.name)", try data.c4(), method, [1e19, 3e19, 1e20, 3e20]))
        }
        for (name, runs, method, limits) in sets {
            var halves = Tally()
            var half = NormalDraws(seed: 5)
            for _ in 0..<6 {
                var order = Array(runs.runs.indices)
                for i in order.indices.reversed() where i > 0 { order.swapAt(i, half.index(below: i + 1)) }
                let cut = order.count / 2
                try score(
                    method, runs, order.prefix(cut).sorted(), order.suffix(order.count - cut).sorted(), draws, &halves)
            }
            var beyond = Tally()
            var parts: [String] = []
            let flops = runs.flops
            for limit in limits {
                var one = Tally()
                let tested = runs.runs.indices.filter { flops[$0] >= 10 * limit }
                try score(method, runs, runs.runs.indices.filter { flops[$0] <= limit }, tested, draws, &one)
                parts.append(String(format: "%.0e ", limit) + one.text)
                beyond.inside += one.inside
                beyond.total += one.total
                beyond.widths += one.widths
                beyond.parts += one.parts
            }
            Swift.print("\(name): halves \(halves.text) | ≥ 10×: \(beyond.text) [\(parts.joined(separator: "; "))]")
        }
    }

    static func score(
        _ method: Method, _ runs: MeasuredRuns, _ trained: [Int], _ tested: [Int], _ draws: Int, _ tally: inout Tally
    ) throws {
        guard !tested.isEmpty else { return }
        let part = try runs.selecting(trained)
        guard let fit = method.fit(part) else { return }
        let members = try fit.bootstrap(BootstrapOptions(samples: draws, unit: part.naturalUnit, seed: 3)).members
        let error = try fit.forecastError(
            backtest: LawFitter(method.law, options: method.options).backtest(part))
        for index in tested {
            let run = runs.runs[index]
            guard let center = fit.predictedLoss(of: run) else { continue }
            var losses: [Double] = []
            for member in members {
                losses.append(
                    try fit.compiled.with(coefficients: member).loss(
                        parameters: run.parameters, tokens: run.tokens, uniqueTokens: run.uniqueTokens))
            }
            let fresh = try fit.compiled.loss(parameters: run.parameters, tokens: run.tokens)
            guard
                let interval = PredictiveInterval(
                    around: center, draws: losses, freshLoss: fresh, compute: 6 * run.parameters * run.tokens,
                    error: error)
            else { continue }
            tally.add(run.loss, interval)
        }
    }

    /// How often stated 90 % ranges of the best size hold the size at the bottom of a measured IsoFLOP curve that was
    /// not fitted.
    static func printSizes(_ data: PublicRuns, draws: Int) throws {
        var inside = 0
        var total = 0
        for (name, runs) in [("chinchilla", try data.chinchilla()), ("c4, one epoch", try data.c4OneEpoch())] {
            let whole = try LawFitter(SoftChinchillaLaw()).fit(runs)
            let measured = AllocationAnalysis(whole).estimates.first { $0.approach == .isoFLOP }?.points ?? []
            for point in measured {
                // Every budget is forecast from the runs of at most a third and at most a tenth of it.
                for share in [3.0, 10] {
                    let part = try? runs.filtered { 6 * $0.parameters * $0.tokens <= point.compute / share }
                    guard let part, part.count >= 12, let fit = try? LawFitter(SoftChinchillaLaw()).fit(part) else {
                        continue
                    }
                    let ensemble = try fit.bootstrap(BootstrapOptions(samples: draws, unit: part.naturalUnit, seed: 3))
                    let error = try fit.forecastError(backtest: LawFitter(SoftChinchillaLaw()).backtest(part))
                    guard let interval = ensemble.bestSizeInterval(compute: point.compute, error: error) else {
                        continue
                    }
                    total += 1
                    if interval.contains(point.parameters) { inside += 1 }
                    Swift.print(
                        "\(name), \(MeasureLaws.number(point.compute, 3)) from ≤ 1/\(Int(share)): measured "
                            + "\(MeasureLaws.number(point.parameters, 3)), stated \(MeasureLaws.number(interval.lower, 3)) to "
                            + "\(MeasureLaws.number(interval.upper, 3))\(interval.contains(point.parameters) ? "" : ", missed")"
                    )
                }
            }
        }
        let (low, high) = wilson(inside, total)
        Swift.print(
            "inside \(inside) of \(total): 95 % binomial interval \(MeasureLaws.percent(low)) to \(MeasureLaws.percent(high)) %"
        )
    }

    /// Wilson's interval of a share, 95 %.
    static func wilson(_ count: Int, _ total: Int) -> (Double, Double) {
        let (n, p, z) = (Double(max(total, 1)), Double(count) / Double(max(total, 1)), 1.96)
        let middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        let half = z * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot() / (1 + z * z / n)
        return (middle - half, middle + half)
    }
}
