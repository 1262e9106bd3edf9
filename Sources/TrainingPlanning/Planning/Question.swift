import ScalingLaws

/// One question to a planner, made ready for searching: the landscape, the region, and what the limits are called.
struct Question: Sendable {
    let planner: Planner
    let supply: DataSupply
    let budget: ComputeBudget?
    let constraints: PlanConstraints
    let card: ModelCard
    let landscape: Landscape
    let region: Region

    init(
        planner: Planner, law: any ScalingLaw, supply: DataSupply, budget: ComputeBudget?,
        constraints: PlanConstraints, terms: PlanTerms
    ) throws(PlanningError) {
        try constraints.validate()
        try terms.validate()
        var features = planner.features
        for (name, value) in try planner.objective.values(in: terms, constraints) { features[name] = value }
        self.planner = planner
        self.supply = supply
        self.budget = budget
        self.constraints = constraints
        card = law.card
        do throws(LawError) {
            let compiled = try CompiledLaw(law, features: planner.features)
            let composed = ObjectiveOverLaw(
                planner.objective, law, trainingFLOPs: planner.flopModel.perToken * .symbol(.tokens))
            landscape = Landscape(
                objective: try CompiledLaw(composed, features: features), law: compiled,
                uniqueTokens: supply.uniqueTokens,
                costIsLoss: composed.cost == law.formula)
            let flops = try FLOPCount(planner.flopModel)
            region = Self.region(supply, budget, constraints, flops)
        } catch {
            throw .law(error)
        }
        try checkRegion()
    }

    private init(_ other: Question, landscape: Landscape, region: Region) {
        planner = other.planner
        supply = other.supply
        budget = other.budget
        constraints = other.constraints
        card = other.card
        self.landscape = landscape
        self.region = region
    }

    /// The same question with other data, budget or limits.
    func varied(_ change: (inout Landscape, inout Region) -> Void) -> Question {
        var (landscape, region) = (landscape, region)
        change(&landscape, &region)
        return Question(self, landscape: landscape, region: region)
    }

    private static func region(
        _ supply: DataSupply, _ budget: ComputeBudget?, _ constraints: PlanConstraints, _ flops: FLOPCount
    ) -> Region {
        var x = Region.widest.x
        var y = Region.widest.y
        if let most = constraints.mostParameters {
            let upper = Swift.min(x.upperBound, Elementary.log(most.parameters))
            x = Swift.min(x.lowerBound, upper)...upper
        }
        if let least = constraints.minParameters {
            let lower = Swift.max(x.lowerBound, Elementary.log(least))
            x = lower...Swift.max(x.upperBound, lower)
        }
        if let most = mostTokens(supply, constraints) {
            let upper = Swift.min(y.upperBound, Elementary.log(most.tokens))
            y = Swift.min(y.lowerBound, upper)...upper
        }
        return Region(
            x: x, y: y,
            logRatio: constraints.minTokensPerParameter > 0
                ? Elementary.log(constraints.minTokensPerParameter) : -.infinity,
            logBudget: budget.map { Elementary.log($0.flops) } ?? .infinity, flops: flops)
    }

    /// The most tokens that caps on epochs allow, and whose cap it is.
    static func mostTokens(
        _ supply: DataSupply, _ constraints: PlanConstraints
    ) -> (tokens: Double, isFromSources: Bool)? {
        let asked = constraints.maxEpochs.map { $0 * supply.uniqueTokens }
        switch (asked, supply.mostTokens) {
        case (let asked?, let listed?): return asked <= listed ? (asked, false) : (listed, true)
        case (let asked?, nil): return (asked, false)
        case (nil, let listed?): return (listed, true)
        case (nil, nil): return nil
        }
    }

    /// Refuses limits that leave nothing to choose from, naming the one that breaks.
    private func checkRegion() throws(PlanningError) {
        guard region.sizes == nil || region.tokens(at: region.x.lowerBound) == nil else { return }
        let least = Elementary.exp(region.x.lowerBound)
        let tokens = Swift.max(Elementary.exp(region.y.lowerBound), least * constraints.minTokensPerParameter)
        let smallest = QuantityText.count(least) + " parameters"
        if region.y.upperBound < region.x.lowerBound + region.logRatio {
            throw .infeasible(
                "\(smallest) with at least \(QuantityText.significant(constraints.minTokensPerParameter)) tokens each "
                    + "need \(QuantityText.count(tokens)) training tokens, but the cap on epochs allows "
                    + "\(QuantityText.count(Elementary.exp(region.y.upperBound))): raise it to "
                    + "\(QuantityText.significant(tokens / supply.uniqueTokens)) epochs or allow a smaller model",
                nearest: tokens / supply.uniqueTokens)
        }
        let needed = Elementary.exp(region.flops.logPerToken(region.x.lowerBound)) * tokens
        throw .infeasible(
            "the budget of \(QuantityText.scientific(budget?.flops ?? 0)) FLOPs is too small: \(smallest) on "
                + "\(QuantityText.count(tokens)) tokens take \(QuantityText.scientific(needed))",
            nearest: needed)
    }

