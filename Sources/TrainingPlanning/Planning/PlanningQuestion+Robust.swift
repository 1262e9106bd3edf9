import ScalingLaws

extension PlanningQuestion {
    /// A law's own answer.
    private struct Answer {
        var question: Question
        var best: Candidate
        var basins: [Candidate]

        var law: String { question.card.identifier }

        /// How far the law's own plan lies outside what it was fitted on.
        var extrapolation: Double { question.recommendation(best).extrapolation.largest }
    }

    /// Members of each law's ensemble that the worst case is taken over.
    private static var membersOfEach: Int { 12 }

    /// How far outside its fitted range a law's own plan may lie where others lie inside theirs.
    private static var tolerableExtrapolation: Double { 3 }

    /// The plan with the smallest worst excess over all laws that apply and over members of their ensembles.
    func robustPlan() throws(PlanningError) -> Plan {
        guard constraints.targetLoss == nil else {
            throw .contradiction(
                "a target loss belongs to the corpus and tokenizer of one law, and "
                    + (planner.laws.isEmpty ? "none is" : "several are") + " asked here: name one law")
        }
        let (answers, leftOut) = try nearestAnswers()
        let notes = Self.notes(leftOut)
        guard let first = answers.first else {
            throw .infeasible(
                "none of the laws applies here: " + notes.map(\.message).joined(separator: " "), nearest: nil)
        }
        if answers.count == 1 {
            var plan = try plan(under: first.question.law)
            plan.warnings += notes
            return plan
        }
        var search = try search(over: answers)
        let best = search.lowest()
        var recommended = first.question.recommendation(best)
        recommended.loss = nil
        let plans = search.members.map(\.own) + [best]
        recommended.parametersInterval = Self.range(plans.map { Elementary.exp($0.x) })
        recommended.epochsInterval = Self.range(plans.map { Elementary.exp($0.y) / supply.uniqueTokens })
        recommended.effectiveTokens = nil
        recommended.lawTokens = nil
        recommended.extrapolation =
            answers.map { answer in
                answer.question.recommendation(best).extrapolation
            }.min { $0.largest < $1.largest } ?? recommended.extrapolation
        var plan = Plan(
            status: .optimal, objective: planner.objective.identifier, costUnit: planner.objective.unit,
            law: Plan.robust,
            laws: answers.map { LawReference($0.question.law) },
            flopModel: planner.flopModel.name, supply: supply, budget: budget, constraints: constraints, terms: terms,
            recommended: recommended, otherBasins: [], byLaw: byLaw(answers),
            frontier: frontier(&search, around: best, in: first.question.region),
            shadowPrices: ShadowPrices(uniqueTokens: nil, flops: nil),
            dataWall: DataWall(of: recommended, supply: supply, tokensPerParameter: planner.tokensPerParameter),
            warnings: [])
        plan.intervalSource = .laws
        plan.epochGain = planner.epochGain.flatMap { threshold in
            EpochGain(threshold: threshold) { epochs in
                search.lowest(atTokens: Elementary.log(epochs * supply.uniqueTokens))?.cost
            }
        }
        plan.tokenSensitivity = tokenSensitivity(answers)
        let remarks = Remarks(question: first.question, best: best, plan: plan)
        plan.status = remarks.status
        plan.warnings = remarks.limitWarnings + remarks.tokenizer + warnings(answers, recommended) + notes
        return plan
    }

    private static func range(_ values: [Double]) -> ClosedRange<Double>? {
        guard let least = values.min(), let most = values.max() else { return nil }
        return least...most
    }

    /// The answers of the laws that apply, without those that alone would lie far outside what they were fitted on.
    private func nearestAnswers() throws(PlanningError) -> (answers: [Answer], leftOut: [(law: String, reason: String)])
    {
        var (answers, leftOut) = try answers()
        let nearest = answers.filter { $0.extrapolation <= Self.tolerableExtrapolation }
        if !nearest.isEmpty, nearest.count < answers.count {
            for answer in answers where answer.extrapolation > Self.tolerableExtrapolation {
                leftOut.append(
                    (answer.law, "their own plans lie far outside what they were fitted on, and those of others do not")
                )
            }
            answers = nearest
        }
        return (answers, leftOut)
    }

