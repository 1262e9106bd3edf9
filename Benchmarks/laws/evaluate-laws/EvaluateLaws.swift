// How long a loss with its gradient takes, beside the same law written by hand.
//
//     swift run -c release --package-path Benchmarks evaluate-laws
//
// All take turns; ratios are taken within a round, and their median is printed with the quartiles.

import BuiltInModels
import LawFiles
import ScalingLaws

@main
enum EvaluateLaws {
    static func main() throws {
        let rows = 256
        let rounds = 2_001
        let repeats = 8

        struct Generator {
            var state: UInt64 = 1
            mutating func uniform(_ low: Double, _ high: Double) -> Double {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return low + (high - low) * Double(state >> 11) * 0x1p-53
            }
        }
        var generator = Generator()
        let parameters = (0..<rows).map { _ in Elementary.exp(generator.uniform(16, 23)) }
        let tokens = (0..<rows).map { _ in Elementary.exp(generator.uniform(20, 27)) }
        let unique = tokens.map { $0 / generator.uniform(0.5, 30) }
        let table = try RunTable(parameters: parameters, tokens: tokens, uniqueTokens: unique)
        let seeds = (0..<rows).map { 1 + 0.001 * Double($0) }
        let hand = HandWritten(parameters: parameters, tokens: tokens, unique: unique)

        /// Nanoseconds a run of the table, for one round.
        func time(_ body: () throws -> Void) rethrows -> Double {
            let clock = ContinuousClock()
            let elapsed = try clock.measure { for _ in 0..<repeats { try body() } }
            let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
            return seconds * 1e9 / Double(repeats * rows)
        }

        func quantiles(_ values: [Double]) -> (low: Double, middle: Double, high: Double) {
            let sorted = values.sorted()
            return (sorted[sorted.count / 4], sorted[sorted.count / 2], sorted[sorted.count * 3 / 4])
        }

        func figure(_ value: Double) -> String {
            let hundredths = Int((value * 100).rounded())
            let rest = hundredths % 100
            return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
        }

        func compare(
            _ name: String, _ byHand: ([Double], [Double], inout [Double], inout [Double]) -> Void
        ) throws {
            let law = try ModelCatalog.standard.laws.model(named: name)
            var card = law.card
            card.identifier += "-file"
            let text = FileLaw(card: card, formula: law.formula).fileText
            let fileLaw = try FileLaw(parsing: Array(text.utf8), forms: ModelCatalog.standard.laws)
            let coefficients = try law.card.values()

            let evaluator = try TableEvaluator(law.compiled().compiledFormula, table)
            let fileEvaluator = try TableEvaluator(fileLaw.compiled().compiledFormula, table)
            var handLosses = [Double](repeating: 0, count: rows)
            var handGradient = [Double](repeating: 0, count: coefficients.count)
            var losses = handLosses
            var gradient = handGradient

            func evaluate(_ evaluator: TableEvaluator) throws {
                var lossSpan = losses.mutableSpan
                try evaluator.losses(coefficients.span, into: &lossSpan)
                var gradientSpan = gradient.mutableSpan
                try evaluator.pullback(seeds.span, into: &gradientSpan)
            }

            // The same numbers first, then the time they take.
            byHand(coefficients, seeds, &handLosses, &handGradient)
            try evaluate(evaluator)
            for (one, other) in zip(losses, handLosses) { precondition(abs(one / other - 1) < 1e-12, "losses differ") }
            for (one, other) in zip(gradient, handGradient) {
                precondition(abs(one / other - 1) < 1e-9, "gradients differ")
            }
            try evaluate(fileEvaluator)
            for (one, other) in zip(losses, handLosses) { precondition(abs(one / other - 1) < 1e-12, "losses differ") }

            var times: [[Double]] = [[], [], []]
            for _ in 0..<rounds {
                times[0].append(time { byHand(coefficients, seeds, &handLosses, &handGradient) })
                times[1].append(try time { try evaluate(evaluator) })
                times[2].append(try time { try evaluate(fileEvaluator) })
            }
            let medians = times.map { quantiles($0).middle }
            let swift = quantiles(zip(times[1], times[0]).map { $0 / $1 })
            let file = quantiles(zip(times[2], times[0]).map { $0 / $1 })
            print(
                "\(name): by hand \(figure(medians[0])) ns a run, law \(figure(medians[1])), law file \(figure(medians[2])); "
                    + "ratio law \(figure(swift.middle)) (\(figure(swift.low))–\(figure(swift.high))), "
                    + "law file \(figure(file.middle)) (\(figure(file.low))–\(figure(file.high)))")
        }

        print("loss with gradient in the coefficients, batches of \(rows) runs, \(rounds) rounds")
        try compare("chinchilla", hand.chinchilla)
        try compare("bounded-overfitting", hand.bounded)

        print("\nsingle points, nanoseconds")
        for name in ["chinchilla", "muennighoff", "lovelace", "bounded-overfitting"] {
            let law = try ModelCatalog.standard.laws.model(named: name).compiled()
            var sum = 0.0
            let losses = try (0..<201).map { _ in
                try time {
                    for row in 0..<rows {
                        sum += try law.loss(parameters: parameters[row], tokens: tokens[row], uniqueTokens: unique[row])
                    }
                }
            }
            let gradients = try (0..<201).map { _ in
                try time {
                    for row in 0..<rows {
                        sum += try law.gradient(
                            parameters: parameters[row], tokens: tokens[row], uniqueTokens: unique[row]
                        ).byTokens
                    }
                }
            }
            precondition(sum.isFinite, "a loss that is not finite")
            print(
                "\(name): loss \(figure(quantiles(losses).middle)), "
                    + "loss with slopes in N, D, U \(figure(quantiles(gradients).middle))")
        }
    }
}
