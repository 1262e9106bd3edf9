import Quantities
import ScalingLaws

extension PlanningQuestion.Answer {
    /// By how much a run misses the target loss under the law, or `nil` if it reaches it or there is none.
    func miss(at point: Candidate) -> Double? {
        guard let target = question.constraints.targetLoss else { return nil }
        let missed = question.landscape.loss(point.x, point.y) - target
        return missed > 1e-9 * target ? missed : nil
    }

    /// The share of the draws under which a run reaches the target, or `nil` without a target or draws.
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
    /// The run of least cost that reaches the target loss in the weighted mean of ln L over the families.
    ///
    /// A target belongs to the corpus and tokenizer of one law, and families do not agree on it. The mean is smooth,
    /// and a lower target needs more of everything. Two other ways were not taken: requiring the target of every family
    /// would follow the most demanding one, and dropping families that cannot reach it would make the plan jump. The
    /// cost of a run is the same under each family.
    func targetPlan(over asked: [Answer], leftOut: [LeftOutLaw]) throws(PlanningError) -> Plan {
        var answers = asked
        let (question, chosen) = try target(&answers)
        for index in answers.indices where answers[index].lowestLoss != nil {
            // A family that cannot reach the target is shown with its lowest loss at the compute of the run.
            let own = question.logFLOPs(chosen)
            answers[index].best =
                answers[index].question.varied { $1.logBudget = Swift.min($1.logBudget, own) }.lowestLoss() ?? chosen
        }
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
            let own =
                answer.lowestLoss == nil ? try answer.question.ownOptima(answer.draws, around: answer.best) : []
            var family = try familyPlan(answer, at: chosen, own: own, excesses: [])
            if answer.lowestLoss == nil { family.excess = Swift.max(0, Elementary.log(chosen.cost / answer.best.cost)) }
            family.lowestLoss = answer.lowestLoss
            family.missedBy = answer.miss(at: chosen)
            family.reachedShare = answer.reachedShare(at: chosen)
            plan.families.append(family)
            guard !own.isEmpty else { continue }
            runs += own.map { (run: $0, weight: answer.weight / Double(own.count)) }
        }
        let unique = supply.tokensPerEpoch
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
        plan.tokenSensitivity = try targetSensitivity(answers, around: chosen)
        let remarks = Remarks(question: question, best: chosen, plan: plan)
        plan.set(remarks.statuses)
        plan.warnings = remarks.limitWarnings + remarks.tokenizer + warnings(plan)
        plan.warnings.append(targetNote(plan))
        plan.warnings += Self.notes(leftOut)
        return plan
    }

    /// Weighs the families and finds the run.
    ///
    /// Weights are those for the compute at which families reach the target when only their evidence counts, so that
    /// they are fixed before the search and move smoothly with the target.
    func target(_ answers: inout [Answer]) throws(PlanningError) -> (question: Question, run: Candidate) {
        weigh(&answers, compute: nil)
        let even = try joint(answers)
        let most = Candidate(x: even.region.x.upperBound, y: even.region.y.upperBound, cost: 0)
        let compute = Elementary.exp(even.logFLOPs(even.lowest(.coarse) ?? most))
        weigh(&answers, compute: Swift.min(compute, budget?.flops ?? .infinity))
        let question = try joint(answers)
        if let best = question.lowest() { return (question, try question.bounded(best)) }
        let lowest = question.lowestLoss().map { ($0.cost * 1e6).rounded(.up) / 1e6 }
        throw .infeasible(
            "no run within these limits reaches a loss of \(Quantity.rounded(constraints.targetLoss ?? 0, digits: 6)) in "
                + "the weighted mean of \(answers.count) families: \(Self.reaches(answers))"
                + (lowest.map { "; the lowest mean within reach is \(Quantity.rounded($0, digits: 7))" } ?? "")
                + ". Raise the target, name one law, or allow more data, compute or parameters",
            nearest: lowest)
    }

    /// The families, and the lowest loss of those that cannot reach the target.
    private static func reaches(_ answers: [Answer]) -> String {
        answers.map { answer in
            answer.lowestLoss.map { "\(answer.law) goes down to \(Quantity.rounded($0, digits: 5))" }
                ?? "\(answer.law) reaches it"
        }.joined(separator: ", ")
    }

    private func targetNote(_ plan: Plan) -> PlanWarning {
        let target = constraints.targetLoss ?? 0
        let missed = plan.families.filter { $0.missedBy != nil }.map { family in
            "\(family.law) misses it by \(Quantity.significant(family.missedBy ?? 0, digits: 2))"
                + (family.lowestLoss.map { " and goes no lower than \(Quantity.rounded($0, digits: 5))" } ?? "")
        }
        return PlanWarning(
            code: missed.isEmpty ? "robust" : "target_missed", severity: missed.isEmpty ? .info : .warning,
            message: "This is the cheapest run that reaches a loss of \(Quantity.rounded(target, digits: 5)) in the "
                + "weighted mean of \(plan.families.count) families"
                + (missed.isEmpty ? "." : "; \(missed.joined(separator: ", ")).")
                + " Each law counts the target on its own corpus and tokenizer, so the same number is not the same "
                + "quality: name the law that you go by, or fit one to your runs.",
            value: plan.recommended.cost, limit: target)
    }

    /// The question to several laws at once.
    private func joint(_ answers: [Answer], tokenScale scale: Double = 1) throws(PlanningError) -> Question {
        let parts = answers.map { answer in
            JointLaw.Part(
                law: answer.question.law, weight: answer.weight,
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
