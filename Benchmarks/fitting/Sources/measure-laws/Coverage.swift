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
                try score(method, runs, order.prefix(cut).sorted(), order.suffix(order.count - cut).sorted(), draws, &halves)
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
}
