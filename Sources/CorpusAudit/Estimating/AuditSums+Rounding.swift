extension AuditSums {
    /// The same sums with whole tokens in place of a finer unit.
    ///
    /// Every sum of a source, and of the corpus, is within one token of its exact value. Unique tokens are part of all
    /// tokens, owned ones add up to the corpus's unique ones, and histograms add up to the sums they show.
    func rounded(_ rounding: TokenRounding) -> AuditSums {
        var rounded = self
        let pairs = rounding.pairs(sources.map { TokenRounding.Pair(part: $0.ownedTokens, whole: $0.tokens) })
        for (index, pair) in pairs.enumerated() { rounded.sources[index].round(pair, rounding) }
        let total = pairs.reduce(TokenRounding.Pair(part: 0, whole: 0)) { sum, pair in
            .init(part: sum.part + pair.part, whole: sum.whole + pair.whole)
        }
        rounded.copies.round(unique: total.part, all: total.whole, rounding)
        for (key, sums) in overlap {
            // No more than either source has.
            let most = min(rounded.sources[key >> 12].uniqueTokens, rounded.sources[key & 0xFFF].uniqueTokens)
            rounded.overlap[key] = Overlap(units: sums.units, tokens: min(rounding.nearest(sums.tokens), most))
        }
        rounded.nearOverlap = nearOverlap.mapValues { Overlap(units: $0.units, tokens: rounding.nearest($0.tokens)) }
        if let found = contamination {
            rounded.contamination?.sources = found.sources.map { sets in
                sets.map { .init(documents: $0.documents, tokens: rounding.nearest($0.tokens)) }
            }
        }
        // Every single text has at least one token.
        rounded.topCopies = topCopies.mappingTokens { max(1, rounding.nearest($0)) }
        return rounded
    }
}

extension AuditSums.Source {
    /// Rounds all sums, given the tokens that the source owns and has.
    fileprivate mutating func round(_ pair: TokenRounding.Pair, _ rounding: TokenRounding) {
        let exact = self
        tokens = pair.whole
        ownedTokens = pair.part
        // Equal sums stay equal, and the order exclusive ≤ owned ≤ unique ≤ all is kept.
        if exact.uniqueTokens == exact.ownedTokens {
            uniqueTokens = ownedTokens
        } else if exact.uniqueTokens == exact.tokens {
            uniqueTokens = tokens
        } else {
            uniqueTokens = min(max(rounding.nearest(exact.uniqueTokens), ownedTokens), tokens)
        }
        exclusiveTokens =
            exact.exclusiveTokens == exact.ownedTokens
            ? ownedTokens : min(rounding.nearest(exact.exclusiveTokens), ownedTokens)
        for index in nearCopies.indices {
            let copies = exact.nearCopies[index].tokens
            // The remaining tokens are at most those that the source owns.
            nearCopies[index].tokens = ownedTokens - min(rounding.nearest(exact.ownedTokens - copies), ownedTokens)
            if copies == exact.ownedTokens { nearCopies[index].tokens = ownedTokens }
        }
        weightedUnique = exact.weightedUnique.scaled(by: uniqueTokens, over: exact.uniqueTokens)
        weightedOwned = exact.weightedOwned.scaled(by: ownedTokens, over: exact.ownedTokens)
        copies.round(unique: uniqueTokens, all: tokens, rounding)
        let unique = rounding.parts(quality.map(\.uniqueTokens), addingTo: uniqueTokens)
        let repeated = rounding.parts(
            quality.map { $0.tokens - $0.uniqueTokens }, addingTo: tokens - uniqueTokens)
        for index in quality.indices {
            quality[index].uniqueTokens = unique[index]
            quality[index].tokens = unique[index] + repeated[index]
        }
        roundScores(exact, rounding)
    }

    /// Rounds the sums by score so that they add up to those of the source, if all its units have a score.
    private mutating func roundScores(_ exact: Self, _ rounding: TokenRounding) {
        let bins = scores.keys.sorted()
        func total(_ sums: [Int], of exactSum: Int, rounded: Int) -> Int {
            let sum = sums.reduce(0, +)
            return sum == exactSum ? rounded : min(rounding.nearest(sum), rounded)
        }
        let once = bins.map { scores[$0]?.uniqueTokens ?? 0 }
        let again = bins.map { (scores[$0]?.tokens ?? 0) - (scores[$0]?.uniqueTokens ?? 0) }
        let unique = rounding.parts(
            once, addingTo: total(once, of: exact.uniqueTokens, rounded: uniqueTokens))
        let repeated = rounding.parts(
            again,
            addingTo: total(again, of: exact.tokens - exact.uniqueTokens, rounded: tokens - uniqueTokens))
        for (index, bin) in bins.enumerated() {
            scores[bin]?.uniqueTokens = unique[index]
            scores[bin]?.tokens = unique[index] + repeated[index]
        }
    }
}

extension [AuditSums.CopiesBucket] {
    /// Rounds a histogram of copies to the unique tokens and all tokens that it shows.
    fileprivate mutating func round(unique: Int, all: Int, _ rounding: TokenRounding) {
        let once = rounding.parts(map(\.tokens), addingTo: unique)
        let again = rounding.parts(map { $0.occurrenceTokens - $0.tokens }, addingTo: all - unique)
        for index in indices {
            self[index].tokens = once[index]
            self[index].occurrenceTokens = once[index] + again[index]
        }
    }
}

extension UInt128 {
    /// The number times `count` over `whole`, rounded down; the largest number if that is out of range.
    fileprivate func scaled(by count: Int, over whole: Int) -> UInt128 {
        guard whole > 0 else { return 0 }
        let product = multipliedFullWidth(by: UInt128(count))
        let divisor = UInt128(whole)
        return product.high < divisor ? divisor.dividingFullWidth(product).quotient : .max
    }
}
