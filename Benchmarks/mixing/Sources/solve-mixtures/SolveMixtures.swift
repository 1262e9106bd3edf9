// How long a mixture takes to solve, by number of sources.
//
//     swift run -c release --package-path Benchmarks/mixing solve-mixtures
//
// Random sizes over a factor of 400 and random qualities; tokens for 0.5, 2 and 6 passes over everything. Times are
// medians of single solves, with certificate and prices.

import Muennighoff
import ScalingLaws
import TrainingPlanning

@main
enum SolveMixtures {
    static func main() throws {
        struct Generator {
            var state: UInt64 = 1
            mutating func uniform(_ low: Double, _ high: Double) -> Double {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return low + (high - low) * Double(state >> 11) * 0x1p-53
            }
        }
        let curve = try MuennighoffCurve().compiled()
        print("sources  passes  cap   pull   median ms  slowest ms  largest gap")
        for count in [10, 100, 1_000, 5_000] {
            for passes in [0.5, 2, 6] {
                for cap in [nil, 8.0] as [Double?] {
                    for pull in [0, 0.05] {
                        var times: [Double] = []
                        var gap = 0.0
                        for seed in 1...(count > 1_000 ? 7 : 15) {
                            var random = Generator(state: UInt64(seed))
                            let sources = (0..<count).map { index in
                                SourceSupply(
                                    name: "\(index)", uniqueTokens: 1e9 * Elementary.exp(random.uniform(0, 6)),
                                    quality: Elementary.exp(random.uniform(-1, 1)), maxEpochs: cap)
                            }
                            let tokens = passes * sources.reduce(0) { $0 + $1.uniqueTokens }
                            let clock = ContinuousClock()
                            var solution: MixtureSolution?
                            let elapsed = try clock.measure {
                                solution = try MixtureProblem(
                                    sources: sources, tokens: tokens, curve: curve,
                                    pull: pull > 0 ? .logarithm(pull) : .none
                                ).solved()
                            }
                            times.append(Double(elapsed.components.attoseconds) * 1e-15)
                            gap = max(gap, solution?.gap ?? .infinity)
                        }
                        times.sort()
                        func figure(_ value: Double) -> String { "\((value * 1000).rounded() / 1000)" }
                        print(
                            "\(count)  \(passes)  \(cap.map { "\($0)" } ?? "none")  \(pull)  "
                                + "\(figure(times[times.count / 2]))  \(figure(times[times.count - 1]))  \(gap)")
                    }
                }
            }
        }
    }
}
