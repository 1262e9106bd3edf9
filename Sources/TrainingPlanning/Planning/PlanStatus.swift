/// How a plan came out.
public enum PlanStatus: String, Sendable, Hashable, CaseIterable {
    /// The optimum, inside what the law was fitted on, with the budget spent and no limit in the way.
    case optimal

    /// The optimum leaves part of the budget unspent: more training would not help.
    case budgetUnspent = "budget_unspent"

    /// A limit other than the budget binds.
    case capped

    /// The optimum lies outside what the law was fitted on.
    case extrapolated

    /// No plan keeps every limit.
    case infeasible
}
