import Quantities
import ScalingLaws

/// One question to a planner, prepared for searching: the landscape, the region, and the names of the limits.
struct Question: Sendable {
    let planner: Planner
    let law: any ScalingLaw
    let supply: DataSupply
    let budget: ComputeBudget?
    private(set) var constraints: PlanConstraints
    let terms: PlanTerms
    let card: ModelCard

    /// Tokens of the law for each of the supply.
    let tokenScale: Double

    private(set) var landscape: Landscape
    private(set) var region: Region

    /// The effective tokens of a run, for a law with a repetition curve.
    let effective: CompiledLaw?

    /// The worth of mixtures of the supply's sources, or `nil` if the supply is one pool.
    private let worths: MixedPool.Worths?

    /// Values for the further quantities that the cost reads.
    let features: [String: Double]

    /// Whether copies reach the law as a mean number of repetitions, which is this project's own rule.
    let meansRepetitions: Bool

    init(
        planner: Planner, law: any ScalingLaw, supply: DataSupply, budget: ComputeBudget?,
        constraints: PlanConstraints, terms: PlanTerms, tokenScale: Double, worths: MixedPool.Worths? = nil
    ) throws(PlanningError) {
        try constraints.validate()
        try terms.validate()
        var features = planner.features
        for (name, value) in try planner.objective.values(in: terms, constraints) { features[name] = value }
        self.planner = planner
        self.features = features
        self.law = law
        self.supply = supply
        self.budget = budget
        self.constraints = constraints
        self.terms = terms
        self.tokenScale = tokenScale
        self.worths = worths
        let asked = LawOverSupply(law, supply, tokenScale: tokenScale)
        let mixed = try worths.map { worths throws(PlanningError) in
            try MixedPool(worths, for: law)
        }
        card = asked.card
        meansRepetitions = asked.meansRepetitions
        do throws(LawError) {
            let compiled = try CompiledLaw(asked, features: planner.features)
            let flopModel = planner.flopModel.counting(law.card.setup)
            let composed = ObjectiveOverLaw(
                planner.objective, asked, trainingFLOPs: flopModel.perToken * .symbol(.tokens))
            landscape = Landscape(
                objective: try CompiledLaw(composed, features: features), law: compiled,
                uniqueTokens: supply.uniqueTokens, realShare: supply.realShare, mixed: mixed, kinks: asked.kinks,
                costIsLoss: composed.cost == asked.formula)
            effective = try asked.effectiveTokens.map { formula throws(LawError) in
                try CompiledLaw(EffectiveTokens(card: asked.card, formula: formula), features: planner.features)
            }
            let flops = try FLOPCount(flopModel)
            region = Self.region(supply, budget, constraints, flops)
        } catch {
            throw .law(error)
        }
        try checkRegion()
    }

    private init(_ other: Question, landscape: Landscape, region: Region) {
        self = other
        self.landscape = landscape
        self.region = region
    }

    /// The same question with another budget or other limits.
    func varied(_ change: (inout Landscape, inout Region) -> Void) -> Question {
        var (landscape, region) = (landscape, region)
        change(&landscape, &region)
        return Question(self, landscape: landscape, region: region)
    }

    /// The same question with other limits on the result, but the same region.
    func with(constraints: PlanConstraints) -> Question {
        var question = self
        question.constraints = constraints
        return question
    }

    /// The same question about other data, or in tokens of another size.
    ///
    /// Data of another composition are treated as one pool.
    func asked(of supply: DataSupply, tokenScale: Double? = nil) throws(PlanningError) -> Question {
        try Question(
            planner: planner, law: law, supply: supply, budget: budget, constraints: constraints, terms: terms,
            tokenScale: tokenScale ?? self.tokenScale,
            worths: supply.hasComposition(of: self.supply) ? worths : nil)
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
        let asked = constraints.maxEpochs.map { $0 * supply.tokensPerEpoch }
        switch (asked, supply.mostTokens.map { $0 / supply.realShare }) {
        case (let asked?, let listed?): return asked <= listed ? (asked, false) : (listed, true)
        case (let asked?, nil): return (asked, false)
        case (nil, let listed?): return (listed, true)
        case (nil, nil): return nil
        }
    }

    /// Refuses limits that leave no choice, and names the limit that fails.
    private func checkRegion() throws(PlanningError) {
        guard region.sizes == nil || region.tokens(at: region.x.lowerBound) == nil else { return }
        let least = Elementary.exp(region.x.lowerBound)
        let tokens = Swift.max(Elementary.exp(region.y.lowerBound), least * constraints.minTokensPerParameter)
        let smallest = Quantity.short(least) + " parameters"
        if region.y.upperBound < region.x.lowerBound + region.logRatio {
            throw .infeasible(
                "\(smallest) with at least \(Quantity.rounded(constraints.minTokensPerParameter)) tokens each "
                    + "need \(Quantity.short(tokens)) training tokens, but the cap on epochs allows "
                    + "\(Quantity.short(Elementary.exp(region.y.upperBound))): raise it to "
                    + "\(Quantity.count(tokens / supply.tokensPerEpoch, "epoch")) or allow a smaller model",
                nearest: tokens / supply.tokensPerEpoch)
        }
        let needed = Elementary.exp(region.flops.logPerToken(region.x.lowerBound)) * tokens
        throw .infeasible(
            "the budget of \(Quantity.flops(budget?.flops ?? 0)) FLOPs is too small: \(smallest) on "
                + "\(Quantity.short(tokens)) tokens take \(Quantity.flops(needed))",
            nearest: needed)
    }

