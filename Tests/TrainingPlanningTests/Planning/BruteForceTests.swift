import Chinchilla
import ComputeOptimal
import InferenceCost
import Lovelace
import Muennighoff
import ScalingLaws
import Testing
import TrainingPlanning

/// The planner beside a search that knows nothing of slopes: a grid over ln N × ln D, refined around its lowest points.
@Suite struct BruteForceTests {
    /// The lowest cost over columns of constant x, closing in on the best of them.
    ///
    /// Within a column: a grid in y, each edge of what is allowed found by halving, and finer grids around the lowest.
    static func lowest(
        columns: Int, rows: Int, x: ClosedRange<Double>, y: ClosedRange<Double>, kink: Double,
        cost: (Double, Double) -> Double
    ) -> (x: Double, y: Double, cost: Double) {
        func column(_ x: Double, _ rows: Int, refinements: Int) -> (x: Double, y: Double, cost: Double) {
            var best = (x: x, y: Double.nan, cost: Double.infinity)
            func scan(_ range: ClosedRange<Double>, _ rows: Int) {
                var points = (0...rows).map {
                    range.lowerBound + (range.upperBound - range.lowerBound) * Double($0) / Double(rows)
                }
                if range.contains(kink) {
                    points.append(kink)
                    points.sort()
                }
                let costs = points.map { cost(x, $0) }
                for index in points.indices {
                    if costs[index] < best.cost { best = (x, points[index], costs[index]) }
                    guard index > 0, (costs[index] < .infinity) != (costs[index - 1] < .infinity) else { continue }
                    var (inside, outside) = (points[index], points[index - 1])
                    if costs[index] == .infinity { (inside, outside) = (outside, inside) }
                    for _ in 0..<(refinements == 0 ? 8 : 50) {
                        let middle = (inside + outside) / 2
                        if cost(x, middle) < .infinity { inside = middle } else { outside = middle }
                    }
                    if cost(x, inside) < best.cost { best = (x, inside, cost(x, inside)) }
                }
            }
            scan(y, rows)
            var height = (y.upperBound - y.lowerBound) / Double(rows)
            for _ in 0..<refinements where best.cost < .infinity {
                scan((best.y - height)...(best.y + height), 16)
                height /= 8
            }
            return best
        }
        var width = (x.upperBound - x.lowerBound) / Double(columns)
        let all = (0...columns).map { column(x.lowerBound + width * Double($0), rows, refinements: 0) }
        guard var best = all.min(by: { $0.cost < $1.cost }) else { return (.nan, .nan, .infinity) }
        for _ in 0..<8 {
            let centre = best.x
            for index in -5...5 {
                let at = Swift.min(x.upperBound, Swift.max(x.lowerBound, centre + width * Double(index) / 4))
                let other = column(at, 40, refinements: 4)
                if other.cost < best.cost { best = other }
            }
            width /= 4
        }
        return best
    }

    /// How large the grids are: 20 problems on small ones, since they are refined around the lowest cells, many on large ones with `DATAWALL_SOAK` set.
    static let (problems, cells) = isSoak ? (200, 2_000) : (20, 64)

