import LawFitting
import ScalingLaws
import TrainingPlanning

/// The search for the runs that narrow the forecast most for their cost.
///
/// Every design is an IsoFLOP grid: four to six levels of compute over three decades, with three sizes or more at each
/// level; at the largest level two, if the budget allows no more. So the runs never have a single ratio D/N. For each
/// such grid, the rest of the budget is spent run by run, each time on the run that narrows the forecast most. The grid
/// with the narrowest forecast wins.
struct DesignSearch {
    let question: DesignQuestion
    let belief: CoefficientBelief
    let law: CompiledLaw
    let draws: [CompiledLaw]
    let targets: [TrainingRun]

    /// The factors of ten between the lowest and the highest level: three, and fewer only if the smallest models that
    /// can be built are too large for the lowest level.
    static let decades = [3.0, 2.5, 2, 1.5]

    /// The share of the budget that one run of the highest level takes, at most to at least.
    static let tops = [0.7, 0.6, 0.5, 0.45, 0.4, 0.36, 0.32, 0.28, 0.24, 0.2, 0.16, 0.12, 0.08]

    func levels(top: Double, count: Int, decades: Double) -> [Double] {
        (0..<count).map { top * Elementary.pow(10, -decades * Double($0) / Double(count - 1)) }
    }

    /// A design with the variance that it leaves and the factors of ten that it spans.
    struct Proposal {
        var runs: [DesignedRun]
        var variance: Double
        var decades: Double
    }

    /// The best designs, best first; empty if the budget is too small for any.
    func proposals(_ count: Int, _ shapes: inout ShapeCache) throws(DesignError) -> [Proposal] {
        for decades in Self.decades {
            let found = try proposals(over: decades, &shapes)
            if !found.isEmpty { return Array(found.sorted { $0.variance < $1.variance }.prefix(count)) }
        }
        return []
    }

    /// The best design of each set of levels, smallest top and way of spending.
    private func proposals(over decades: Double, _ shapes: inout ShapeCache) throws(DesignError) -> [Proposal] {
        var result: [Proposal] = []
        for count in [4, 5, 6] {
            for share in Self.tops {
                let computes = levels(top: share * question.budget, count: count, decades: decades)
                guard
                    let all = DesignLevels(
                        computes, law: law, family: question.family, repeats: question.uniqueTokens != nil,
                        shapes: &shapes),
                    let start = try forecast(all)
                else { continue }
                for topSizes in [1, 2, 3] {
                    var best: Proposal?
                    for spread in [2, 4, 6] {
                        guard let base = base(all, topSizes: topSizes, spread: spread) else { continue }
                        for byCost in [false, true] {
                            guard let (chosen, variance) = fill(all, base, start, byCost: byCost) else { continue }
                            if variance < best?.variance ?? .infinity {
                                best = Proposal(
                                    runs: chosen.map { all.runs[$0] }, variance: variance, decades: decades)
                            }
                        }
                    }
                    if let best { result.append(best) }
                }
            }
        }
        return result
    }

    /// The runs that every design of some levels has.
    private func base(_ all: DesignLevels, topSizes: Int, spread: Int) -> [Int]? {
        var result: [Int] = []
        for level in all.computes.indices {
            let fresh = all.places.indices.filter { all.places[$0].level == level && all.places[$0].epochs == 1 }
            func nearest(_ step: Int) -> Int? {
                fresh.min { abs(all.places[$0].step - step) < abs(all.places[$1].step - step) }
            }
            let steps = level > 0 || topSizes == 3 ? [-spread, 0, spread] : topSizes == 2 ? [-spread, spread] : [0]
            let found = Set(steps.compactMap(nearest))
            guard found.count == steps.count else { return nil }
            result += found.sorted()
        }
        return result
    }

    /// Adds runs until the budget or the most runs are reached.
    private func fill(
        _ all: DesignLevels, _ base: [Int], _ start: LinearForecast, byCost: Bool
    ) -> (chosen: [Int], variance: Double)? {
        var chosen = base
        var left = question.budget - base.reduce(0) { $0 + all.runs[$1].compute }
        guard left >= 0, base.count <= question.mostRuns else { return nil }
        var forecast = start
        for run in base { forecast.measure(run) }
        while chosen.count < question.mostRuns {
            var next: (run: Int, worth: Double)?
            for run in 0..<forecast.candidates where all.runs[run].compute <= left && !chosen.contains(run) {
                let worth = forecast.gain(run) / (byCost ? all.runs[run].compute : 1)
                if worth > next?.worth ?? 0 { next = (run, worth) }
            }
            guard let next else { break }
            chosen.append(next.run)
            left -= all.runs[next.run].compute
            forecast.measure(next.run)
        }
        guard chosen.count >= DesignLevels.fewestRuns else { return nil }
        return (chosen, forecast.variance)
    }

