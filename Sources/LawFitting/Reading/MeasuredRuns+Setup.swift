import Quantities
import ScalingLaws

extension MeasuredRuns {
    /// The corpus, tokenizer and weight decay in the runs' own columns, each only if all runs share one value.
    public var setup: (corpus: String?, tokenizer: String?, weightDecay: Double?) {
        func common(_ names: [String]) -> String? {
            for name in names {
                let values = Set(runs.map { $0.cells[name] ?? "" })
                if values.count == 1, let value = values.first, !value.isEmpty { return value }
            }
            return nil
        }
        return (
            common(["corpus", "dataset", "evaluation_set", "eval_set"]), common(["tokenizer"]),
            common(["weight_decay", "wd"]).flatMap { try? Quantity.number($0, grouping: .refused) }
        )
    }

    /// The columns that no quantity was read from, say how runs were trained, and differ between runs: one sentence
    /// each.
    ///
    /// A column is named if its cells contain 2 to 12 different words, or if its name is that of a part of a recipe.
    public var varyingColumns: [String] {
        let recipe: Set<String> = [
            "weight_decay", "wd", "dropout", "lr", "learning_rate", "batch_size", "seq_len", "context", "vocab_size",
            "warmup", "optimizer", "tokenizer", "corpus", "dataset", "arch", "architecture", "precision", "schedule",
        ]
        let names = Set(runs.flatMap(\.cells.keys)).subtracting(usedColumns).sorted()
        var sentences: [String] = []
        for name in names {
            var counts: [String: Int] = [:]
            for run in runs { counts[run.cells[name] ?? "", default: 0] += 1 }
            guard counts.count > 1 else { continue }
            let isRecipe = recipe.contains(name.lowercased())
            let areWords = counts.keys.contains { (try? Quantity.number($0, grouping: .refused)) == nil && !$0.isEmpty }
            let repeats = counts.values.contains { $0 > 1 }
            guard isRecipe || (areWords && repeats && counts.count <= 12) else { continue }
            let kinds = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(4)
                .map { "\($0.key.isEmpty ? "empty" : $0.key) in \($0.value)" }
            sentences.append(
                "Column '\(name)' varies (\(kinds.joined(separator: ", "))\(counts.count > 4 ? ", …" : "") runs): the fit takes "
                    + "all runs for one setup. Filter on it, or compare groups.")
        }
        return sentences
    }
}
