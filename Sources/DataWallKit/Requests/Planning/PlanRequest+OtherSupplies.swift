import CorpusAudit
import DataMixing
import Quantities
import TrainingPlanning

extension PlanRequest {
    /// Plans with the other counts of unique tokens in the audit: without near copies, or with them; without documents
    /// that contain items of evaluation sets, or with them.
    ///
    /// - Parameters:
    ///   - plan: The plan.
    ///   - file: The audit.
    ///   - replan: Plans with another supply.
    /// - Returns: A warning for each supply that differs; it also says if that plan is not feasible.
    /// - Throws: The errors of making the supply.
    func otherSupplies(
        of plan: Plan, _ file: SupplyFile?, _ replan: (DataSupply) throws -> Plan
    ) throws -> [PlanWarning] {
        guard let audit = file?.audit, supply.treatment == .dedup else { return [] }
        let mark = supply.unique == .near ? " est." : ""
        let now = "\(Quantity.short(plan.supply.uniqueTokens))\(mark)"
        var warnings: [PlanWarning] = []
        if audit.nearDuplicates != nil {
            var other = supply
            other.unique = supply.unique == .exact ? .near : .exact
            warnings += try warning("near_duplicates", other, file, plan, replan) { tokens in
                other.unique == .near
                    ? "Without near copies \(tokens) est. of \(now) unique tokens are left"
                    : "With near copies there are \(tokens) unique tokens instead of \(now)"
            } option: {
                "--unique \(other.unique.rawValue)"
            }
        }
        if audit.contamination != nil {
            var other = supply
            other.leavesOutContaminated.toggle()
            warnings += try warning("contamination", other, file, plan, replan) { tokens in
                other.leavesOutContaminated
                    ? "Without contaminated documents \(tokens)\(mark) of \(now) unique tokens are left"
                    : "With contaminated documents there are \(tokens)\(mark) unique tokens instead of \(now)"
            } option: {
                other.leavesOutContaminated ? "--without-contaminated" : "leave out --without-contaminated"
            }
        }
        return warnings
    }

    private func warning(
        _ code: String, _ request: SupplyRequest, _ file: SupplyFile?, _ plan: Plan,
        _ replan: (DataSupply) throws -> Plan, start: (String) -> String, option: () -> String
    ) throws -> [PlanWarning] {
        let other: DataSupply
        do { other = try request.supply(file) } catch let error as MixtureError {
            guard request.leavesOutContaminated else { throw error }
            // If every document is contaminated, nothing is left.
            return [
                PlanWarning(code: code, severity: .warning, message: "\(start("0")): there is no plan (\(option())).")
            ]
        }
        guard other.uniqueTokens != plan.supply.uniqueTokens else { return [] }
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
                code: code, severity: .warning,
                message: "\(start(Quantity.short(other.uniqueTokens))): \(advice) (\(option())).",
                value: other.uniqueTokens)
        ]
    }
}
