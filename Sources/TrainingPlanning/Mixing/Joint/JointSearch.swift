import ScalingLaws

/// The search for N and D with the mixture inside.
struct JointSearch {
    private let plan: Plan
    private let law: CompiledLaw
    private let ownCurve: CompiledCurve?
    private let path: MixturePath
    private let tokenScale: Double
    private let flops: FLOPCount
    /// The objective over N and D, its loss a coefficient.
    private let objective: CompiledLaw
    /// The most tokens that the caps of the sources allow.
    private var most: Double { path.mostTokens }

    init(
        _ plan: Plan, planner: Planner, law: any ScalingLaw, curve: CompiledCurve, method: any MixtureMethod,
        pull: NaturalPull
    ) throws(PlanningError) {
        self.plan = plan
        let run = plan.recommended
        tokenScale = (run.lawTokens ?? run.tokens) / run.tokens
        let count = planner.flopModel.counting(law.card.setup)
        let values = try planner.objective.values(in: plan.terms, plan.constraints)
        do throws(LawError) {
            self.law = try CompiledLaw(law, features: planner.features)
            ownCurve = try law.ownCurve()
            flops = try FLOPCount(count)
            objective = try CompiledLaw(
                CostOfLoss(planner.objective, trainingFLOPs: count.perToken * .symbol(.tokens)), coefficients: [1],
                features: values)
        } catch { throw .law(error) }
        path = MixturePath(
            try MixtureQuestion(
                supply: plan.supply, tokens: run.tokens, curve: ownCurve ?? curve, parameters: run.parameters,
                pull: pull), method: method)
    }

    // MARK: Runs

    private func loss(_ parameters: Double, _ worth: MixtureWorth) throws(PlanningError) -> Double {
        try MixtureForecast(law, parameters: parameters, tokenScale: tokenScale, curve: ownCurve).loss(worth: worth)
    }

    private func cost(_ parameters: Double, _ tokens: Double, loss: Double) -> Double? {
        do throws(LawError) {
            return try objective.with(coefficients: [loss]).loss(parameters: parameters, tokens: tokens)
        } catch { return nil }
    }

    private func answer(_ parameters: Double, _ tokens: Double, isJoint: Bool) throws(PlanningError) -> JointMixture {
        let allocation = try path.allocation(tokens: tokens)
        let loss = try loss(parameters, allocation.worth)
        return JointMixture(
            parameters: parameters, tokens: tokens, loss: loss, cost: cost(parameters, tokens, loss: loss),
            allocation: allocation, isJoint: isJoint)
    }

    /// The mixture at the plan's own N and D, or at the most tokens that the caps allow.
    func atThePlansOwn() throws(PlanningError) -> JointMixture {
        try answer(plan.recommended.parameters, Swift.min(plan.recommended.tokens, most), isJoint: false)
    }

    // MARK: Searching

    /// How far from the plan's own N and D runs are sought.
    private static let tokenReach = 8.0
    private static let parameterReach = 64.0

    /// The best run, or `nil` where none keeps every limit.
    func found() throws(PlanningError) -> JointMixture? {
        let run = plan.recommended
        var highest = Swift.min(Self.tokenReach * run.tokens, most)
        if let epochs = plan.constraints.maxEpochs { highest = Swift.min(highest, epochs * plan.supply.uniqueTokens) }
        let lowest = Swift.min(run.tokens, highest) / Self.tokenReach
        var failure: PlanningError?
        var best: (parameters: Double, tokens: Double, cost: Double)?
        func costAt(_ y: Double) -> Double {
            guard failure == nil else { return .infinity }
            // What the logarithm's rounding would take past the last token stands at it.
            let tokens = Swift.min(Elementary.exp(y), highest)
            do throws(PlanningError) {
                guard let (parameters, cost) = try size(beside: tokens) else { return .infinity }
                if cost < best?.cost ?? .infinity { best = (parameters, tokens, cost) }
                return cost
            } catch {
                failure = error
                return .infinity
            }
        }
        let search = LineSearch(value: costAt, slope: { _ in nil })
        _ = search.minima(Elementary.log(lowest), Elementary.log(highest), spacing: 0.12)
        // Of sizes that are given, each is best where the budget ends, or the tokens.
        for size in plan.constraints.sizes {
            guard let budget = plan.budget else { continue }
            let tokens = budget.flops / Elementary.exp(flops.logPerToken(Elementary.log(size)))
            if tokens > lowest, tokens < highest { _ = costAt(Elementary.log(tokens)) }
        }
        if let failure { throw failure }
        guard let best else { return nil }
        return try answer(best.parameters, best.tokens, isJoint: true)
    }

