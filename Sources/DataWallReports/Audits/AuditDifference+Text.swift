public import CorpusAudit
import Quantities

extension AuditDifference {
    /// The difference as lines for a terminal: settings, sums, sources, damage, inputs.
    ///
    /// - Parameter listedInputs: How many inputs that differ are named.
    /// - Returns: The lines, without line ends.
    public func text(listedInputs: Int = 10) -> [String] {
        guard !isEmpty else { return ["The two audits say the same of the same inputs."] }
        var lines: [String] = []
        if !settings.isEmpty {
            lines.append("The audits were made differently; counts do not compare like with like:")
            lines += settings.map { "  \($0.name): \($0.before ?? "–") → \($0.after ?? "–")" }
            lines.append("")
        }
        lines += totalsTable.lines
        lines += [""] + sourceTable.lines
        if !problems.isEmpty {
            lines.append("")
            lines += problems.map {
                "Damage \($0.name): \(Quantity.grouped($0.before)) → \(Quantity.grouped($0.after))"
            }
        }
        if !skipped.isEmpty {
            lines.append("")
            lines += skipped.map {
                "Not read, \($0.name.spelled): \(Quantity.grouped($0.before)) → \(Quantity.grouped($0.after)) files"
            }
        }
        if !inputs.isEmpty {
            lines.append("")
            let kinds: [InputChange] = [.added, .removed, .changed]
            let counts = kinds.map { kind in "\(Quantity.grouped(inputs.count { $0.change == kind })) \(kind.rawValue)"
            }
            lines.append("Inputs: \(counts.joined(separator: ", ")).")
            lines += inputs.prefix(listedInputs).map { "  \($0.change.rawValue): \($0.shard)" }
            if inputs.count > listedInputs {
                lines.append("  and \(Quantity.grouped(inputs.count - listedInputs)) more")
            }
        }
        return lines
    }

    private var totalsTable: TextTable {
        var table = TextTable(columns: [
            "total": .left, "before": .right, "after": .right, "change": .right, "": .right,
        ])
        for count in totals {
            table.add([
                count.name.replacing("_", with: " "), Quantity.grouped(count.before), Quantity.grouped(count.after),
                Self.signed(count.change), Self.share(count.before, count.after),
            ])
        }
        table.add([
            "hidden epochs", Quantity.fixed(hiddenEpochs.before, decimals: 3),
            Quantity.fixed(hiddenEpochs.after, decimals: 3),
            Self.signed(hiddenEpochs.after - hiddenEpochs.before),
        ])
        return table
    }

    private var sourceTable: TextTable {
        var table = TextTable(columns: [
            "source": .left, "documents": .right, "tokens": .right, "unique": .right, "owned": .right,
            "hidden epochs": .right, "": .left,
        ])
        for source in sources {
            func change(_ name: String) -> String {
                Self.signed(source.counts.first { $0.name == name }?.change ?? 0)
            }
            let epochs = source.after.flatMap { after in source.before.map { after.hiddenEpochs - $0.hiddenEpochs } }
            table.add([
                source.name, change("documents"), change("tokens"), change("unique_tokens"),
                change("owned_unique_tokens"), epochs.map { Self.signed($0) } ?? "–",
                source.before == nil ? "added" : source.after == nil ? "removed" : "",
            ])
        }
        return table
    }

    private static func signed(_ change: Int) -> String {
        change == 0 ? "=" : (change > 0 ? "+" : "") + Quantity.grouped(change)
    }

    private static func signed(_ change: Double) -> String {
        change == 0 ? "=" : (change > 0 ? "+" : "") + Quantity.fixed(change, decimals: 3)
    }

    private static func share(_ before: Int, _ after: Int) -> String {
        guard before != 0, after != before else { return "" }
        let change = Double(after - before) / Double(before)
        return (change > 0 ? "+" : "") + Quantity.percent(change)
    }
}
