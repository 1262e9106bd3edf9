public import CorpusAudit
import Quantities

extension [Audit.Skipped] {
    /// The files that were not read, in a line or two: those that may contain data, and those that do not.
    ///
    /// - Returns: The lines, without line ends; empty if everything was read.
    public func text() -> [String] {
        let unread = filter(\.mayHoldData)
        let others = filter { !$0.mayHoldData }
        var lines: [String] = []
        if let first = unread.first {
            lines.append(
                "Not read: \(unread.inWords), so the audit is not complete; for example \(first.examples[0]): "
                    + "\(first.reason).")
        }
        if let first = others.first {
            lines.append("Left out: \(others.inWords); for example \(first.examples[0]): \(first.reason).")
        }
        return lines
    }

    /// The number of files, by kind.
    var inWords: String {
        let count = fileCount
        let kinds = map { "\(Quantity.grouped($0.files)) \($0.kind.spelled)" }.joined(separator: ", ")
        return "\(Quantity.grouped(count)) \(count == 1 ? "file" : "files") (\(kinds))"
    }
}
