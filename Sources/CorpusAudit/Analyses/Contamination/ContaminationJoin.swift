/// What documents have in common with evaluation sets, in sums that add up.
struct ContaminationSums: Sendable, Equatable {
    /// Sums of one item.
    struct Item: Sendable, Equatable {
        /// Distinct documents that have a sequence of eight words in common with it.
        var documents = 0
        /// The longest sequence of words in common.
        var longest = 0
        /// The first words of the sequences of eight that are in some document.
        var positions: Set<Int> = []
        /// The sources that own these documents.
        var sources: Set<Int> = []

        mutating func merge(_ other: Item) {
            documents += other.documents
            longest = max(longest, other.longest)
            positions.formUnion(other.positions)
            sources.formUnion(other.sources)
        }
    }

    /// Contaminated documents.
    struct Documents: Sendable, Equatable, AddableSums {
        var documents = 0
        var tokens = 0

        static func + (left: Self, right: Self) -> Self {
            Self(documents: left.documents + right.documents, tokens: left.tokens + right.tokens)
        }
    }

    /// By item, of those of which anything was found.
    var items: [Int: Item] = [:]
    /// By source, then by set; behind the sets, the documents that are contaminated by any.
    var sources: [[Documents]]

    init(sourceCount: Int) { sources = Array(repeating: [], count: sourceCount) }

    /// Whether they can be of some sets.
    func fits(_ sets: BenchmarkSets) -> Bool {
        items.allSatisfy { item, sums in sets.items.indices.contains(item) && sums.longest < 1 << 53 }
            && sources.allSatisfy { $0.count <= sets.names.count + 1 }
    }

    mutating func merge(_ other: ContaminationSums) {
        for (item, sums) in other.items { items[item, default: Item()].merge(sums) }
        for (source, sets) in other.sources.enumerated() {
            for (set, sums) in sets.enumerated() { sources[source].add(sums, at: set) }
        }
    }
}

/// Joins hits of evaluation sets with the owners of distinct texts, over a range of fingerprints.
///
/// A join belongs to one thread.
final class ContaminationJoin {
    private let sets: BenchmarkSets
    private var walk: ContaminationWalk
    /// The sets that contaminate the text in hand; behind them, whether any does.
    private var contaminating: [Int] = []
    private var sums: [ContaminationSums]

    init(
        _ hits: ContaminationHits, from low: UInt64, below high: UInt64?, tokenizers: Int, sources: Int
    ) throws(RunError) {
        sets = hits.sets
        walk = try hits.walk(from: low, below: high)
        sums = Array(repeating: ContaminationSums(sourceCount: sources), count: tokenizers)
    }

    /// Takes the owner of a text; texts come in the order of their fingerprints, each by every tokenizer in turn.
    func add(_ fingerprint: Fingerprint, owner: UnitCopy, tokenizer: Int) throws(RunError) {
        if tokenizer == 0 {
            let matches = try walk.advance(to: fingerprint)
            if matches.isEmpty, contaminating.isEmpty { return }
            var found: Set<Int> = []
            for (item, match) in matches {
                sums[0].items[item, default: .init()].merge(
                    .init(documents: 1, longest: match.longest, positions: match.positions, sources: [owner.source]))
                if sets.isContaminated(item, by: match.longest) { found.insert(sets.items[item].set) }
            }
            contaminating = found.isEmpty ? [] : found.sorted() + [sets.names.count]
        }
        for set in contaminating {
            sums[tokenizer].sources[owner.source].add(.init(documents: 1, tokens: owner.tokens), at: set)
        }
    }

    /// Adds what was found to the sums of a range.
    func finish(into sums: inout [AuditSums]) throws(RunError) {
        try walk.finish()
        for tokenizer in sums.indices {
            sums[tokenizer].contamination = self.sums[tokenizer]
            sums[tokenizer].contamination?.items = self.sums[0].items
        }
    }
}
