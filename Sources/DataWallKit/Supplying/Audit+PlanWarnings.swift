public import CorpusAudit
import DataWallReports
import Quantities
public import TrainingPlanning

extension Audit {
    /// The warnings for a plan built on this audit: that it is not complete, and that its tokens are estimates.
    public var planWarnings: [PlanWarning] {
        var warnings: [PlanWarning] = []
        if !isComplete {
            let reason =
                unread.isEmpty
                ? "some of the input was damaged" : "\(Quantity.grouped(unread.fileCount)) files were not read"
            warnings.append(
                PlanWarning(
                    code: "incomplete_audit", severity: .warning,
                    message: "The audit is not complete: \(reason), so the supply may be larger.", value: nil))
        }
        if !listsSkippedFiles {
            warnings.append(
                PlanWarning(
                    code: "unlisted_files", severity: .warning, message: Audit.unlistedFiles, value: nil))
        }
        return warnings + estimateWarnings
    }

    private var estimateWarnings: [PlanWarning] {
        guard tokenizer.isEstimate else { return [] }
        let source =
            tokenizer.sample == nil
            ? "from bytes; audit with --tokenizer to count them"
            : "from a sample of \(Quantity.percent(tokenizer.sample?.share ?? 0)) of the distinct texts"
        let interval =
            tokenizer.bytesPerTokenInterval.map {
                ": \(Quantity.significant($0.lowerBound, digits: 4)) to "
                    + "\(Quantity.significant($0.upperBound, digits: 4)) bytes a token with 95 % confidence"
            } ?? ""
        return [
            PlanWarning(
                code: "estimated_tokens", severity: tokenizer.bytesPerTokenInterval == nil ? .warning : .info,
                message: "The supply's tokens are estimated (est.) \(source)\(interval).",
                value: tokenizer.bytesPerToken)
        ]
    }
}
