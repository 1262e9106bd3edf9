public import CorpusAudit
import Quantities

extension AuditCheckResult {
    /// The result as a line: the verdict, the limit's name, and the reason.
    public var line: String {
        let verdict = isPassed ? "ok    " : "FAILED"
        let name = gate.replacing("_", with: "-")
        guard let value, let limit else { return "\(verdict)  \(name): \(subject): \(reason)" }
        return "\(verdict)  \(name): \(subject): \(number(value)), limit \(number(limit))"
            + (isPassed ? "" : ": \(reason)")
    }

    private func number(_ value: Double) -> String {
        switch gate {
        case "max_damaged", "max_overlap", "max_near_repeated", "max_contaminated": Quantity.percent(value)
        case "max_hidden_epochs", "max_source_hidden_epochs": Quantity.fixed(value, decimals: 3)
        default: Quantity.short(value)
        }
    }
}
