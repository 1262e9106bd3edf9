/// The terms of answers, tables and files, each defined in a line.
public struct Glossary: Sendable {
    /// A term with its definition.
    public struct Term: Sendable, Hashable {
        /// The term as tables and files write it, then other spellings.
        public let names: [String]

        /// The meaning, in a sentence.
        public let definition: String
    }

    /// The terms, the most frequent first.
    public let terms: [Term]

    /// The terms of this program.
    public static let standard = Glossary(terms: audit + plan + mixture + fit + scan)

    /// The terms with a name that contains a text, whatever its case.
    public func matching(_ text: String) -> [Term] {
        let text = text.lowercased()
        let exact = terms.filter { $0.names.contains { $0.lowercased() == text } }
        return exact.isEmpty ? terms.filter { $0.names.contains { $0.lowercased().contains(text) } } : exact
    }

    /// Whether a term has this name.
    public func defines(_ name: String) -> Bool {
        terms.contains { $0.names.contains { $0.lowercased() == name.lowercased() } }
    }

    /// The terms as lines for a terminal.
    ///
    /// - Parameters:
    ///   - text: Only terms with this in a name, or `nil` for all.
    ///   - explained: Whether all are listed; otherwise the answer has at most 24 lines.
    /// - Returns: The lines, without line ends.
    public func text(matching text: String? = nil, explained: Bool = false) -> [String] {
        var answer = ScreenAnswer()
        answer.remark(
            (text.map(matching) ?? terms).map { "\($0.names.joined(separator: ", ")): \($0.definition)" }, as: "term")
        if text == nil { answer.hint("'datawall terms NAME' finds a term") }
        return answer.lines(explained: explained)
    }

    private static func term(_ names: String..., is definition: String) -> Term {
        Term(names: names, definition: definition)
    }

    // MARK: Terms

    private static let audit = [
        term("tokens", is: "Tokens of all texts, repeats included."),
        term("unique", "unique tokens", "U", is: "Tokens with every text counted once."),
        term("repeated", is: "The share of tokens that are exact copies of earlier texts."),
        term("hidden epochs", is: "Tokens divided by unique tokens: one pass over the files repeats texts this often."),
        term("epochs", is: "Training tokens divided by unique tokens: passes over the unique data."),
        term("owned", is: "Unique tokens counted for this source; each text has one owner."),
        term("exclusive", is: "Unique tokens that no other source contains."),
        term("documents", "distinct documents", is: "Records of a shard, such as JSON lines or Parquet rows."),
        term("shard", "shards", is: "One input file or stream."),
        term("source", "sources", is: "A named group of shards, such as a folder."),
        term("quality", is: "The worth of a token relative to others; only ratios matter."),
        term("cap", "caps", is: "The most epochs of a source that you allow."),
        term("est.", is: "An estimate, not an exact count."),
        term("bytes", is: "Bytes of text, without markup."),
        term("bytes a token", is: "Bytes of text divided by tokens."),
        term("occurrences", "most repeated", is: "How often a text occurs in the corpus."),
        term("tokens with copies", "their tokens", is: "Tokens of these texts with copies, and with each text once."),
        term("owner", is: "The copy that counts: highest quality, then earliest source, path and position."),
        term("record", is: "The number of a document in its shard, from 0."),
        term("in both", is: "Texts that two sources share."),
        term(
            "near copy", "near copies between", "without near copies", "near-unique",
            is: "Shares at least 3 of 14 MinHash bands with a longer document."),
        term("exact-unique", is: "Tokens that are left without exact copies."),
        term("shared bands", is: "How many of 14 MinHash bands two documents have in common; more bands, more alike."),
        term("J", is: "Jaccard similarity of the word 5-grams of two documents, from 0 to 1."),
        term("factor", is: "The share of owned unique tokens that is left without near copies."),
        term(
            "evaluation set", "set", "items", "item",
            is: "A benchmark that the corpus should not contain, and its questions."),
        term(
            "contaminated", "contaminated by",
            is: "Items with 13 words in a row in one document, or all words of a shorter item."),
        term("covered 70 %", is: "Items with 70 % of their 8-word sequences in the corpus."),
        term("too short", is: "Items of fewer than 8 words, which are not looked for."),
        term("total", "before", "after", "change", is: "The figures of two audits, and their difference."),
    ]

