import ScalingLaws

extension Question {
    /// A set of the law's coefficients, and the plan that it advises.
    struct MemberPlan: Sendable {
        var landscape: Landscape
        var own: Candidate
    }

    /// The plans that sets of the law's coefficients advise, at most so many, evenly spread over the sets.
    func memberPlans(of sets: CoefficientSets, around best: Candidate, limit: Int = .max) throws(PlanningError)
        -> [MemberPlan]
    {
        let near = near(best)
        var plans: [MemberPlan] = []
        for values in sets.spread(limit) {
            let member: Landscape
            do throws(LawError) { member = try landscape.with(coefficients: values) } catch { throw .law(error) }
            let question = near.varied { landscape, _ in landscape = member }
            if let own = question.lowest(.coarse) { plans.append(MemberPlan(landscape: member, own: own)) }
        }
        return plans
    }

    /// Where loss, size, tokens and epochs lie over the law's sets of coefficients, from one end of the supply's unique
    /// factor to the other; `nil` without both.
    ///
    /// Every set plans anew; its loss is asked at the run that is recommended.
    ///
    /// - Parameters:
    ///   - best: The law's own plan.
    ///   - sets: The sets, or `nil` for a law without.
    ///   - known: The plans of the sets for the supply as it is counted.
    ///   - limit: How many sets are asked at most.
    /// - Returns: The intervals, or `nil`.
    /// - Throws: A ``PlanningError`` where the law cannot be asked of such a supply.
    func intervals(
        at best: Candidate, over sets: CoefficientSets?, known: [MemberPlan], limit: Int = .max
    ) throws(PlanningError) -> Intervals? {
        guard let factor = supply.uniqueFactor else { return intervals(at: best, of: known) }
        var all: Intervals?
        for share in Set([factor.lowerBound, factor.upperBound]).sorted() {
            let question = try share == 1 ? self : asked(of: supply.sharing(share))
            var own: Intervals?
            if let sets {
                let plans =
                    share == 1 ? known : try question.memberPlans(of: sets, around: best, limit: limit)
                own = question.intervals(at: best, of: plans)
            }
            guard let own = own ?? question.lowest().map({ question.interval(of: $0, at: best) }) else { continue }
            all = all.map { $0.joined(with: own) } ?? own
        }
        // What is recommended for the tokens as they are counted belongs to the range.
        return all?.joined(with: interval(of: best, at: best))
    }

    private func interval(of own: Candidate, at best: Candidate) -> Intervals {
        let loss = landscape.loss(best.x, best.y)
        let (parameters, tokens) = (Elementary.exp(own.x), Elementary.exp(own.y))
        let epochs = tokens / supply.uniqueTokens
        return Intervals(
            loss: loss...loss, parameters: parameters...parameters, tokens: tokens...tokens, epochs: epochs...epochs,
            members: 0)
    }

    private func intervals(at best: Candidate, of members: [MemberPlan]) -> Intervals? {
        let losses = members.map { $0.landscape.loss(best.x, best.y) }.filter(\.isFinite)
        guard members.count >= CoefficientSets.fewest, losses.count >= CoefficientSets.fewest else { return nil }
        func central(_ values: [Double]) -> ClosedRange<Double> {
            OrderStatistics.central(CoefficientSets.intervalLevel, sorted: values.sorted())
        }
        let tokens = central(members.map { Elementary.exp($0.own.y) })
        return Intervals(
            loss: predictive(at: best, losses) ?? central(losses),
            parameters: central(members.map { Elementary.exp($0.own.x) }),
            tokens: tokens,
            epochs: (tokens.lowerBound / supply.uniqueTokens)...(tokens.upperBound / supply.uniqueTokens),
            members: members.count)
    }

    /// The range for the loss that the run will measure, where the law's card says how far its forecasts err.
    private func predictive(at best: Candidate, _ losses: [Double]) -> ClosedRange<Double>? {
        guard let error = landscape.law.card.forecastError else { return nil }
        let (parameters, tokens) = (Elementary.exp(best.x), Elementary.exp(best.y))
        let loss = landscape.loss(best.x, best.y)
        guard let fresh = try? landscape.law.loss(parameters: parameters, tokens: tokens) else { return nil }
        return PredictiveInterval(
            around: loss, draws: losses, freshLoss: fresh, compute: 6 * parameters * tokens, error: error,
            level: CoefficientSets.intervalLevel)?.range
    }

    /// The question over what lies within a factor of 100,000 of a plan, which other values of the coefficients do not
    /// leave.
    func near(_ best: Candidate) -> Question {
        let reach = 11.5
        return varied { _, region in
            region.x = region.x.clamped(to: (best.x - reach)...(best.x + reach))
            region.y = region.y.clamped(to: (best.y - reach)...(best.y + reach))
        }
    }
}