    /// The best N beside D, and what the run costs; `nil` where none keeps every limit.
    private func size(beside tokens: Double) throws(PlanningError) -> (parameters: Double, cost: Double)? {
        let constraints = plan.constraints
        var largest = plan.recommended.parameters * Self.parameterReach
        if let most = constraints.mostParameters?.parameters { largest = Swift.min(largest, most) }
        if constraints.minTokensPerParameter > 0 {
            largest = Swift.min(largest, tokens / constraints.minTokensPerParameter)
        }
        let smallest = Swift.max(
            constraints.minParameters ?? 0, plan.recommended.parameters / Self.parameterReach)
        if let budget = plan.budget {
            let range = Elementary.log(smallest) - 1...Swift.max(Elementary.log(largest), Elementary.log(smallest)) + 1
            largest = Swift.min(
                largest,
                Elementary.exp(flops.logParameters(perToken: Elementary.log(budget.flops / tokens), within: range)))
        }
        guard largest >= smallest else { return nil }
        return size(beside: tokens, try path.worth(tokens: tokens), smallest...largest)
    }

    /// The best N in a range beside D tokens that are mixed so.
    private func size(
        beside tokens: Double, _ worth: MixtureWorth, _ range: ClosedRange<Double>
    ) -> (parameters: Double, cost: Double)? {
        let target = plan.constraints.targetLoss ?? .infinity
        func cost(_ parameters: Double) -> Double {
            guard let loss = try? loss(parameters, worth),
                loss <= target,
                let cost = self.cost(parameters, tokens, loss: loss)
            else { return .infinity }
            return cost
        }
        guard plan.constraints.sizes.isEmpty else {
            let costs = plan.constraints.sizes.filter { range.contains($0) }.map { ($0, cost($0)) }
            return costs.min { $0.1 < $1.1 }.flatMap { $0.1 < .infinity ? $0 : nil }
        }
        // The ends as they are, not through a logarithm and back.
        func at(_ x: Double) -> Double {
            Swift.min(Swift.max(Elementary.exp(x), range.lowerBound), range.upperBound)
        }
        let (low, high) = (Elementary.log(range.lowerBound), Elementary.log(range.upperBound))
        let search = LineSearch(value: { cost($0 >= high ? range.upperBound : at($0)) }, slope: { _ in nil })
        var best: (parameters: Double, cost: Double)?
        for x in search.minima(low, high, spacing: 0.35) {
            let parameters = x >= high ? range.upperBound : at(x)
            let value = cost(parameters)
            if value < best?.cost ?? .infinity { best = (parameters, value) }
        }
        return best
    }

    /// An objective over N, D and a loss that is put in as a coefficient.
    private struct CostOfLoss: ScalingLaw {
        let card: ModelCard
        private let cost: Formula

        init(_ objective: any PlanningObjective, trainingFLOPs: Formula) {
            card = ModelCard(
                identifier: objective.identifier, summary: objective.summary, coefficients: [Coefficient("loss")],
                provenance: Provenance(kind: .user, source: "the plan's objective"))
            cost = objective.cost(of: ObjectiveSymbols())
                .replacing(ObjectiveSymbols.trainingFLOPsFeature, by: trainingFLOPs)
                .replacing(ObjectiveSymbols.lossFeature, by: CoefficientSymbols()["loss"])
        }

        func loss(of run: RunSymbols, _ c: CoefficientSymbols) -> Formula { cost }
    }
}