    @Test(
        "the optimum is no worse than brute force, for random budgets, supplies, limits and laws", arguments: [1, 2, 3])
    func minimumLoss(kind: Int) throws {
        var random = SplitMix(seed: UInt64(20_261_121 + kind))
        for problem in 0..<(Self.problems / 5) {
            let law: any ScalingLaw =
                switch kind {
                case 1:
                    Refitted(
                        base: MuennighoffLaw(),
                        values: ["RD": random.uniform(3, 60), "RN": random.uniform(1, 20)])
                case 2:
                    Refitted(
                        base: LovelaceLaw(),
                        values: [
                            "P": random.uniform(0.01, 0.3), "delta": random.uniform(0.15, 1.5),
                            "kappa": random.uniform(0.2, 1),
                        ])
                default: ChinchillaLaw(.besiroglu)
                }
            let flops = Elementary.exp(random.uniform(Elementary.log(1e19), Elementary.log(1e25)))
            let unique = Elementary.exp(random.uniform(Elementary.log(1e8), Elementary.log(1e12)))
            let cap = random.uniform(0, 1) < 0.3 ? random.uniform(1, 20) : nil
            let most = random.uniform(0, 1) < 0.3 ? Elementary.exp(random.uniform(18, 25)) : nil
            let ratio = random.uniform(0, 1) < 0.5 ? 5.0 : random.uniform(0.1, 30)
            let plan = try Planner(law: law, objective: MinimumLoss()).plan(
                DataSupply(uniqueTokens: unique), within: .flops(flops),
                constraints: PlanConstraints(maxParameters: most, maxEpochs: cap, minTokensPerParameter: ratio))
            let compiled = try law.compiled()
            let limits = (
                logBudget: Elementary.log(flops / 6), logRatio: Elementary.log(ratio),
                x: most.map { Elementary.log($0) } ?? .infinity,
                y: cap.map { Elementary.log($0 * unique) } ?? .infinity
            )
            let brute = Self.lowest(
                columns: Self.cells, rows: Self.cells, x: 9...Swift.min(30, limits.x), y: 12...34,
                kink: Elementary.log(unique)
            ) { x, y in
                guard x + y <= limits.logBudget, y - x >= limits.logRatio, y <= limits.y else {
                    return .infinity
                }
                return
                    (try? compiled.loss(
                        parameters: Elementary.exp(x), tokens: Elementary.exp(y), uniqueTokens: unique)) ?? .infinity
            }
            let found = plan.recommended
            let context = Comment(
                rawValue:
                    "problem \(problem) of seed \(20_261_121 + kind): C \(flops), U \(unique), found N \(found.parameters) "
                    + "D \(found.tokens) loss \(found.knownLoss), brute force N \(Elementary.exp(brute.x)) "
                    + "D \(Elementary.exp(brute.y)) loss \(brute.cost)")
            #expect(found.knownLoss <= brute.cost + 1e-9, context)
            #expect(found.knownLoss >= brute.cost - 1e-6, context)
            #expect(found.flops <= flops * (1 + 1e-9), context)
            #expect(found.tokensPerParameter >= ratio * (1 - 1e-9), context)
        }
    }

    @Test("the least total compute at a target loss is no worse than brute force", arguments: [1, 2, 3])
    func minimumTotalFLOPs(kind: Int) throws {
        var random = SplitMix(seed: UInt64(97 + kind))
        for problem in 0..<(Self.problems / 20) {
            let law: any ScalingLaw =
                switch kind {
                case 1: MuennighoffLaw()
                case 2: Refitted(base: LovelaceLaw(), values: ["P": random.uniform(0.01, 0.2)])
                default: ChinchillaLaw(.sardana)
                }
            let compiled = try law.compiled()
            let unique = Elementary.exp(random.uniform(Elementary.log(1e9), Elementary.log(1e12)))
            let served = Elementary.exp(random.uniform(Elementary.log(1e9), Elementary.log(1e14)))
            // A loss that some run within reach has.
            let target = try compiled.loss(
                parameters: Elementary.exp(random.uniform(20, 24)), tokens: unique * random.uniform(0.3, 3),
                uniqueTokens: unique)
            let plan = try Planner(law: law, objective: MinimumTotalFLOPs()).plan(
                DataSupply(uniqueTokens: unique),
                constraints: PlanConstraints(minTokensPerParameter: 0.1, targetLoss: target),
                terms: PlanTerms(inferenceTokens: served))
            let logRatio = Elementary.log(0.1)
            let brute = Self.lowest(
                columns: Self.cells, rows: Self.cells, x: 12...32, y: 12...38, kink: Elementary.log(unique)
            ) { x, y in
                let (parameters, tokens) = (Elementary.exp(x), Elementary.exp(y))
                guard y - x >= logRatio,
                    let loss = try? compiled.loss(parameters: parameters, tokens: tokens, uniqueTokens: unique),
                    loss <= target
                else { return .infinity }
                return 6 * parameters * tokens + 2 * parameters * served
            }
            let found = plan.recommended
            let context = Comment(
                rawValue:
                    "problem \(problem) of seed \(97 + kind): U \(unique), served \(served), target \(target), found N "
                    + "\(found.parameters) D \(found.tokens) cost \(found.cost), brute force N "
                    + "\(Elementary.exp(brute.x)) D \(Elementary.exp(brute.y)) cost \(brute.cost)")
            #expect(found.cost <= brute.cost * (1 + 1e-9), context)
            #expect(found.cost >= brute.cost * (1 - 1e-5), context)
            #expect(found.knownLoss <= target + 1e-9, context)
        }
    }
}
