import Quantities
import ScalingLaws

/// A limit that a plan is at, and the questions without it and with a little more room.
struct BindingLimit {
    var code: String
    var name: String

    /// The plan's own value.
    var value: Double

    var limit: Double

    /// The question with 1 % more room, or `nil` if that has no meaning.
    var relaxed: Question?

    /// The question without the limit, or `nil` if nothing else would bound the plan.
    var lifted: Question?
}

extension Question {
    /// The limits other than the budget that a plan is at.
    func bindingLimits(at best: Candidate) -> [BindingLimit] {
        func isAt(_ value: Double, _ limit: Double) -> Bool { abs(value - limit) < 1e-6 }
        let run = recommendation(best)
        let step = Elementary.log(1.01)
        let widest = Region.widest
        var limits: [BindingLimit] = []
        if Self.mostTokens(supply, constraints) != nil, isAt(best.y, region.y.upperBound) {
            let limit = Elementary.exp(region.y.upperBound) / supply.tokensPerEpoch
            limits.append(
                BindingLimit(
                    code: "max_epochs", name: "the cap of \(Quantity.count(limit, "epoch"))",
                    value: run.epochs, limit: limit,
                    relaxed: varied { $1.y = $1.y.lowerBound...($1.y.upperBound + step) },
                    lifted: varied { $1.y = $1.y.lowerBound...widest.y.upperBound }))
        }
        if !constraints.sizes.isEmpty {
            let names = constraints.sizes.map { Quantity.short($0) }.joined(separator: ", ")
            limits.append(
                BindingLimit(
                    code: "sizes", name: "the choice of sizes (\(names))", value: run.parameters, limit: run.parameters,
                    relaxed: nil, lifted: withAnySize))
        }
        if let limit = constraints.mostParameters, constraints.sizes.isEmpty, isAt(best.x, region.x.upperBound) {
            limits.append(
                BindingLimit(
                    code: limit.code, name: limit.name, value: run.parameters, limit: limit.parameters,
                    relaxed: varied { $1.x = $1.x.lowerBound...($1.x.upperBound + step) },
                    lifted: varied { $1.x = $1.x.lowerBound...widest.x.upperBound }))
        }
        if let limit = constraints.minParameters, constraints.sizes.isEmpty, isAt(best.x, region.x.lowerBound) {
            limits.append(
                BindingLimit(
                    code: "min_parameters", name: "the limit of at least \(Quantity.short(limit)) parameters",
                    value: run.parameters, limit: limit,
                    relaxed: varied { $1.x = ($1.x.lowerBound - step)...$1.x.upperBound },
                    lifted: varied { $1.x = widest.x.lowerBound...$1.x.upperBound }))
        }
        if isAt(best.y - best.x, region.logRatio) {
            let limit = constraints.minTokensPerParameter
            limits.append(
                BindingLimit(
                    code: "min_tokens_per_parameter",
                    name: "the limit of at least \(Quantity.rounded(limit)) tokens per parameter",
                    value: run.tokensPerParameter, limit: limit,
                    relaxed: varied { $1.logRatio -= step }, lifted: varied { $1.logRatio = -.infinity }))
        }
        if let target = constraints.targetLoss, !landscape.costIsLoss, abs((run.loss ?? 0) - target) < 1e-6 * target {
            var relaxed = constraints
            relaxed.targetLoss = target * 1.01
            limits.append(
                BindingLimit(
                    code: "target_loss", name: "the target loss of \(Quantity.rounded(target, digits: 5))",
                    value: run.loss ?? target, limit: target, relaxed: with(constraints: relaxed), lifted: nil))
        }
        return limits
    }

    private var withAnySize: Question {
        var free = constraints
        free.sizes = []
        return with(constraints: free)
    }
}
