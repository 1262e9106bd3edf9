import CorpusAudit
import DataMixing
import Quantities
import TrainingPlanning

extension PlanRequest {
    /// What the plan would be with the other end of the unique tokens: without near copies, or with them.
    ///
    /// - Parameters:
    ///   - plan: The plan.
    ///   - file: The audit.
    ///   - replan: Plans with another supply.
    /// - Returns: A warning, where the audit knows near copies and the two ends differ.
    /// - Throws: What the supply throws; a plan that is not feasible is told as such.
    func otherEnd(
        of plan: Plan, _ file: SupplyFile?, _ replan: (DataSupply) throws -> Plan
    ) throws -> [PlanWarning] {
        guard file?.audit?.nearDuplicates != nil, supply.treatment == .dedup else { return [] }
        var request = supply
        request.unique = supply.unique == .exact ? .near : .exact
        let other = try request.supply(file)
        guard other.uniqueTokens != plan.supply.uniqueTokens else { return [] }
        let tokens = Quantity.short(other.uniqueTokens)
        let start =
            request.unique == .near
            ? "Without near copies \(tokens) est. of \(Quantity.short(plan.supply.uniqueTokens)) unique tokens are left"
            : "With near copies there are \(tokens) unique tokens instead of \(Quantity.short(plan.supply.uniqueTokens)) est."
        let advice: String
        do {
            let run = try replan(other).recommended
            advice =
                "the best plan is then \(Quantity.short(run.parameters)) parameters on \(Quantity.short(run.tokens)) "
                + "tokens, \(Quantity.count(run.epochs, "epoch"))"
        } catch let error as PlanningError {
            advice = "no plan is feasible then (\(error))"
        }
        return [
            PlanWarning(
                code: "near_duplicates", severity: .warning,
                message: "\(start): \(advice) (--unique \(request.unique.rawValue)).", value: other.uniqueTokens)
        ]
    }
}
