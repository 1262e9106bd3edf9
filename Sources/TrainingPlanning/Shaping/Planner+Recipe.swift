import Quantities
import ScalingLaws

extension Planner {
    /// The plan with advice on weight decay, if it repeats its data.
    ///
    /// A rule gives advice only inside the range of N/U that it was fitted on.
    func advisingRecipe(for plan: Plan) -> Plan {
        let run = plan.recommended
        let rules = hyperparameterLaws.filter { $0.weightDecayFormula != nil }
        guard run.epochs > Self.fewestEpochs, !rules.isEmpty else { return plan }
        var plan = plan
        let ratio = run.parameters / run.uniqueTokens
        plan.recipes = rules.compactMap { rule in
            guard ValidityRange.extrapolation(of: ratio, beyond: rule.card.validity.parametersPerUniqueToken) == 1
            else { return nil }
            return try? rule.suggestion(
                parameters: run.parameters, tokens: run.tokens, uniqueTokens: run.uniqueTokens)
        }
        plan.warnings.append(plan.recipes.isEmpty ? Self.silence(of: rules, at: ratio) : recipeRemark(plan, ratio))
        return plan
    }

    /// Passes over the data from which a recipe for repeated data matters.
    private static var fewestEpochs: Double { 1.5 }

    private static func silence(of rules: [any HyperparameterLaw], at ratio: Double) -> PlanWarning {
        let ranges = rules.compactMap(\.card.validity.parametersPerUniqueToken)
        let range = Quantity.range(
            from: ranges.map(\.lowerBound).min() ?? 0, to: ranges.map(\.upperBound).max() ?? 0,
            { Quantity.significant($0, digits: 2) })
        return PlanWarning(
            code: "no_recipe", severity: .info,
            message: "Weight decay for repeated data was tuned at \(range) parameters a unique token; this run has "
                + "\(Quantity.significant(ratio, digits: 2)), so no value is given.",
            value: ratio)
    }

    private func recipeRemark(_ plan: Plan, _ ratio: Double) -> PlanWarning {
        let decays = plan.recipes.compactMap(\.weightDecay).sorted()
        let names = plan.recipes.map(\.law).joined(separator: ", ")
        let sizes = hyperparameterLaws.filter { $0.weightDecayFormula != nil }.compactMap(\.card.validity.parameters)
        let tuned = Quantity.range(
            from: decays.first ?? 0, to: decays.last ?? 0, { Quantity.significant($0, digits: 2) })
        let fitted = Set(plan.laws.compactMap(\.card.setup.weightDecay)).sorted()
        var message =
            "Where data repeat, a stronger weight decay pays: \(tuned) at this run's "
            + "\(Quantity.significant(ratio, digits: 2)) parameters a unique token (\(names); tuned on models of "
            + "\(Quantity.short(sizes.map(\.lowerBound).min() ?? 0)) to "
            + "\(Quantity.short(sizes.map(\.upperBound).max() ?? 0)) parameters)."
        if !fitted.isEmpty {
            let decays = fitted.map { Quantity.significant($0, digits: 2) }.joined(separator: " and ")
            message +=
                " The laws here were fitted on runs with \(decays): with the stronger one the loss kept falling with "
                + "model size on fixed data, where with \(decays) it turned up (Kim et al. 2025)."
        }
        return PlanWarning(
            code: "weight_decay", severity: .info, message: message, value: decays.last, limit: fitted.last)
    }
}