    /// A grid of sizes and tokens with about as many runs and the same cost.
    ///
    /// Both are even over half the decades below the best run of the largest compute. With repeats, every other run has
    /// 4 or 16 passes over its data.
    func uniform(runs: Int, cost: Double, decades: Double, _ shapes: inout ShapeCache) -> [DesignedRun]? {
        let side = Swift.max(Int(Double(runs).squareRoot().rounded()), 3)
        return scaled(to: cost, from: cost / 3) { top in
            guard let best = ComputeFrontier.best(law, compute: top) else { return nil }
            var result: [DesignedRun] = []
            for row in 0..<side {
                let size = best.parameters * Elementary.pow(10, -decades / 2 * Double(row) / Double(side - 1))
                guard let (shape, parameters) = shapes.shape(size, question.family) else { continue }
                for column in 0..<side {
                    let share = Elementary.pow(10, -decades / 2 * Double(column) / Double(side - 1))
                    let tokens = (best.tokens * share).rounded()
                    guard tokens >= Double(question.family.contextLength) else { continue }
                    let run = DesignedRun(
                        shape: shape, parameters: parameters, tokens: tokens, uniqueTokens: tokens,
                        level: 6 * parameters * tokens)
                    result.append(gridRun(run, row + column))
                }
            }
            return result
        }
    }

    /// A run of a grid, fresh or repeated by its place.
    private func gridRun(_ run: DesignedRun, _ place: Int) -> DesignedRun {
        question.uniqueTokens == nil ? run : run.repeating([1.0, 4, 1, 16][place % 4])
    }

    /// A grid whose runs have a given cost together, found by scaling the top of the grid, to which the cost is nearly
    /// proportional.
    private func scaled(to cost: Double, from start: Double, _ grid: (Double) -> [DesignedRun]?) -> [DesignedRun]? {
        var top = start
        for _ in 0..<8 {
            guard let found = grid(top), !found.isEmpty else { return nil }
            top *= cost / found.reduce(0) { $0 + $1.compute }
        }
        return grid(top)
    }

    /// An IsoFLOP grid with about as many runs and the same cost.
    ///
    /// It has five levels over as many decades, and as many sizes at each, evenly over the same factor. With repeats,
    /// every other run has 4 or 16 passes over its data.
    func evenLevels(runs: Int, cost: Double, decades: Double, _ shapes: inout ShapeCache) -> [DesignedRun]? {
        for fewer in [0.0, 0.5, 1, 1.5] where decades - fewer >= 1 {
            if let found = levelGrid(runs: runs, cost: cost, decades: decades - fewer, &shapes) { return found }
        }
        return nil
    }

    private func levelGrid(
        runs: Int, cost: Double, decades: Double, _ shapes: inout ShapeCache
    ) -> [DesignedRun]? {
        let levelCount = 5
        let sizes = Swift.max((runs + levelCount / 2) / levelCount, 3)
        return scaled(to: cost, from: cost / Double(2 * sizes)) { top in
            guard
                let all = DesignLevels(
                    levels(top: top, count: levelCount, decades: decades), law: law, family: question.family,
                    repeats: question.uniqueTokens != nil, shapes: &shapes)
            else { return nil }
            var result: [DesignedRun] = []
            for level in all.computes.indices {
                let there = all.places.indices.filter { all.places[$0].level == level && all.places[$0].epochs == 1 }
                let count = Swift.min(sizes, there.count)
                for place in 0..<count {
                    let run = there[place * (there.count - 1) / Swift.max(count - 1, 1)]
                    result.append(gridRun(all.runs[run], level + place))
                }
            }
            return result
        }
    }

    /// The forecast before any run.
    private func forecast(_ all: DesignLevels) throws(DesignError) -> LinearForecast? {
        var rows: [[Double]] = []
        for draw in draws {
            var row: [Double] = []
            row.reserveCapacity(all.runs.count + targets.count)
            do throws(LawError) {
                for run in all.runs {
                    row.append(
                        Elementary.log(
                            try draw.loss(
                                parameters: run.parameters, tokens: run.tokens, uniqueTokens: run.uniqueTokens)))
                }
                for run in targets { row.append(Elementary.log(try draw.loss(of: run))) }
            } catch {
                // A draw without a loss at so small a run says nothing of it.
                continue
            }
            rows.append(row)
        }
        guard rows.count * 2 >= draws.count else { return nil }
        return LinearForecast(logLosses: rows, targets: targets.count, scatter: question.scatter)
    }
}
