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
    /// Within a column: a grid in y and the places where it crosses given lines, each edge of what is allowed found by
    /// halving, and finer grids around the lowest. The lines are the limits, between which no row of the grid may fall.
    static func lowest(
        columns: Int, rows: Int, x: ClosedRange<Double>, y: ClosedRange<Double>, kink: Double,
        lines: [(Double) -> Double] = [], cost: (Double, Double) -> Double
    ) -> (x: Double, y: Double, cost: Double) {
        func column(_ x: Double, _ rows: Int, refinements: Int) -> (x: Double, y: Double, cost: Double) {
            var best = (x: x, y: Double.nan, cost: Double.infinity)
            func scan(_ range: ClosedRange<Double>, _ rows: Int) {
                var points = (0...rows).map {
                    range.lowerBound + (range.upperBound - range.lowerBound) * Double($0) / Double(rows)
                }
                points += ([kink] + lines.map { $0(x) }).filter { range.contains($0) }
                points.sort()
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
        for _ in 0..<11 {
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

    /// Problems for each law and objective, and cells along a side of the grid: many more of both with `DATAWALL_SOAK`.
    static let (problems, cells) = isSoak ? (200, 2_000) : (20, 200)

    /// Random problems in parts that run side by side.
    private static let parts = (1...3).flatMap { kind in (0..<4).map { (kind, $0) } }

    @Test(
        "the optimum is no worse than brute force, for random budgets, supplies, limits and laws", arguments: parts)
    func minimumLoss(kind: Int, part: Int) throws {
        let seed = UInt64(20_261_121 + 10 * part + kind)
        var random = SplitMix(seed: seed)
        for problem in 0..<(Self.problems / 4) {
            let law: any ScalingLaw =
                switch kind {
                case 1:
                    Refitted(
                        base: WithoutEnsemble(base: MuennighoffLaw()),
                        values: ["RD": random.uniform(3, 60), "RN": random.uniform(1, 20)])
                case 2:
                    Refitted(
                        base: WithoutEnsemble(base: LovelaceLaw()),
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
            // A little inside of each limit, so that rounding does not push a point out.
            let lines: [(Double) -> Double] = [
                { limits.logBudget - $0 - 1e-12 }, { $0 + limits.logRatio + 1e-12 },
                { _ in limits.y - 1e-12 },
            ]
            let brute = Self.lowest(
                columns: Self.cells, rows: Self.cells, x: 9...Swift.min(30, limits.x), y: 12...42,
                kink: Elementary.log(unique), lines: lines
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
                    "problem \(problem) of seed \(seed): C \(flops), U \(unique), found N \(found.parameters) "
                    + "D \(found.tokens) loss \(found.knownLoss), brute force N \(Elementary.exp(brute.x)) "
                    + "D \(Elementary.exp(brute.y)) loss \(brute.cost)")
            #expect(found.knownLoss <= brute.cost + 1e-9, context)
            #expect(found.knownLoss >= brute.cost - 1e-6, context)
            #expect(found.flops <= flops * (1 + 1e-9), context)
            #expect(found.tokensPerParameter >= ratio * (1 - 1e-9), context)
        }
    }

    @Test("the least total compute at a target loss is no worse than brute force", arguments: parts)
    func minimumTotalFLOPs(kind: Int, part: Int) throws {
        let seed = UInt64(97 + 10 * part + kind)
        var random = SplitMix(seed: seed)
        // Plans at a target loss take a debug build seconds each: fewer of them, except for soaking.
        for problem in 0..<(isSoak ? Self.problems / 4 : 1) {
            let law: any ScalingLaw =
                switch kind {
                case 1: WithoutEnsemble(base: MuennighoffLaw())
                case 2: Refitted(base: WithoutEnsemble(base: LovelaceLaw()), values: ["P": random.uniform(0.01, 0.2)])
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
                columns: Self.cells, rows: Self.cells, x: 12...32, y: 12...38,
                kink: Elementary.log(unique), lines: [{ $0 + logRatio + 1e-12 }]
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
                    "problem \(problem) of seed \(seed): U \(unique), served \(served), target \(target), found N "
                    + "\(found.parameters) D \(found.tokens) cost \(found.cost), brute force N "
                    + "\(Elementary.exp(brute.x)) D \(Elementary.exp(brute.y)) cost \(brute.cost)")
            #expect(found.cost <= brute.cost * (1 + 1e-9), context)
            #expect(found.cost >= brute.cost * (1 - 1e-5), context)
            #expect(found.knownLoss <= target + 1e-9, context)
        }
    }

    @Test("members of ensembles plan as brute force does: 20 drawn from each", arguments: [0, 1])
    func members(index: Int) throws {
        let laws: [any ScalingLaw] = [MuennighoffLaw(), LovelaceLaw()]
        let law = laws[index]
        var random = SplitMix(seed: 41 + UInt64(index))
        let unique = 25e9
        for _ in 0..<(isSoak ? 200 : 20) {
            let drawn = Int(random.uniform(0, Double(law.card.ensemble.count)))
            let values = law.card.ensemble[Swift.min(drawn, law.card.ensemble.count - 1)]
            // Intervals of twenty equal members are points: the plan of the member.
            let repeated = IntervalTests.WithEnsemble(base: law, ensemble: Array(repeating: values, count: 20))
            let run = try Planner(law: repeated, objective: MinimumLoss())
                .plan(DataSupply(uniqueTokens: unique), within: .flops(1e22)).recommended
            let (parameters, epochs) = (
                try #require(run.parametersInterval).lowerBound, try #require(run.epochsInterval).lowerBound
            )
            let compiled = try CompiledLaw(law, coefficients: values)
            let logBudget = Elementary.log(1e22 / 6)
            let brute = Self.lowest(
                columns: 100, rows: 100, x: 16...28, y: 20...34,
                kink: Elementary.log(unique),
                lines: [{ logBudget - $0 - 1e-12 }, { $0 + Elementary.log(5) + 1e-12 }]
            ) { x, y in
                guard x + y <= logBudget, y - x >= Elementary.log(5) else { return .infinity }
                return
                    (try? compiled.loss(
                        parameters: Elementary.exp(x), tokens: Elementary.exp(y), uniqueTokens: unique)) ?? .infinity
            }
            let own = try compiled.loss(parameters: parameters, tokens: epochs * unique, uniqueTokens: unique)
            #expect(own <= brute.cost + 1e-9, "member \(drawn) of \(law.card.identifier)")
            #expect(own >= brute.cost - 1e-6, "member \(drawn) of \(law.card.identifier)")
        }
    }
}
