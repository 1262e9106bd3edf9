public import CorpusAudit
import Quantities

extension AuditCheckResult {
    /// The result as a line: the verdict, the limit's name, and the reason.
    public var line: String {
        let verdict = isPassed ? "ok    " : "FAILED"
        let name = gate.replacing("_", with: "-")
        guard let value, let limit else { return "\(verdict)  \(name): \(subject): \(reason)" }
        let (written, allowed) = numbers(value, limit)
        return "\(verdict)  \(name): \(subject): \(written), limit \(allowed)" + (isPassed ? "" : ": \(reason)")
    }

    /// The value and the limit, with as many digits as it takes to see that they differ.
    private func numbers(_ value: Double, _ limit: Double) -> (String, String) {
        let usual = (number(value), number(limit))
        guard usual.0 == usual.1, value != limit else { return usual }
        for digits in 5...17 {
            let longer = (number(value, digits: digits), number(limit, digits: digits))
            if longer.0 != longer.1 { return longer }
        }
        return (Quantity.exact(value), Quantity.exact(limit))
    }

    private func number(_ value: Double, digits: Int) -> String {
        isShare ? Quantity.rounded(value * 100, digits: digits) + " %" : Quantity.rounded(value, digits: digits)
    }

    private var isShare: Bool {
        ["max_damaged", "max_overlap", "max_near_repeated", "max_contaminated"].contains(gate)
    }

    private func number(_ value: Double) -> String {
        if isShare { return Quantity.percent(value) }
        return ["max_hidden_epochs", "max_source_hidden_epochs"].contains(gate)
            ? Quantity.fixed(value, decimals: 3) : Quantity.short(value)
    }
}
