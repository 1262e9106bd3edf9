import Quantities
import ScalingLaws

extension Remarks {
    /// The cost of copies that stay in the files, and how the law counts them.
    var copies: [PlanWarning] {
        guard plan.supply.treatment == .asIs else { return [] }
        var warnings: [PlanWarning] = []
        if let clean = plan.supply.withoutCopies, let asked = try? question.asked(of: clean), let best = asked.lowest()
        {
            let run = asked.recommendation(best)
            var message = ""
            if let worth = recommended.effectiveTokens {
                message =
                    "With copies in the files, \(Quantity.short(recommended.tokens)) training tokens are worth "
                    + "\(Quantity.short(worth)) fresh ones. "
            }
            message +=
                "With copies removed (--as dedup) the law would choose \(Quantity.count(run.parameters, "parameter")) "
                + "and \(Quantity.count(run.epochs, "epoch")), loss "
                + "\(run.loss.map { Quantity.rounded($0, digits: 5) } ?? "unknown") instead of "
                + "\(recommended.loss.map { Quantity.rounded($0, digits: 5) } ?? "unknown")."
            warnings.append(
                PlanWarning(
                    code: "copies_stay", severity: .info, message: message, value: recommended.cost, limit: best.cost))
        }
        if question.meansRepetitions {
            warnings.append(
                PlanWarning(
                    code: "mean_repetitions", severity: .info,
                    message:
                        "Law '\(question.card.identifier)' sees copies as the mean number of repeats over the training "
                        + "tokens: this project's own rule, not tested on runs."))
        }
        return warnings
    }

    /// How much the plan depends on the size of the law's tokens.
    var tokenizer: [PlanWarning] {
        let other = plan.tokenSensitivity
        guard let fewer = other.first, let more = other.last, other.count == 2 else { return [] }
        let unknown =
            plan.supply.bytesPerToken == nil
            ? "The bytes per token of these data are not known" : "The bytes per token behind the law are not known"
        return [
            PlanWarning(
                code: "tokenizer", severity: .warning,
                message: unknown + ". The law's tokens may be others: if one of these data were 0.75 or 1.25 of the "
                    + "law's, it would choose \(Quantity.short(fewer.parameters)) or "
                    + "\(Quantity.count(more.parameters, "parameter"))"
                    + (plan.supply.isAmple
                        ? ". "
                        : " and \(Quantity.short(fewer.epochs)) or \(Quantity.count(more.epochs, "epoch")). ")
                    + "--bytes-per-token and --law-bytes-per-token, or a law fitted to your own runs, settle it.")
        ]
    }
}
