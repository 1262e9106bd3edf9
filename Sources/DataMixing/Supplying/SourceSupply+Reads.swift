// How many tokens of a source are read, and how often, at a mean number of reads of its texts; copies may stay in its
// files.

extension SourceSupply {
    /// The largest mean reads of its texts at which none is read more than once: 1, or less if copies stay in its
    /// files.
    var onset: Double {
        let most = copies.reduce(1) { $1.uniqueTokens > 0 ? Swift.max($0, $1.copies) : $0 }
        let unique = copies.uniqueTokens
        guard unique > 0 else { return 1 }
        let onset = copies.fileTokens / unique / most
        // If all texts have the same number of copies, the result is the same as without copies.
        return onset < 1 - 1e-12 ? onset : 1
    }

    /// Passes over its files at a mean of reads.
    private func passes(epochs: Double) -> Double { epochs * copies.uniqueTokens / copies.fileTokens }

    /// The unique tokens of it that are read at a mean of reads.
    func uniqueTokensRead(epochs: Double) -> Double {
        guard onset < 1 else { return uniqueTokens * Swift.min(1, epochs) }
        let (unique, passes) = (copies.uniqueTokens, passes(epochs: epochs))
        return uniqueTokens
            * copies.reduce(0) { $0 + $1.uniqueTokens / unique * Swift.min(1, $1.copies * passes) }
    }

    /// The mean over its tokens, as they are in the files, of the reads beyond a text's first, at a mean of reads.
    func repeats(epochs: Double) -> Double {
        guard onset < 1 else { return Swift.max(0, epochs - 1) }
        let (inFiles, passes) = (copies.fileTokens, passes(epochs: epochs))
        return copies.reduce(0) { $0 + $1.fileTokens / inFiles * Swift.max(0, $1.copies * passes - 1) }
    }
}
