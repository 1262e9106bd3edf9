import Quantities
import ScalingLaws

/// The status and the warnings of a plan.
struct Remarks {
    let question: Question
    let best: Candidate
    let plan: Plan

    var recommended: Recommendation { plan.recommended }

    /// Whether a value is at a limit.
    private func isAt(_ value: Double, _ limit: Double) -> Bool { abs(value - limit) < 1e-6 }

    /// The limits that bind the plan, without a choice of sizes and a target, which every plan keeps.
    private var capping: [BindingLimit] {
        question.bindingLimits(at: best).filter { $0.code != "sizes" && $0.code != "target_loss" }
    }

    private var leavesBudget: Bool { (recommended.budgetUsed ?? 1) < 0.999 && plan.constraints.targetLoss == nil }

    /// All reasons why the plan is not the optimum inside the range that the laws were fitted on, binding limits first;
    /// only `optimal` if there is none.
    var statuses: [PlanStatus] {
        var found: [PlanStatus] = []
        if !capping.isEmpty { found.append(.capped) }
        if leavesBudget { found.append(.budgetUnspent) }
        if plan.families.contains(where: { $0.missedBy != nil }) { found.append(.targetDisputed) }
        if plan.extrapolatedWeight > Plan.negligibleWeight { found.append(.extrapolated) }
        return found.isEmpty ? [.optimal] : found
    }

    /// The warnings that apply whatever law is followed.
    var limitWarnings: [PlanWarning] { limits + [unspent].compactMap { $0 } }

    var warnings: [PlanWarning] {
        let all =
            limits + [unspent].compactMap { $0 } + repetition + extrapolation + tokenizer + copies + basins + lawRemarks
        return all.filter { $0.severity == .warning } + all.filter { $0.severity == .info }
    }

    // MARK: Limits

    private var limits: [PlanWarning] {
        capping.map { limit in
            var message = limit.name.prefix(1).uppercased() + limit.name.dropFirst() + " binds."
            let price = plan.shadowPrices.limits.first { $0.code == limit.code }
            if let run = price?.lifted ?? lifted(limit) {
                let chooser = plan.law == Plan.robust ? "the plan" : "the law"
                message +=
                    " Without it \(chooser) would choose \(Quantity.count(run.parameters, "parameter"))"
                    + (plan.supply.isAmple ? "" : ", \(Quantity.count(run.epochs, "epoch"))")
                    + (recommended.loss == nil ? "." : ", loss \(loss(run)) instead of \(loss(recommended)).")
            }
            return PlanWarning(
                code: limit.code, severity: .warning, message: message, value: limit.value, limit: limit.limit)
        }
    }

    /// The run that one law would choose without a limit, if no prices were computed.
    private func lifted(_ limit: BindingLimit) -> Recommendation? {
        guard plan.law != Plan.robust, let lifted = limit.lifted, let free = lifted.lowest(),
            (try? lifted.bounded(free)) != nil
        else { return nil }
        return lifted.recommendation(free)
    }

    private func loss(_ run: Recommendation) -> String {
        run.loss.map { Quantity.rounded($0, digits: 5) } ?? "unknown"
    }

    private var unspent: PlanWarning? {
        guard leavesBudget, let used = recommended.budgetUsed, let budget = plan.budget else { return nil }
        let reason = capping.isEmpty ? whyUnspent : "the limits above leave nothing better to do with it"
        return PlanWarning(
            code: "budget_unspent", severity: .warning,
            message: "The best plan spends \(Quantity.percent(used)) of the budget: \(reason).",
            value: recommended.flops, limit: budget.flops)
    }

    /// The reason why more compute is not spent, from the frontier: the effect of twice the epochs.
    private var whyUnspent: String {
        let beyond = plan.frontier.first { $0.epochs > recommended.epochs * 1.5 }
        guard let beyond else { return "more of it buys nothing within these limits" }
        let rise = beyond.cost - recommended.cost
        let amount =
            plan.costIsExcess
            ? Quantity.percentAbove(rise)
            : Quantity.amount(rise, in: plan.costUnit)
        if rise > 1e-6 * Swift.max(abs(recommended.cost), plan.costIsExcess ? 0.01 : 0) {
            let what = plan.costIsExcess ? "the expected excess by" : "what is minimised by"
            return "\(Quantity.count(beyond.epochs, "epoch")) with the best size for them would raise \(what) \(amount)"
        }
        return plan.costIsExcess
            ? "twice the compute would lower the expected loss by less than "
                + Quantity.percentBelow(DecisionRule.thrift * Elementary.log(2))
            : "more repeats of the same data are worth next to nothing under the law, and none raises the loss"
    }

