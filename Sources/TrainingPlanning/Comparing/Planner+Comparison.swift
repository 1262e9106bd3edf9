import DataMixing
import ScalingLaws

extension Planner {
    /// Compares runs with the best run at their own compute, and the best of them with the others.
    ///
    /// - Parameters:
    ///   - runs: The runs; at least one, no two of one name.
    ///   - constraints: Limits that the best runs keep.
    /// - Returns: The comparison.
    /// - Throws: A ``PlanningError``: a quantity that cannot be, two runs of one name, or a compute too small for any
    ///   run.
    /// - Complexity: Some milliseconds a run.
    public func compare(
        _ runs: [NamedRun], constraints: PlanConstraints = PlanConstraints()
    ) throws(PlanningError) -> RunComparison {
        guard !runs.isEmpty else { throw .contradiction("there is no run to compare: name one") }
        var names: Set<String> = []
        var found: [ComparedRun] = []
        for run in runs {
            guard names.insert(run.name).inserted else {
                throw .contradiction("two runs are called '\(run.name)': give one another name")
            }
            found.append(try ComparedRun(run, self, constraints))
        }
        return RunComparison(rows: found.map(\.row), duels: ComparedRun.duels(found))
    }
}

/// A run, with its figures under every draw of every family.
private struct ComparedRun {
    let row: RunComparison.Row

    /// ln L under each draw, by law.
    let logLosses: [String: [Double]]

    init(_ run: NamedRun, _ planner: Planner, _ constraints: PlanConstraints) throws(PlanningError) {
        try PlanningError.check(run.parameters, "the parameters of run '\(run.name)'")
        try PlanningError.check(run.tokens, "the tokens of run '\(run.name)'")
        // Unknown unique tokens are no limit.
        let unique = run.uniqueTokens ?? Swift.max(run.tokens, DataSupply.mostUniqueTokens / 10)
        let supply: DataSupply
        do throws(MixtureError) { supply = try DataSupply(uniqueTokens: unique) } catch { throw .mixture(error) }
        let question = PlanningQuestion(
            planner: planner, supply: supply, budget: try .flops(run.flops), constraints: constraints,
            terms: PlanTerms())
        var (answers, leftOut) = try question.answers(.coarse)
        guard let first = answers.first else { throw PlanningQuestion.noLaw(leftOut) }
        guard first.question.landscape.costIsLoss else {
            throw .contradiction("runs are compared by loss: compare them under min-loss")
        }
        let (families, best) = try question.decide(&answers)
        let own = Candidate(x: Elementary.log(run.parameters), y: Elementary.log(run.tokens), cost: 0)
        var logLosses: [String: [Double]] = [:]
        var described: [RunComparison.Family] = []
        for (answer, part) in zip(answers, families.surface.parts) {
            guard
                let here = part.costs(parameters: run.parameters, tokens: run.tokens),
                let there = part.costs(parameters: Elementary.exp(best.x), tokens: Elementary.exp(best.y))
            else {
                throw .infeasible("law '\(answer.law)' has no finite loss for run '\(run.name)'", nearest: nil)
            }
            logLosses[answer.law] = here
            let mean = OrderStatistics.mean(here)
            described.append(
                RunComparison.Family(
                    law: answer.law, weight: answer.weight, gap: mean - OrderStatistics.mean(there), logLoss: mean))
        }
        self.logLosses = logLosses
        row = RunComparison.Row(
            run: run, bestParameters: Elementary.exp(best.x), bestTokens: Elementary.exp(best.y),
            gap: described.reduce(0) { $0 + $1.weight * $1.gap },
            equalLossFLOPs: families.leastFLOPs(reaching: own, from: best), families: described)
    }

    /// Compares the best of the runs with each of the others; weights are means over all runs.
    static func duels(_ runs: [ComparedRun]) -> [RunComparison.Duel] {
        // The families that have draws for every run.
        let laws = runs[0].row.families.map(\.law).filter { law in runs.allSatisfy { $0.logLosses[law] != nil } }
        let sums = laws.map { law in
            runs.reduce(0.0) { sum, run in sum + (run.row.families.first { $0.law == law }?.weight ?? 0) }
        }
        let total = sums.reduce(0, +)
        guard total > 0, runs.count > 1 else { return [] }
        let weights = sums.map { $0 / total }
        func mean(_ run: ComparedRun) -> Double {
            zip(laws, weights).reduce(0) { $0 + $1.1 * OrderStatistics.mean(run.logLosses[$1.0] ?? []) }
        }
        let means = runs.map(mean)
        guard let best = means.indices.min(by: { (means[$0], $0) < (means[$1], $1) }) else { return [] }
        let better = runs[best].row.run
        return runs.indices.filter { $0 != best }.map { index in
            let worse = runs[index].row.run
            var duel = RunComparison.Duel(
                better: better.name, worse: worse.name, gain: means[index] - means[best], share: 0, dissenters: [],
                breakEven: better.breakEven(with: worse))
            for (law, weight) in zip(laws, weights) {
                let gains = zip(runs[index].logLosses[law] ?? [], runs[best].logLosses[law] ?? []).map { $0 - $1 }
                guard !gains.isEmpty else { continue }
                duel.share += weight * Double(gains.count { $0 > 0 }) / Double(gains.count)
                if OrderStatistics.mean(gains) < 0 { duel.dissenters.append(law) }
            }
            duel.share = Swift.min(duel.share, 1)
            return duel
        }
    }
}

extension FamilySurface {
    /// The least compute within the same limits whose best run is as good as a run, under some of the draws; `nil`
    /// where a ten-thousandth of the question's budget is more than enough.
    fileprivate func leastFLOPs(reaching run: Candidate, from best: Candidate) -> Double? {
        let target = surface.sampledValue(run.x, run.y)
        let budget = questions[0].region.logBudget
        var start = best
        /// How much worse the best run of a budget is.
        func miss(_ logBudget: Double) -> Double? {
            let found = surface.sampled(search(questions[0].varied { $1.logBudget = logBudget }), from: start)
            if let found { start = found }
            return found.map { $0.cost - target }
        }
        guard let most = miss(budget) else { return nil }
        // The run is as good as the best, except for rounding.
        guard most < -1e-9 else { return Elementary.exp(budget) }
        var (low, atLow, atHigh) = (budget, most, most)
        var high = budget
        var step = 0.25
        while atLow < 0 {
            (high, atHigh) = (low, atLow)
            low -= step
            step *= 2
            guard low > budget - 9.3, let value = miss(low) else { return nil }
            atLow = value
        }
        // In the negative of ln C, where worse runs are above.
        let root = Bisection.root(-high, -low, atHigh, Swift.max(atLow, .leastNormalMagnitude), precision: 1e-8) {
            miss(-$0)
        }
        return root.map { Elementary.exp(-$0) }
    }
}