    /// The search over laws, over members of their ensembles, and over both ends of the supply's unique factor.
    private func search(over answers: [Answer]) throws(PlanningError) -> MinimaxSearch {
        guard let first = answers.first else { preconditionFailure("laws to weigh") }
        var members = try members(of: answers)
        if let share = supply.uniqueFactor?.lowerBound, share < 1 {
            for answer in answers {
                let question = try answer.question.asked(of: supply.sharing(share))
                guard let best = question.lowest() else { continue }
                members.append(MinimaxSearch.Member(landscape: question.landscape, own: best))
            }
        }
        return MinimaxSearch(
            members: members, region: first.question.region, kinks: first.question.landscape.kinks,
            starts: answers.map(\.best))
    }

    /// The same laws' robust plan with tokens that are a quarter smaller or larger, where a law's are not known.
    private func tokenSensitivity(_ answers: [Answer]) -> [TokenSensitivity] {
        guard answers.contains(where: { mayMiscount($0.question.law) }) else { return [] }
        return TokenSensitivity.scales.compactMap { scale in
            var asked: [Answer] = []
            for answer in answers {
                guard mayMiscount(answer.question.law) else {
                    asked.append(answer)
                    continue
                }
                guard let question = try? answer.question.asked(of: supply, tokenScale: scale),
                    let best = question.lowest()
                else { return nil }
                asked.append(Answer(question: question, best: best, basins: [best]))
            }
            guard var search = try? search(over: asked), let first = asked.first else { return nil }
            let run = first.question.recommendation(search.lowest())
            return TokenSensitivity(
                tokenScale: scale, parameters: run.parameters, tokens: run.tokens, epochs: run.epochs, loss: nil)
        }
    }

    /// What each law advises, and why the others do not apply.
    private func answers() throws(PlanningError) -> (answers: [Answer], leftOut: [(law: String, reason: String)]) {
        var answers: [Answer] = []
        var leftOut: [(law: String, reason: String)] = []
        for law in planner.laws {
            let card = law.card
            guard law.weighsParametersAgainstTokens else {
                leftOut.append((card.identifier, "they do not weigh parameters against tokens"))
                continue
            }
            let question: Question
            do throws(PlanningError) {
                question = try self.question(to: law)
            } catch {
                // A law that cannot be asked is left out; limits that leave nothing stop every law alike.
                guard case .law(let error) = error else { throw error }
                leftOut.append((card.identifier, Self.reason(error)))
                continue
            }
            let basins = try question.basins()
            let best = try question.bounded(basins[0])
            guard card.repetition != .none || best.y <= (question.landscape.kinks.first ?? .infinity) + 1e-9 else {
                leftOut.append((card.identifier, "they do not model repetition, and their plans repeat data"))
                continue
            }
            answers.append(Answer(question: question, best: best, basins: basins))
        }
        return (answers, leftOut)
    }

    private static func reason(_ error: LawError) -> String {
        switch error {
        case .missingCoefficient: "their coefficients have no values before a fit to your runs"
        case .missingFeature(let name, _): "they need the run's '\(name)'"
        default: "\(error)"
        }
    }

    /// One remark for each reason that laws are left out for.
    private static func notes(_ leftOut: [(law: String, reason: String)]) -> [PlanWarning] {
        var reasons: [String] = []
        for (_, reason) in leftOut where !reasons.contains(reason) { reasons.append(reason) }
        return reasons.map { reason in
            let laws = leftOut.filter { $0.reason == reason }.map(\.law).joined(separator: ", ")
            return PlanWarning(
                code: "laws_left_out", severity: .info, message: "Left out, because \(reason): \(laws).")
        }
    }