    /// Refuses a choice of sizes if the other limits allow none of them.
    private func checkSizes() throws(PlanningError) {
        let allowed = region.sizes ?? region.x
        let isFeasible = { (x: Double) in
            region.x.contains(x) && allowed.contains(x) && region.tokens(at: x) != nil
        }
        guard !constraints.sizes.contains(where: { isFeasible(Elementary.log($0)) }) else { return }
        let nearest = constraints.sizes.map { size in
            Elementary.exp(Swift.min(Swift.max(Elementary.log(size), allowed.lowerBound), allowed.upperBound))
        }
        .min { abs(Elementary.log($0 / constraints.sizes[0])) < abs(Elementary.log($1 / constraints.sizes[0])) }
        throw .infeasible(
            "none of the sizes \(constraints.sizes.map { Quantity.short($0) }.joined(separator: ", ")) is allowed by the "
                + "budget and the other limits: they allow \(Quantity.short(Elementary.exp(allowed.lowerBound))) to "
                + "\(Quantity.short(Elementary.exp(allowed.upperBound))) parameters",
            nearest: nearest)
    }

    // MARK: Searching

    /// The local optima, the best first; at least one.
    func basins(_ resolution: PlanSearch.Resolution = .fine) throws(PlanningError) -> [Candidate] {
        let found = search(constraints.targetLoss, landscape, resolution)
        if !found.isEmpty { return found }
        if !constraints.sizes.isEmpty { try checkSizes() }
        guard let target = constraints.targetLoss else {
            // Names the value that is not finite, rather than reporting that there is no plan.
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
        let lowest = lowest(nil, landscape.lossAlone, resolution)?.cost
        let reachable = lowest.map { ($0 * 1e6).rounded(.up) / 1e6 }
        throw .infeasible(
            "a loss of \(Quantity.rounded(target, digits: 6)) cannot be reached under law '\(card.identifier)' "
                + "with \(Quantity.short(supply.uniqueTokens)) unique tokens"
                + (budget.map { " and \(Quantity.flops($0.flops)) FLOPs" } ?? "")
                + (reachable.map { "; the lowest within reach is \(Quantity.rounded($0, digits: 7))" } ?? "")
                + ": raise the target, or allow more data, compute or parameters",
            nearest: reachable)
    }

    /// The run of lowest loss within the limits, whatever its cost; `nil` if there is none.
    func lowestLoss(_ resolution: PlanSearch.Resolution = .medium) -> Candidate? {
        lowest(nil, landscape.lossAlone, resolution)
    }

    /// Only the best plan, or `nil` if there is none.
    func lowest(_ resolution: PlanSearch.Resolution = .medium) -> Candidate? {
        lowest(constraints.targetLoss, landscape, resolution)
    }

    private func lowest(
        _ target: Double?, _ landscape: Landscape, _ resolution: PlanSearch.Resolution
    ) -> Candidate? {
        guard constraints.sizes.isEmpty else { return search(target, landscape, resolution).first }
        let found = PlanSearch(
            landscape: landscape.onePool, region: region, targetLoss: target, resolution: resolution
        ).lowest()
        return found.map { mixing($0, landscape) }
    }

    /// The optimum near one that was found with the supply as one pool.
    private func mixing(_ candidate: Candidate, _ landscape: Landscape) -> Candidate {
        guard landscape.mixed != nil else { return candidate }
        let search = RunSearch(
            region: region, kinks: landscape.kinks, sizes: constraints.sizes.isEmpty ? [] : [candidate.x])
        let start = RunSearch.Place(x: candidate.x, y: candidate.y)
        return search.descent(from: start, tolerance: 1e-7) { landscape.cost($0, $1) }
            ?? Candidate(x: candidate.x, y: candidate.y, cost: landscape.cost(candidate.x, candidate.y))
    }

    private func search(
        _ target: Double?, _ landscape: Landscape, _ resolution: PlanSearch.Resolution
    ) -> [Candidate] {
        guard !constraints.sizes.isEmpty else {
            let pool = landscape.onePool
            let basins = PlanSearch(landscape: pool, region: region, targetLoss: target, resolution: resolution)
                .basins()
            guard landscape.mixed != nil else { return basins }
            var mixed: [Candidate] = []
            for basin in basins.map({ mixing($0, landscape) }).sorted(by: { $0.cost < $1.cost })
            where !mixed.contains(where: { $0.isClose(to: basin, within: 1e-3) }) { mixed.append(basin) }
            return mixed
        }
        var found: [Candidate] = []
        for size in constraints.sizes {
            let x = Elementary.log(size)
            guard region.x.lowerBound <= x, x <= region.x.upperBound else { continue }
            var only = region
            only.x = x...x
            guard only.tokens(at: x) != nil else { continue }
            let search = PlanSearch(
                landscape: landscape.onePool, region: only, targetLoss: target, resolution: resolution)
            if let lowest = search.lowest() { found.append(mixing(lowest, landscape)) }
        }
        return found.sorted { ($0.cost, $0.x) < ($1.cost, $1.x) }
    }

    /// Refuses an optimum at the end of all that is searched.
    func bounded(_ best: Candidate) throws(PlanningError) -> Candidate {
        let widest = Region.widest
        if best.y > widest.y.upperBound - 1e-6 || best.x > widest.x.upperBound - 1e-6 {
            if let budget {
                throw .unbounded(
                    "with \(Quantity.flops(budget.flops)) FLOPs the best plan under law '\(card.identifier)' has more "
                        + (best.y > widest.y.upperBound - 1e-6
                            ? "than \(Quantity.short(Elementary.exp(widest.y.upperBound))) tokens"
                            : "than \(Quantity.short(Elementary.exp(widest.x.upperBound))) parameters")
                        + ", where the search ends: give a budget that somebody could spend")
            }
            throw .unbounded(
                "nothing bounds this plan: the objective '\(planner.objective.identifier)' falls for ever with "
                    + (best.y > widest.y.upperBound - 1e-6 ? "more tokens" : "more parameters")
                    + "; give a compute budget, or a limit on parameters and epochs")
        }
        return best
    }

    /// The cheapest run that is as good as the best one, except for rounding, if the best one spends the whole budget.
    ///
    /// Under a law in which repeats become worthless but do not harm, losses far out are equal to the last digits, so
    /// chance decides which of them is lowest.
    func sparing(_ best: Candidate) -> Candidate {
        guard budget != nil, constraints.targetLoss == nil, landscape.costIsLoss,
            logFLOPs(best) > region.logBudget - 1e-6
        else { return best }
        let most = best.cost + abs(best.cost) * 1e-13
        func within(_ logBudget: Double) -> Candidate? {
            guard let found = varied({ $1.logBudget = logBudget }).lowest(.coarse), found.cost <= most else {
                return nil
            }
            return found
        }
        var high = region.logBudget - 1e-3
        guard var found = within(high) else { return best }
        var step = 0.5
        while let cheaper = within(high - step) {
            (high, found) = (high - step, cheaper)
            step *= 2
        }
        var low = high - step
        while high - low > 1e-6 {
            let middle = (low + high) / 2
            if let cheaper = within(middle) { (high, found) = (middle, cheaper) } else { low = middle }
        }
        return found
    }

    // MARK: Describing

    /// ln of a run's training compute.
    func logFLOPs(_ run: Candidate) -> Double { region.flops.logPerToken(run.x) + run.y }

    func recommendation(_ candidate: Candidate) -> Recommendation {
        var parameters = Elementary.exp(candidate.x)
        let limits =
            constraints.sizes + [constraints.mostParameters?.parameters, constraints.minParameters].compactMap { $0 }
        // The requested size, not the exponential of its logarithm.
        if let limit = limits.first(where: { abs($0 / parameters - 1) < 1e-13 }) { parameters = limit }
        let tokens = Elementary.exp(candidate.y)
        let flops = Elementary.exp(logFLOPs(candidate))
        // The law's range counts in the law's own tokens.
        let run = try? TrainingRun(
            parameters: parameters, tokens: tokens * tokenScale, uniqueTokens: supply.uniqueTokens * tokenScale)
        let used = supply.copies.reduce(0) { sum, bucket in
            sum + bucket.uniqueTokens * Swift.min(1, bucket.copies * tokens / supply.tokensPerPass)
        }
        return Recommendation(
            parameters: parameters, tokens: tokens,
            uniqueTokens: supply.copies.isEmpty ? Swift.min(tokens * supply.realShare, supply.uniqueTokens) : used,
            epochs: tokens / supply.tokensPerEpoch, passesOverFiles: tokens / supply.tokensPerPass, flops: flops,
            budgetUsed: budget.map { Swift.min(1, flops / $0.flops) }, loss: landscape.loss(candidate.x, candidate.y),
            cost: candidate.cost,
            extrapolation: run.map { Extrapolation(of: $0, beyond: card.validity) } ?? Extrapolation(),
            effectiveTokens: try? effective?.loss(
                parameters: parameters, tokens: tokens, uniqueTokens: supply.uniqueTokens),
            lawTokens: tokenScale == 1 ? nil : tokens * tokenScale)
    }
}
