/// What documents have in common with evaluation sets, in sums that add up.
struct ContaminationSums: Sendable, Equatable {
    /// Sums of one item.
    struct Item: Sendable, Equatable {
        /// Distinct documents that have a sequence of eight words in common with it.
        var documents = 0
        /// The longest sequence of words in common.
        var longest = 0
        /// The first words of the sequences of eight that are in some document.
        var positions = PlaceSet()
        /// The sources that own these documents.
        var sources = PlaceSet()

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

    /// A document with the longest match of an item: of several, the one with the lowest fingerprint.
    struct Example: Sendable, Equatable {
        var match: ContaminationWalk.Match
        var fingerprint: Fingerprint
        /// Where the document's owner is.
        var place: AuditSums.Place

        func precedes(_ other: Example) -> Bool {
            match.words != other.match.words ? match.words > other.match.words : fingerprint < other.fingerprint
        }
    }

    /// By item, of those of which anything was found.
    var items: [Int: Item] = [:]
    /// By source, then by set; behind the sets, the documents that are contaminated by any.
    var sources: [[Documents]]
    /// By item, where examples are shown.
    var examples: [Int: Example] = [:]

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
        examples.merge(other.examples) { $0.precedes($1) ? $0 : $1 }
    }
}

/// A set of small numbers, a bit each.
struct PlaceSet: Sendable, Equatable {
    /// The last word is not 0, so that equal sets have equal words.
    private var words: [UInt64] = []

    init() {}

    init(_ numbers: [Int]) { numbers.forEach { insert($0) } }

    var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

    /// The numbers, ascending.
    var sorted: [Int] {
        words.indices.flatMap { word in
            (0..<64).filter { words[word] >> UInt64($0) & 1 != 0 }.map { 64 * word + $0 }
        }
    }

    mutating func insert(_ number: Int) {
        let word = number >> 6
        if words.count <= word { words += Array(repeating: 0, count: word + 1 - words.count) }
        words[word] |= 1 << UInt64(number & 63)
    }

    mutating func formUnion(_ other: PlaceSet) {
        if words.count < other.words.count {
            words += Array(repeating: 0, count: other.words.count - words.count)
        }
        for (word, bits) in other.words.enumerated() { words[word] |= bits }
    }
}
