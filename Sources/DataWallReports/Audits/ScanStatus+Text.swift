public import CorpusAudit
import Quantities

extension ScanStatus {
    /// The status as lines for a terminal: the finished work, then the unfinished.
    ///
    /// - Parameter listedScans: The number of incomplete scans to name.
    /// - Returns: The lines, without line ends.
    public func text(listedScans: Int = 6) -> [String] {
        let done = counting.filter { $0.state == .complete }
        var lines = [
            "\(Quantity.grouped(done.count)) of \(Quantity.count(tasks, "task")) complete: "
                + "\(Quantity.grouped(sum(\.committedShards))) of \(Quantity.count(sum(\.shards), "shard")) committed, "
                + "\(Quantity.bytes(sum(\.committedBytes))), \(Quantity.count(sum(\.documents), "document"))"
        ]
        let passed = scans.count - counting.count
        if passed > 0 { lines.append("\(Quantity.count(passed, "further attempt")) will not count") }
        for missing in missing {
            let named = missing.tasks.prefix(listedScans).map { "\($0)" }.joined(separator: ", ")
            let more = missing.tasks.count > listedScans ? ", and \(missing.tasks.count - listedScans) more" : ""
            lines.append("Of \(Quantity.count(missing.count, "task")) these have not begun: \(named)\(more)")
        }
        let open = counting.filter { $0.state != .complete }
        guard !open.isEmpty else { return lines + ["More: 'datawall merge' makes the audit; --json lists every task."] }
        var table = TextTable(columns: [
            "not complete": .left, "shards": .right, "committed": .right, "bytes": .right, "documents": .right,
        ])
        for scan in open.prefix(listedScans) {
            table.add([
                scan.folder, Quantity.grouped(scan.shards), Quantity.grouped(scan.committedShards),
                Quantity.bytes(scan.committedBytes), Quantity.grouped(scan.documents),
            ])
        }
        lines += [""] + table.lines
        if open.count > listedScans { lines.append("and \(Quantity.grouped(open.count - listedScans)) more") }
        lines += open.compactMap(\.fault).prefix(listedScans)
        return lines + ["More: --json lists every task."]
    }
}