    // MARK: Law

    private var repetition: [PlanWarning] {
        guard best.y > (question.landscape.kinks.first ?? .infinity) + 1e-9 else { return [] }
        switch question.card.repetition {
        case .none:
            return [
                PlanWarning(
                    code: "repetition_not_modelled", severity: .warning,
                    message: "Law '\(plan.law)' counts repeated tokens like fresh ones, but this plan passes "
                        + "\(Quantity.count(recommended.epochs, "time")) over the data: it is too optimistic. "
                        + "Choose a law that models repetition.",
                    value: recommended.epochs, limit: 1)
            ]
        case .curve, .penalty: return []
        }
    }

    private var extrapolation: [PlanWarning] {
        let factors = recommended.extrapolation
        let range = question.card.validity
        let parts: [(name: String, factor: Double?, value: Double, range: ClosedRange<Double>?)] = [
            ("training compute", factors.flops, recommended.flops, range.compute),
            ("parameters", factors.parameters, recommended.parameters, range.parameters),
            ("training tokens", factors.tokens, recommended.tokens, range.tokens),
            ("unique tokens", factors.uniqueTokens, recommended.uniqueTokens, range.uniqueTokens ?? range.tokens),
            ("epochs", factors.epochs, recommended.epochs, range.epochs),
            (
                "tokens per parameter", factors.tokensPerParameter, recommended.tokensPerParameter,
                range.tokensPerParameter
            ),
        ]
        if !factors.isKnown {
            return [
                PlanWarning(
                    code: "unknown_range", severity: .warning,
                    message:
                        "Law '\(question.card.identifier)' does not state which sizes or compute it was fitted on: "
                        + "whether this run is inside is unknown.")
            ]
        }
        return parts.compactMap { part in
            guard let factor = part.factor, factor > 1, let range = part.range else { return nil }
            let limit = part.value > range.upperBound ? range.upperBound : range.lowerBound
            let (side, way) = part.value > range.upperBound ? ("above", "up") : ("below", "down")
            return PlanWarning(
                code: "extrapolation", severity: .warning,
                message: "\(Quantity.short(part.value)) \(part.name) are \(side) the \(Quantity.short(limit)) "
                    + "that law '\(question.card.identifier)' was fitted \(way) to, by a factor "
                    + "of \(Quantity.rounded(factor)).",
                value: part.value, limit: limit)
        }
    }

    private var basins: [PlanWarning] {
        var warnings: [PlanWarning] = []
        if isAt(best.y, Elementary.log(plan.supply.tokensPerEpoch)) {
            warnings.append(
                PlanWarning(
                    code: "one_epoch", severity: .info,
                    message: "The optimum is at exactly one epoch, where the law has a kink: small changes of its "
                        + "coefficients leave it there.",
                    value: recommended.epochs, limit: 1))
        }
        if let other = plan.otherBasins.first {
            warnings.append(
                PlanWarning(
                    code: "other_basin", severity: .info,
                    message:
                        "There is a second local optimum at \(Quantity.count(other.parameters, "parameter")) and "
                        + "\(Quantity.count(other.epochs, "epoch")), loss \(loss(other)) against "
                        + "\(loss(recommended)).",
                    value: other.cost, limit: recommended.cost))
        }
        return warnings
    }

    private var lawRemarks: [PlanWarning] {
        let card = question.card
        var warnings = card.warnings.map {
            PlanWarning(code: "law", severity: .info, message: "Law '\(card.identifier)': \($0)")
        }
        switch card.provenance.kind {
        case .refitHere:
            warnings.append(
                PlanWarning(
                    code: "refit_here", severity: .info,
                    message: "The constants of law '\(card.identifier)' are refit here: \(card.provenance.source)."))
        case .published, .user: break
        }
        if card.provenance.kind != .user {
            let corpus = card.setup.corpus.map { " (\($0))" } ?? ""
            warnings.append(
                PlanWarning(
                    code: "law_corpus", severity: .info,
                    message: "The loss is that of the law's own corpus\(corpus) and tokenizer, no forecast for yours: "
                        + "fit a law to your own runs for that."))
        }
        return warnings
    }
}