    /// The laws and members of their ensembles, each with the cost of its own best plan.
    private func members(of answers: [Answer]) throws(PlanningError) -> [MinimaxSearch.Member] {
        var members: [MinimaxSearch.Member] = []
        for answer in answers {
            members.append(MinimaxSearch.Member(landscape: answer.question.landscape, own: answer.best))
            guard answer.question.card.ensemble.count >= 20 else { continue }
            for member in try answer.question.members(limit: Self.membersOfEach) {
                guard let best = member.lowest(.coarse) else { continue }
                members.append(MinimaxSearch.Member(landscape: member.landscape, own: best))
            }
        }
        return members
    }

    private func byLaw(_ answers: [Answer]) -> [LawPlan] {
        answers.map { answer in
            var excess: [String: Double] = [:]
            for other in answers where other.law != answer.law {
                let cost = other.question.landscape.cost(answer.best.x, answer.best.y)
                excess[other.law] = Swift.max(0, cost - other.best.cost)
            }
            let run = answer.question.recommendation(answer.best)
            return LawPlan(
                law: answer.law, parameters: run.parameters, tokens: run.tokens, epochs: run.epochs, loss: run.loss,
                crossExcess: excess, otherBasins: answer.basins.dropFirst().map(answer.question.recommendation))
        }
    }

    private func frontier(
        _ search: inout MinimaxSearch, around best: Candidate, in region: Region
    ) -> [FrontierPoint] {
        let epochs = Elementary.exp(best.y) / supply.uniqueTokens
        var points: [FrontierPoint] = []
        var passes = 1.0
        while passes <= Swift.max(16, epochs * 4), passes < 1e6 {
            let y = Elementary.log(passes * supply.uniqueTokens)
            guard let point = search.lowest(atTokens: y) else { break }
            points.append(
                FrontierPoint(
                    epochs: passes, parameters: Elementary.exp(point.x), tokens: passes * supply.uniqueTokens,
                    loss: nil, cost: point.cost))
            passes *= 2
        }
        return points
    }

    private func warnings(_ answers: [Answer], _ recommended: Recommendation) -> [PlanWarning] {
        var warnings: [PlanWarning] = []
        let nearest = answers.map(\.extrapolation).min() ?? 1
        if nearest > 1 {
            warnings.append(
                PlanWarning(
                    code: "outside_every_law", severity: .warning,
                    message: "This question lies outside what every law was fitted on, the nearest by a factor of "
                        + "\(QuantityText.significant(nearest)): take the set of their plans for the answer, not the one "
                        + "run recommended.",
                    value: nearest, limit: 1))
        }
        for answer in answers {
            if let second = answer.basins.dropFirst().first {
                let run = answer.question.recommendation(second)
                warnings.append(
                    PlanWarning(
                        code: "other_basin", severity: .info,
                        message: "Law '\(answer.law)' has a second optimum at \(QuantityText.count(run.parameters)) "
                            + "parameters and \(QuantityText.significant(run.epochs)) \(run.epochs == 1 ? "epoch" : "epochs"), "
                            + "\(QuantityText.significant(second.cost - answer.best.cost)) above its best.",
                        value: second.cost, limit: answer.best.cost))
            }
            if answer.question.card.provenance.kind == .refitHere {
                warnings.append(
                    PlanWarning(
                        code: "refit_here", severity: .info,
                        message: "The constants of law '\(answer.law)' are refit here: "
                            + "\(answer.question.card.provenance.source)."))
            }
        }
        warnings.append(
            PlanWarning(
                code: "robust", severity: .info,
                message: "No one law is followed: this run's excess over a law's own best is at most "
                    + "\(QuantityText.significant(recommended.cost)) under each of \(answers.count) laws and their "
                    + "ensembles. Their losses belong to other corpora and tokenizers and do not compare.",
                value: recommended.cost))
        return warnings
    }
}