    // MARK: Searching

    /// The local optima, the best first; at least one.
    func basins(_ resolution: PlanSearch.Resolution = .fine) throws(PlanningError) -> [Candidate] {
        let found = search(constraints.targetLoss, landscape, resolution)
        if !found.isEmpty { return found }
        guard let target = constraints.targetLoss else {
            // Name what is not finite rather than say that there is no plan.
            let x = (region.x.lowerBound + Swift.min(region.x.upperBound, region.sizes?.upperBound ?? 0)) / 2
            let tokens = region.tokens(at: x) ?? region.y
            do throws(LawError) {
                try landscape.objective.validate(
                    parameters: Elementary.exp(x),
                    tokens: Elementary.exp((tokens.lowerBound + tokens.upperBound) / 2),
                    uniqueTokens: supply.uniqueTokens)
            } catch { throw .law(error) }
            throw .infeasible("law '\(card.identifier)' has no finite loss within these limits", nearest: nil)
        }
        let lowest = search(nil, landscape.lossAlone, resolution).first?.cost
        let reachable = lowest.map { ($0 * 1e6).rounded(.up) / 1e6 }
        throw .infeasible(
            "a loss of \(QuantityText.significant(target, digits: 6)) cannot be reached under law '\(card.identifier)' "
                + "with \(QuantityText.count(supply.uniqueTokens)) unique tokens"
                + (budget.map { " and \(QuantityText.scientific($0.flops)) FLOPs" } ?? "")
                + (reachable.map { "; the lowest within reach is \(QuantityText.significant($0, digits: 7))" } ?? "")
                + ": raise the target, or allow more data, compute or parameters",
            nearest: reachable)
    }

    private func search(
        _ target: Double?, _ landscape: Landscape, _ resolution: PlanSearch.Resolution
    ) -> [Candidate] {
        guard !constraints.sizes.isEmpty else {
            return PlanSearch(landscape: landscape, region: region, targetLoss: target, resolution: resolution)
                .basins()
        }
        var found: [Candidate] = []
        for size in constraints.sizes {
            let x = Elementary.log(size)
            guard region.x.lowerBound <= x, x <= region.x.upperBound else { continue }
            var only = region
            only.x = x...x
            guard only.tokens(at: x) != nil else { continue }
            found += PlanSearch(landscape: landscape, region: only, targetLoss: target, resolution: resolution)
                .basins().prefix(1)
        }
        return found.sorted { ($0.cost, $0.x) < ($1.cost, $1.x) }
    }

    /// Refuses an optimum at the end of all that is searched.
    func bounded(_ best: Candidate) throws(PlanningError) -> Candidate {
        let widest = Region.widest
        if best.y > widest.y.upperBound - 1e-6 || best.x > widest.x.upperBound - 1e-6 {
            throw .unbounded(
                "nothing bounds this plan: the objective '\(planner.objective.identifier)' falls for ever with "
                    + (best.y > widest.y.upperBound - 1e-6 ? "more tokens" : "more parameters")
                    + "; give a compute budget, or a limit on parameters and epochs")
        }
        return best
    }

    // MARK: Describing

    func recommendation(_ candidate: Candidate) -> Recommendation {
        let parameters = Elementary.exp(candidate.x)
        let tokens = Elementary.exp(candidate.y)
        let flops = Elementary.exp(region.flops.logPerToken(candidate.x) + candidate.y)
        let run = try? TrainingRun(parameters: parameters, tokens: tokens, uniqueTokens: supply.uniqueTokens)
        return Recommendation(
            parameters: parameters, tokens: tokens, uniqueTokens: Swift.min(tokens, supply.uniqueTokens),
            epochs: tokens / supply.uniqueTokens, passesOverFiles: tokens / supply.fileTokens, flops: flops,
            budgetUsed: budget.map { Swift.min(1, flops / $0.flops) }, loss: landscape.loss(candidate.x, candidate.y),
            cost: candidate.cost,
            extrapolation: run.map { Extrapolation(of: $0, beyond: card.validity) } ?? Extrapolation())
    }

