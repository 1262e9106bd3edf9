import Quantities
import ScalingLaws

extension PlanningQuestion.Answer {
    /// By how much a run misses the target loss under the law, or `nil` where it reaches it or there is none.
    func miss(at point: Candidate) -> Double? {
        guard let target = question.constraints.targetLoss else { return nil }
        let missed = question.landscape.loss(point.x, point.y) - target
        return missed > 1e-9 * target ? missed : nil
    }

    /// The share of the draws under which a run reaches the target, or `nil` where there is no target or no draws.
    func reachedShare(at point: Candidate) -> Double? {
        guard let target = question.constraints.targetLoss, let sets = try? sets.get() else { return nil }
        let draws = sets.spread(CoefficientSets.draws)
        let reached = draws.count { values in
            guard let member = try? question.landscape.with(coefficients: values) else { return false }
            return member.loss(point.x, point.y) <= target
        }
        return Double(reached) / Double(draws.count)
    }
}

extension PlanningQuestion {
    /// The run of least cost that reaches the target loss under every law.
    ///
    /// What a run costs is the same under each law, whether it reaches the target is not. The largest excess over the
    /// laws' own best plans, a miss counting as infinite, is smallest at the cheapest run that reaches the target under
    /// all of them. Where no run does, the laws whose own plans cost most are given up one by one, and named. Members of
    /// ensembles are not required to reach it: under some no run may; how many do is told.
    func targetPlan(over answers: [Answer], leftOut: [LeftOutLaw]) throws(PlanningError) -> Plan {
        var kept = answers.sorted { ($0.best.cost, $0.law) < ($1.best.cost, $1.law) }
        var best: Candidate?
        var question = answers[0].question
        while kept.count > 1, best == nil {
            question = try joint(kept)
            best = question.lowest()
            if best == nil { kept.removeLast() }
        }
        let chosen: Candidate
        if let best {
            chosen = try question.bounded(best)
        } else {
            question = kept[0].question
            chosen = kept[0].best
        }
        let missed =
            answers.filter { answer in !kept.contains { $0.law == answer.law } }.map(\.law)
            + leftOut.filter { $0.lowestLoss != nil }.map(\.law)
        var plan = jointPlan(
            question.recommendation(chosen), under: answers, leftOut,
            frontier: question.frontier(around: chosen).map { point in
                var point = point
                point.loss = nil
                return point
            },
            shadowPrices: try question.shadowPrices(at: chosen))
        plan.prospects = try question.prospects(at: chosen)
        var runs: [(run: Candidate, weight: Double)] = []
        for answer in answers {
            let own = try answer.question.ownOptima(answer.draws, around: answer.best)
            var family = try familyPlan(answer, at: chosen, own: own, excesses: [])
            family.excess = Swift.max(0, Elementary.log(chosen.cost / answer.best.cost))
            family.missedBy = answer.miss(at: chosen)
            family.reachedShare = answer.reachedShare(at: chosen)
            plan.families.append(family)
            guard kept.contains(where: { $0.law == answer.law }) else { continue }
            runs += own.map { (run: $0, weight: answer.weight / Double(own.count)) }
        }
        let unique = supply.uniqueTokens
        if let ranges = RunRanges(runs, uniqueTokens: unique)?.holding(chosen, uniqueTokens: unique) {
            plan.recommended.set(ranges)
        }
        plan.recommended.extrapolation = plan.farthestExtrapolation
        plan.qualityCuts = try question.qualityCuts(around: chosen).map { cut in
            var cut = cut
            cut.loss = nil
            return cut
        }
        plan.epochGain = planner.epochGain.flatMap { threshold in
            EpochGain(threshold: threshold) { question.best(atEpochs: $0)?.cost }
        }
        plan.tokenSensitivity = try targetSensitivity(kept, around: chosen)
        let remarks = Remarks(question: question, best: chosen, plan: plan)
        plan.status = remarks.status
        plan.warnings = remarks.limitWarnings + remarks.tokenizer + warnings(plan)
        let asks = kept.max {
            $0.question.landscape.loss(chosen.x, chosen.y) < $1.question.landscape.loss(chosen.x, chosen.y)
        }
        plan.warnings.append(targetNote(plan, kept: kept, missed: missed, asks: asks?.law))
        plan.warnings += Self.notes(leftOut)
        return plan
    }

    private func targetNote(_ plan: Plan, kept: [Answer], missed: [String], asks: String?) -> PlanWarning {
        let target = constraints.targetLoss ?? 0
        let loss = Quantity.rounded(target, digits: 5)
        let given =
            missed.isEmpty
            ? ""
            : " No run reaches it under \(missed.joined(separator: ", ")) as well."
        return PlanWarning(
            code: missed.isEmpty ? "robust" : "target_missed", severity: missed.isEmpty ? .info : .warning,
            message: "No one law is followed: this is the run of least cost that reaches a loss of \(loss) under "
                + (kept.count > 1 ? "each of \(kept.count) laws" : "'\(kept[0].law)'")
                + (asks.map { kept.count > 1 ? "; '\($0)' decides" : "" } ?? "") + "." + given
                + " Each law counts the target on its own corpus and tokenizer, so the same number is not the same "
                + "quality: name the law that you go by, or fit one to your runs.",
            value: plan.recommended.cost, limit: target)
    }

    /// The question to several laws at once.
    private func joint(_ answers: [Answer], tokenScale scale: Double = 1) throws(PlanningError) -> Question {
        let parts = answers.map { answer in
            JointLaw.Part(
                law: answer.question.law,
                tokenScale: answer.question.tokenScale * (mayMiscount(answer.question.law) ? scale : 1))
        }
        return try Question(
            planner: planner, law: JointLaw(parts), supply: supply, budget: budget, constraints: constraints,
            terms: terms, tokenScale: 1)
    }

    private func targetSensitivity(
        _ answers: [Answer], around best: Candidate
    ) throws(PlanningError) -> [TokenSensitivity] {
        guard answers.contains(where: { mayMiscount($0.question.law) }) else { return [] }
        var found: [TokenSensitivity] = []
        for scale in TokenSensitivity.scales {
            let question = try joint(answers, tokenScale: scale)
            guard let best = question.near(best).lowest(.coarse) else { continue }
            let run = question.recommendation(best)
            found.append(
                TokenSensitivity(
                    tokenScale: scale, parameters: run.parameters, tokens: run.tokens, epochs: run.epochs, loss: nil))
        }
        return found
    }
}
