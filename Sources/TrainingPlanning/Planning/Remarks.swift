import Quantities
import ScalingLaws

/// What there is to say about a plan: its status and its warnings.
struct Remarks {
    let question: Question
    let best: Candidate
    let plan: Plan

    var recommended: Recommendation { plan.recommended }

    /// Whether a value stands at a limit.
    private func isAt(_ value: Double, _ limit: Double) -> Bool { abs(value - limit) < 1e-6 }

    /// The limits that the plan stands at, a choice of sizes and a target aside: those are kept, not met.
    private var capping: [BindingLimit] {
        question.bindingLimits(at: best).filter { $0.code != "sizes" && $0.code != "target_loss" }
    }

    private var leavesBudget: Bool { (recommended.budgetUsed ?? 1) < 0.999 && plan.constraints.targetLoss == nil }

    var status: PlanStatus {
        if !capping.isEmpty { return .capped }
        if leavesBudget { return .budgetUnspent }
        return recommended.extrapolation.largest > 1 ? .extrapolated : .optimal
    }

    /// What there is to say whatever law is followed.
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
                let chooser =
                    plan.shadowPrices.law.map { "law '\($0)' by itself" }
                    ?? (plan.law == Plan.robust ? "the plan" : "the law")
                message +=
                    " Without it \(chooser) would choose \(Quantity.short(run.parameters)) parameters, "
                    + "\(Quantity.count(run.epochs, "epoch"))"
                    + (recommended.loss == nil ? "." : ", loss \(loss(run)) instead of \(loss(recommended)).")
            }
            return PlanWarning(
                code: limit.code, severity: .warning, message: message, value: limit.value, limit: limit.limit)
        }
    }

    /// What one law would choose without a limit, where no prices were asked.
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
        let reason =
            !capping.isEmpty
            ? "the limits above leave nothing better to do with it"
            : "past this point more repeats of the same data raise the loss more than a larger run lowers it"
        return PlanWarning(
            code: "budget_unspent", severity: .warning,
            message: "The best plan spends \(Quantity.percent(used)) of the budget: \(reason).",
            value: recommended.flops, limit: budget.flops)
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
            ("unique tokens", factors.uniqueTokens, recommended.uniqueTokens, range.uniqueTokens ?? range.tokens),
            ("epochs", factors.epochs, recommended.epochs, range.epochs),
        ]
        return parts.compactMap { part in
            guard let factor = part.factor, factor > 1, let range = part.range else { return nil }
            let limit = part.value > range.upperBound ? range.upperBound : range.lowerBound
            let (side, way) = part.value > range.upperBound ? ("above", "up") : ("below", "down")
            return PlanWarning(
                code: "extrapolation", severity: .warning,
                message: "\(Quantity.short(part.value)) \(part.name) lie \(side) the \(Quantity.short(limit)) "
                    + "that law '\(question.card.identifier)' was fitted \(way) to, by a factor "
                    + "of \(Quantity.rounded(factor)).",
                value: part.value, limit: limit)
        }
    }

    private var basins: [PlanWarning] {
        var warnings: [PlanWarning] = []
        if isAt(best.y, Elementary.log(plan.supply.uniqueTokens)) {
            warnings.append(
                PlanWarning(
                    code: "one_epoch", severity: .info,
                    message: "The optimum lies at exactly one epoch, where the law has a kink: small changes of its "
                        + "coefficients leave it there.",
                    value: recommended.epochs, limit: 1))
        }
        if let other = plan.otherBasins.first {
            warnings.append(
                PlanWarning(
                    code: "other_basin", severity: .info,
                    message:
                        "There is a second local optimum at \(Quantity.short(other.parameters)) parameters and "
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