    /// The best plan at 1, 2, 4, … epochs, some doublings beyond the best plan's own.
    func frontier(around best: Candidate) throws(PlanningError) -> [FrontierPoint] {
        let epochs = Elementary.exp(best.y) / supply.uniqueTokens
        var points: [FrontierPoint] = []
        var passes = 1.0
        while passes <= Swift.max(16, epochs * 4), passes < 1e6 {
            let y = Elementary.log(passes * supply.uniqueTokens)
            guard region.y.contains(y) else { break }
            let held = varied { $1.y = y...y }
            if let point = held.search(constraints.targetLoss, landscape, .fine).first {
                points.append(
                    FrontierPoint(
                        epochs: passes, parameters: Elementary.exp(point.x), tokens: passes * supply.uniqueTokens,
                        loss: landscape.loss(point.x, y), cost: point.cost))
            }
            passes *= 2
        }
        return points
    }

    /// The central share of the ensemble that intervals hold.
    static let intervalLevel = 0.9

    /// Where loss, size and epochs lie over the law's ensemble; `nil` without one.
    ///
    /// Every member plans anew; its loss is asked at the run that is recommended.
    func intervals(
        at best: Candidate
    ) throws(PlanningError) -> (
        loss: ClosedRange<Double>, parameters: ClosedRange<Double>, epochs: ClosedRange<Double>
    )? {
        guard card.ensemble.count >= 20 else { return nil }
        var (losses, sizes, epochs): ([Double], [Double], [Double]) = ([], [], [])
        for member in try members(limit: .max) {
            let loss = member.landscape.loss(best.x, best.y)
            guard loss.isFinite, let own = try? member.basins(.coarse).first else { continue }
            losses.append(loss)
            sizes.append(Elementary.exp(own.x))
            epochs.append(Elementary.exp(own.y) / supply.uniqueTokens)
        }
        guard losses.count >= 20 else { return nil }
        return (Self.central(losses), Self.central(sizes), Self.central(epochs))
    }

    /// The question under members of the law's ensemble, evenly spread over it.
    func members(limit: Int) throws(PlanningError) -> [Question] {
        let step = Swift.max(1, (card.ensemble.count + limit / 2) / Swift.max(1, limit))
        do throws(LawError) {
            var members: [Question] = []
            for index in stride(from: 0, to: card.ensemble.count, by: limit == .max ? 1 : step) {
                let values = card.ensemble[index]
                let member = Landscape(
                    objective: try landscape.objective.with(coefficients: values),
                    law: try landscape.law.with(coefficients: values), uniqueTokens: landscape.uniqueTokens,
                    costIsLoss: landscape.costIsLoss)
                members.append(varied { landscape, _ in landscape = member })
            }
            return members
        } catch { throw .law(error) }
    }

    /// The central share of a sample, between interpolated quantiles.
    static func central(_ values: [Double]) -> ClosedRange<Double> {
        let sorted = values.sorted()
        func quantile(_ share: Double) -> Double {
            let place = share * Double(sorted.count - 1)
            let index = Int(place)
            let next = Swift.min(index + 1, sorted.count - 1)
            return sorted[index] + (place - Double(index)) * (sorted[next] - sorted[index])
        }
        return quantile((1 - intervalLevel) / 2)...quantile((1 + intervalLevel) / 2)
    }

    /// What 1 % more unique tokens and 1 % more compute would buy.
    func shadowPrices(at best: Candidate) throws(PlanningError) -> ShadowPrices {
        let more = 0.01
        let step = Elementary.log(1 + more)
        let withData = varied { landscape, region in
            landscape = Landscape(
                objective: landscape.objective, law: landscape.law, uniqueTokens: supply.uniqueTokens * (1 + more),
                costIsLoss: landscape.costIsLoss)
            if Self.mostTokens(supply, constraints) != nil {
                region.y = region.y.lowerBound...(region.y.upperBound + step)
            }
        }
        func gain(_ question: Question) throws(PlanningError) -> Double {
            // More of what is scarce never raises the cost: what is below zero is rounding.
            Swift.max(0, best.cost - (try question.basins()[0].cost))
        }
        return ShadowPrices(
            uniqueTokens: try gain(withData),
            flops: budget == nil ? nil : try gain(varied { $1.logBudget += step }))
    }
}
