public import ScalingLaws

/// The mixture of sources that goes with a plan, and the run that goes with the mixture.
///
/// A plan takes its unique tokens for one pool. With sources, the mixture decides how often each is read, and so how many
/// fresh tokens D training tokens are worth. Where the plan minimises the loss within a compute budget counted as 6·N·D,
/// D is sought again with the mixture inside: at each D the mixture is solved, and N is what the budget and the limits
/// leave. Else the mixture is that at the plan's own D, or at the most that the caps of the sources allow.
///
/// Only a law that takes effective data can be asked: one without repetition, or with a curve, which is then dropped.
public struct JointMixture: Sendable {
    /// N.
    public var parameters: Double

    /// D.
    public var tokens: Double

    /// The loss under the law, told the fresh tokens that the mixture is worth.
    public var loss: Double

    /// The mixture at D.
    public var allocation: MixtureAllocation

    /// Whether D was sought again with the mixture inside.
    public var isJoint: Bool

    /// Mixes the sources of a plan.
    ///
    /// - Parameters:
    ///   - plan: The plan; its supply's sources must be known.
    ///   - law: The law that the plan follows.
    ///   - curve: What repeats are worth, where the law has no curve of its own.
    ///   - method: How weights are chosen.
    ///   - pull: λ, the nats of loss that a nat of divergence from natural shares weighs.
    /// - Throws: ``PlanningError``: a law that takes no effective tokens, or caps that do not allow the plan's tokens.
    public init(
        _ plan: Plan, law: any ScalingLaw, curve: CompiledCurve, method: any MixtureMethod,
        pull: Double = NaturalPull.defaultMultiple
    ) throws(PlanningError) {
        let compiled: CompiledLaw
        let own: CompiledCurve
        do throws(LawError) {
            compiled = try law.compiled()
            own = if let curve = law.repetitionCurve { try curve.compiled() } else { curve }
        } catch { throw .law(error) }
        func answer(_ parameters: Double, _ tokens: Double) throws(PlanningError) -> JointMixture {
            let loss = try EffectiveLoss(compiled, parameters: parameters)
            let question = try MixtureQuestion(
                supply: plan.supply, tokens: tokens, curve: own, parameters: parameters,
                pull: pull > 0 ? .loss(pull, loss) : .none)
            let allocation = try method.allocation(for: question)
            return JointMixture(
                parameters: parameters, tokens: tokens,
                loss: try loss.loss(effectiveTokens: allocation.freshTokens), allocation: allocation, isJoint: false)
        }
        let run = plan.recommended
        let most = try MixtureQuestion(supply: plan.supply, tokens: run.tokens, curve: own).mostTokens
        guard plan.objective == "min-loss", plan.flopModel == FLOPModel.sixND.name, let budget = plan.budget else {
            self = try answer(run.parameters, Swift.min(run.tokens, most))
            return
        }
        // N is the largest that the budget, the limits on size and the fewest tokens a parameter allow beside D.
        let constraints = plan.constraints
        let ratio = constraints.minTokensPerParameter
        func parameters(_ tokens: Double) -> Double {
            Swift.min(
                budget.flops / (6 * tokens), ratio > 0 ? tokens / ratio : .infinity,
                constraints.mostParameters?.parameters ?? .infinity)
        }
        var highest = Swift.min(8 * run.tokens, most)
        if let epochs = constraints.maxEpochs { highest = Swift.min(highest, epochs * plan.supply.uniqueTokens) }
        var lowest = Swift.min(run.tokens, highest) / 8
        if let least = constraints.minParameters {
            highest = Swift.min(highest, budget.flops / (6 * least))
            lowest = Swift.max(lowest, ratio * least)
        }
        guard constraints.sizes.isEmpty, highest > lowest else {
            self = try answer(run.parameters, Swift.min(run.tokens, most))
            return
        }
        // The loss falls and then rises with ln D: golden sections of the interval.
        let golden = 0.6180339887498949
        var (low, high) = (Elementary.log(lowest), Elementary.log(highest))
        var left = high - golden * (high - low)
        var right = low + golden * (high - low)
        func at(_ logTokens: Double) throws(PlanningError) -> JointMixture {
            let tokens = Swift.min(Elementary.exp(logTokens), highest)
            return try answer(parameters(tokens), tokens)
        }
        var (leftAnswer, rightAnswer) = (try at(left), try at(right))
        for _ in 0..<40 where high - low > 1e-7 {
            if leftAnswer.loss <= rightAnswer.loss {
                (high, right, rightAnswer) = (right, left, leftAnswer)
                left = high - golden * (high - low)
                leftAnswer = try at(left)
            } else {
                (low, left, leftAnswer) = (left, right, rightAnswer)
                right = low + golden * (high - low)
                rightAnswer = try at(right)
            }
        }
        self = leftAnswer.loss <= rightAnswer.loss ? leftAnswer : rightAnswer
        // Where caps hold D down the end of the range is the best of it.
        let last = try at(Elementary.log(highest))
        if last.loss <= loss { self = last }
        isJoint = true
    }

    private init(
        parameters: Double, tokens: Double, loss: Double, allocation: MixtureAllocation, isJoint: Bool
    ) {
        self.parameters = parameters
        self.tokens = tokens
        self.loss = loss
        self.allocation = allocation
        self.isJoint = isJoint
    }
}