    private static let plan = [
        term(
            "parameters (N)", "N", "parameters", "sizes",
            is: "Weights of the model, embeddings included unless a law says otherwise."),
        term("training tokens (D)", "D", is: "Tokens processed in training, repeats included."),
        term(
            "training FLOPs (6ND)", "FLOPs", "6ND", "C",
            is: "Training compute; 6 × parameters × tokens unless counted exactly."),
        term("D/N", "tokens/N", "tokens per parameter", is: "Training tokens divided by parameters."),
        term("recommended", is: "The training run that the plan advises."),
        term("loss", is: "Held-out cross-entropy, in nats per token of the tokenizer named unless a unit is given."),
        term(
            "loss under the law", "loss of this run", is: "The loss that a law predicts for the run, on its own corpus."
        ),
        term(
            "expected excess", "excess",
            is: "How much higher the loss is than each law's best, on average over the draws."),
        term("worst tenth", is: "The mean excess over the tenth of the draws where it is highest."),
        term(
            "loss above best", "loss above the plan's",
            is: "How much higher the loss is than that of the best run of at most the same compute."),
        term("best N", "its D/N", is: "The best run of at most the same compute, with the same unique tokens."),
        term(
            "90 % of all draws", "90 % of the law's ensemble", "90.0 % interval", "90 % interval", "interval",
            is: "The range that contains the value in 90 of 100 cases."),
        term("draw", "draws", is: "One plausible set of a law's coefficients; ranges come from hundreds of draws."),
        term(
            "law", "laws with evidence",
            is: "A formula that predicts the loss from parameters, tokens and unique tokens."),
        term("family", is: "Laws with the same form and data; each family has one vote in a plan."),
        term(
            "weight",
            is: "In plans the share of a family in the decision; in mixtures the share of a source in training."),
        term(
            "weighted factor",
            is: "How far families disagree: the ratio of two of equal weight, and less where one has little weight."),
        term("its own N", is: "The size that a family would choose by itself."),
        term("decades away (C, epochs, U)", is: "Factors of ten between the run and a family's fitted range."),
        term("status", is: "Whether the plan is optimal, extrapolated, capped, or leaves budget unspent."),
        term("extrapolated", is: "Outside the range that the deciding laws were fitted on."),
        term("capped", is: "A limit that you set holds the plan back."),
        term("budget unspent", is: "More compute would not improve the run."),
        term(
            "another epoch", "pays under", "mean gain",
            is: "What one more pass over the unique data saves, and in which share of the draws."),
        term("price", is: "What 1 % more of something would save."),
        term("published rule", is: "A fixed ratio of tokens to parameters, such as 20, for comparison."),
        term("objective", is: "The quantity that a plan minimises, such as loss or dollars."),
        term("MFU", is: "Model FLOPs utilisation: the share of the accelerator's peak that training reaches."),
        term("BF16 TFLOP/s", "peak", is: "Dense BF16 peak of an accelerator, in 10^12 operations a second."),
        term("memory", "TB/s", is: "Memory of an accelerator, and its bandwidth in 10^12 bytes a second."),
        term("accelerator", "accelerator-hours", is: "A GPU or TPU, and the hours of them that a run takes."),
        term("largest model", is: "The model that one epoch supports at 20 tokens per parameter."),
        term("data limit from", is: "The compute above which unique data, not compute, limit the run."),
        term("supply", "corpus", is: "The data available for training."),
        term("run", "runs", is: "A training run."),
    ]

    private static let mixture = [
        term("natural", is: "The share of a source in the unique tokens."),
        term("effective", "effective tokens", is: "Unique tokens weighted by quality, repeats discounted."),
        term("after pull", is: "Effective tokens after the penalty for leaving natural shares."),
        term("max epochs", is: "The most epochs of any source."),
        term("method", is: "A rule that chooses the weights of sources."),
        term("pool", is: "The unique tokens of a source in a published mixture."),
        term("drawn", "stream", is: "Tokens that training takes from a source, and from all."),
        term("epochs printed", "epochs implied", is: "Epochs as published, and as other figures of the table imply."),
        term("bucket", "passes", is: "Documents of similar quality, and how often training reads them."),
        term("pilots", is: "Small training runs that measure mixtures."),
        term("subsample", is: "The part of a source that pilots train on."),
        term(
            "a token is worth", "best epochs",
            is: "The worth of a scarce source's token in tokens of the rest, and the epochs that follow."),
        term("90 % of the curve's ensemble", is: "The range of the best epochs over 90 % of the curve's coefficients."),
        term("raw weight", "passes over files", is: "Weights and passes for the files with their copies."),
    ]

    private static let fit = [
        term("coefficient", "value", "meaning", is: "A number in a law's formula."),
        term("5 % to 95 %", is: "The middle 90 % of the values in a law's ensemble."),
        term("std. error", is: "The standard deviation of a coefficient."),
        term("median error", is: "The median relative error of predicted losses."),
        term("error at 10×", is: "The expected error at ten times the fitted compute."),
        term("backtest", is: "The error on dearer runs of a fit to cheaper runs."),
        term("hold-out", is: "The error on runs that were left out of the fit."),
        term("AICc", is: "A score of fit against the number of coefficients, above that of the best law."),
        term("R²", is: "The share of the variance of losses that the law explains."),
        term("identified", is: "The runs determine the coefficient."),
        term("cost", "FLOPs a run", is: "The share of the budget, and the compute of each run."),
        term("model", is: "A released language model."),
        term("constants", is: "Whether a law's numbers are published, refitted here or yours."),
        term("unit", is: "The unit of losses."),
        term("name", is: "The name that options take."),
    ]

    private static let scan = [
        term("run file", is: "A sorted file of fingerprints that a scan writes."),
        term("task", "attempt", is: "A part of a scan, and one try at it."),
        term("committed", "not complete", is: "Work that is safely stored, and tasks that are not finished."),
        term("damage", is: "Records that cannot be read, with shard, record and offset."),
    ]
}
