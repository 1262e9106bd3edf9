/// Joins hits of evaluation sets with the owners of distinct texts, over a range of fingerprints.
///
/// A join belongs to one thread.
final class ContaminationJoin {
    private let sets: BenchmarkSets
    private let keepsExamples: Bool
    private var walk: ContaminationWalk
    /// The sets that contaminate the current text; behind them, whether any does.
    private var contaminating: [Int] = []
    /// The sums of items of which anything was found, and where each item's are: 0 for nowhere, else one more.
    private var found: [(item: Int, sums: ContaminationSums.Item)] = []
    private var slots: [UInt32]
    private var sums: [ContaminationSums]

    init(
        _ hits: ContaminationHits, from low: UInt64, below high: UInt64?, tokenizers: Int, sources: Int
    ) throws(RunError) {
        sets = hits.sets
        keepsExamples = hits.keepsExamples
        slots = [UInt32](repeating: 0, count: hits.sets.items.count)
        walk = try hits.walk(from: low, below: high, recordsCover: true)
        sums = Array(repeating: ContaminationSums(sourceCount: sources), count: tokenizers)
    }

    /// Takes the owner of a text; texts come in the order of their fingerprints, each by every tokenizer in turn.
    func add(_ fingerprint: Fingerprint, owner: UnitCopy, tokenizer: Int) throws(RunError) {
        if tokenizer == 0 {
            try walk.advance(to: fingerprint)
            if walk.matches.isEmpty, contaminating.isEmpty { return }
            contaminating.removeAll(keepingCapacity: true)
            var isContaminated = [Bool](repeating: false, count: sets.names.count)
            for match in walk.matches {
                if slots[match.item] == 0 {
                    found.append((match.item, ContaminationSums.Item()))
                    slots[match.item] = UInt32(found.count)
                }
                let slot = Int(slots[match.item]) - 1
                found[slot].sums.documents += 1
                found[slot].sums.sources.insert(owner.source)
                if match.words >= found[slot].sums.longest {
                    found[slot].sums.longest = match.words
                    if keepsExamples { keepExample(match, fingerprint, owner) }
                }
                if sets.isContaminated(match.item, by: match.words) {
                    isContaminated[sets.items[match.item].set] = true
                }
            }
            contaminating = isContaminated.indices.filter { isContaminated[$0] }
            if !contaminating.isEmpty { contaminating.append(sets.names.count) }
        }
        for set in contaminating {
            sums[tokenizer].sources[owner.source].add(.init(documents: 1, tokens: owner.tokens), at: set)
        }
    }

    private func keepExample(_ match: ContaminationWalk.Match, _ fingerprint: Fingerprint, _ owner: UnitCopy) {
        let example = ContaminationSums.Example(
            match: match, fingerprint: fingerprint, place: .init(rank: owner.rank, position: Int(owner.position)))
        if let known = sums[0].examples[match.item], known.precedes(example) { return }
        sums[0].examples[match.item] = example
    }

    /// Adds what was found to the sums of a range.
    func finish(into sums: inout [AuditSums]) throws(RunError) {
        try walk.finish()
        var items: [Int: ContaminationSums.Item] = [:]
        for (item, var sums) in found {
            sums.positions = walk.positions(of: item)
            items[item] = sums
        }
        found = []
        for tokenizer in sums.indices {
            sums[tokenizer].contamination = self.sums[tokenizer]
            sums[tokenizer].contamination?.items = items
            sums[tokenizer].contamination?.examples = self.sums[0].examples
        }
    }
}
