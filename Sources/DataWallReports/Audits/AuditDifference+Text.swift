public import CorpusAudit
import Quantities

extension AuditDifference {
    /// The difference as lines for a terminal: the change of unique tokens, settings, sums, sources, damage, inputs.
    ///
    /// - Parameter explained: Whether everything is listed; otherwise the answer has at most 24 lines.
    /// - Returns: The lines, without line ends.
    public func text(explained: Bool = false) -> [String] {
        guard !isEmpty else { return ["The two audits have the same settings, inputs and counts. More: --json."] }
        var answer = ScreenAnswer()
        if !settings.isEmpty {
            let names = settings.map(\.name.spelled).listed(atMost: 5)
            answer.say("! The audits have different settings (\(names)), so their counts cannot be compared directly.")
        }
        answer.say(summary)
        answer.skipLine()
        answer.show(totalsTable, of: "total")
        answer.skipLine()
        answer.show(sourceTable, of: "source")
        answer.remark(changes)
        answer.explain(
            "Settings", settings.map { "\($0.name): \($0.before ?? "–") → \($0.after ?? "–")" })
        answer.explain("Inputs", inputs.map { "\($0.change.rawValue): \($0.shard)" })
        return answer.lines(explained: explained)
    }

    private var summary: String {
        guard let unique = totals.first(where: { $0.name == "unique_tokens" }) else { return "The audits differ." }
        let change = unique.change == 0 ? "no change" : Self.signed(unique.change)
        return
            "Unique tokens: \(Quantity.short(unique.before)) → \(Quantity.short(unique.after)) (\(change)); hidden epochs "
            + "\(Quantity.fixed(hiddenEpochs.before, decimals: 3)) → \(Quantity.fixed(hiddenEpochs.after, decimals: 3))."
    }

    /// Changes of damage, of files that were not read, and of inputs.
    private var changes: [String] {
        var lines = problems.map {
            "Damage \($0.name): \(Quantity.grouped($0.before)) → \(Quantity.grouped($0.after))"
        }
        lines += skipped.map {
            "Not read, \($0.name.spelled): \(Quantity.grouped($0.before)) → \(Quantity.grouped($0.after)) files"
        }
        if !inputs.isEmpty {
            let kinds: [InputChange] = [.added, .removed, .changed]
            let counts = kinds.map { kind in
                "\(Quantity.grouped(inputs.count { $0.change == kind })) \(kind.rawValue)"
            }
            lines.append("Inputs: \(counts.joined(separator: ", ")).")
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
