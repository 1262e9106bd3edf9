/// How a plan came out.
public enum PlanStatus: String, Sendable, Hashable, CaseIterable {
    /// The optimum, inside the range that the law was fitted on, with the budget spent and no binding limit.
    case optimal

    /// The optimum leaves part of the budget unspent: more training would not help.
    case budgetUnspent = "budget_unspent"

    /// A limit other than the budget binds.
    case capped

    /// The optimum is outside the range that the law was fitted on.
    case extrapolated

    /// The run reaches the target loss in the mean of the families, and under some of them it does not.
    case targetDisputed = "target_disputed"

    /// No plan keeps every limit.
    case infeasible
}
