// How long a mixture takes to solve, by number of sources, and by kind of problem.
//
//     swift run -c release --package-path Benchmarks solve-mixtures
//
// Random sizes over a factor of 400 and random qualities. Times are those of single solves, with certificate and prices,
// in CPU time of their thread: what else the machine does counts for little.

import DataMixing
import InfoLaw
import Muennighoff
import ScalingLaws

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

@main
enum SolveMixtures {
    struct Generator {
        var state: UInt64
        mutating func uniform(_ low: Double, _ high: Double) -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return low + (high - low) * Double(state >> 11) * 0x1p-53
        }
    }

    /// What makes a problem hard.
    enum Kind: String, CaseIterable {
        case plain
        case capped
        case equalQualities = "equal qualities"
        case fewQualities = "four qualities"
        case mixedCaps = "mixed caps and floors"
        case atTheCaps = "nearly all the caps allow"
        case kinks = "a curve with kinks (infolaw)"
        case copies = "copies in the files"
    }

    static func sources(_ kind: Kind, count: Int, seed: Int) -> [SourceSupply] {
        var random = Generator(state: UInt64(seed))
        return (0..<count).map { index in
            var source = SourceSupply(
                name: "\(index)", uniqueTokens: 1e9 * Elementary.exp(random.uniform(0, 6)),
                quality: Elementary.exp(random.uniform(-1, 1)))
            switch kind {
            case .plain, .kinks: break
            case .capped, .atTheCaps: source.maxEpochs = 8
            case .equalQualities: source.quality = 1
            case .fewQualities: source.quality = Double(1 + index % 4)
            case .mixedCaps:
                source.maxEpochs = random.uniform(0, 1) < 0.5 ? nil : random.uniform(1, 9)
                source.floor = random.uniform(0, 1) < 0.1 ? 0.001 / Double(count) : 0
            case .copies:
                source.copies = (0..<8).map { CopyBucket(copies: Double(1 << $0), uniqueTokens: random.uniform(0, 1)) }
            }
            return source
        }
    }

    /// CPU time of this thread.
    static func milliseconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1e3 + Double(time.tv_nsec) * 1e-6
    }

    /// Solves random problems of a kind; prints median and slowest time, and the largest duality gap.
    static func measure(
        _ name: String, _ kind: Kind, count: Int, passes: Double, pull: NaturalPull, runs: Int
    ) throws {
        let curve = try kind == .kinks ? InfoLawCurve().compiled() : MuennighoffCurve().compiled()
        var times: [Double] = []
        var gap = 0.0
        for seed in 1...runs {
            let sources = sources(kind, count: count, seed: seed)
            let all = sources.reduce(0) { $0 + $1.uniqueTokens }
            let start = milliseconds()
            let solution = try MixtureProblem(
                sources: sources, tokens: kind == .atTheCaps ? 7.9 * all : passes * all, curve: curve, parameters: 7e9,
                pull: pull
            ).solved()
            times.append(milliseconds() - start)
            gap = max(gap, solution.gap)
        }
        times.sort()
        func figure(_ value: Double) -> String { "\((value * 1000).rounded() / 1000)" }
        print("\(name)  \(figure(times[times.count / 2]))  \(figure(times[times.count - 1]))  \(gap)")
    }

    static func main() throws {
        let pulls: [(name: String, pull: NaturalPull)] = [
            ("none", .none), ("0.05", NaturalPull(0.05)), ("0.5", .standard),
        ]
        print("sources  passes  pull  median ms  slowest ms  largest gap")
        for count in [10, 100, 1_000, 5_000] {
            for passes in [0.5, 2, 6] {
                for (name, pull) in pulls {
                    try measure(
                        "\(count)  \(passes)  \(name)", .plain, count: count, passes: passes, pull: pull,
                        runs: count > 1_000 ? 7 : 15)
                }
            }
        }
        print("\n1,000 sources by kind  passes  pull  median ms  slowest ms  largest gap")
        for kind in Kind.allCases {
            for passes in [0.5, 2] {
                for (name, pull) in pulls {
                    try measure(
                        "\(kind.rawValue)  \(passes)  \(name)", kind, count: 1_000, passes: passes, pull: pull, runs: 15
                    )
                }
            }
        }
    }
}
