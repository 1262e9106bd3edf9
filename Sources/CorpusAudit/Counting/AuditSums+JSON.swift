import OrderedJSON

// The sums as they are in partial sums.

extension AuditSums: JSONRecord {
    static var blank: AuditSums { AuditSums(sourceCount: 0) }
    static let fields: [JSONField<AuditSums>] = [
        .init("sources", \.sources, "The sums of each source, in the audit's order."),
        .init("copies", \.copies, "Distinct units by occurrences: 1, 2, 3–4, 5–8 and so on."),
        .init("largest_copies", \.largestCopies, "The most occurrences of a unit.", .notNegative),
        .init("overlap", \.overlapRows, "What pairs of sources share."),
        .init("top_copies", \.topCopies, "The texts that occur most often."),
        .init("contamination", \.contamination, "What of evaluation sets was found.", presence: .writtenIfSet),
    ]

    /// What two sources share.
    private struct OverlapRow: JSONColumns {
        var first = 0
        var second = 0
        var units = 0
        var tokens = 0

        static var columns: [WritableKeyPath<Self, Int>] { [\.first, \.second, \.units, \.tokens] }

        func check(at place: JSONPlace) throws(JSONPathError) {
            guard first < second, second < Corpus.maximumSources else {
                throw place.failure("must start with the places of two sources, the earlier first")
            }
        }
    }

    private var overlapRows: [OverlapRow] {
        get {
            overlap.sorted { $0.key < $1.key }.map { pair, sums in
                OverlapRow(first: pair >> 12, second: pair & 0xFFF, units: sums.units, tokens: sums.tokens)
            }
        }
        set {
            overlap = Dictionary(
                newValue.map { ($0.first << 12 | $0.second, Overlap(units: $0.units, tokens: $0.tokens)) },
                uniquingKeysWith: { first, _ in first })
        }
    }

    func check(at place: JSONPlace) throws(JSONPathError) {
        guard sources.count <= Corpus.maximumSources else {
            throw place.failure("has \(sources.count) sources, more than \(Corpus.maximumSources)")
        }
        guard case .array(let rows)? = place.value["overlap"], rows.count == overlap.count,
            overlap.keys.allSatisfy({ $0 & 0xFFF < sources.count })
        else { throw place.failure("has a pair of sources twice, or of a source that it does not have") }
        if let contamination {
            guard contamination.sources.count == sources.count,
                contamination.items.values.allSatisfy({ $0.sources.sorted.allSatisfy { $0 < sources.count } })
            else { throw place.failure("has evaluation sets in sources that it does not have") }
        }
        if let contradiction { throw place.failure("is no sum of units: \(contradiction)") }
    }
}

extension AuditSums.Source: JSONRecord {
    static var blank: AuditSums.Source { AuditSums.Source() }
    static let fields: [JSONField<AuditSums.Source>] = [
        .init("units", \.units, "Units.", .notNegative),
        .init("bytes", \.bytes, "Their bytes.", .notNegative),
        .init("tokens", \.tokens, "Their tokens, or what these are estimated from.", .notNegative),
        .init("unique_units", \.uniqueUnits, "Units distinct in the source.", .notNegative),
        .init("unique_bytes", \.uniqueBytes, "Their bytes.", .notNegative),
        .init("unique_tokens", \.uniqueTokens, "Their tokens.", .notNegative),
        .init("exclusive_tokens", \.exclusiveTokens, "Tokens of units in no other source.", .notNegative),
        .init("owned_units", \.ownedUnits, "Units whose owner is here.", .notNegative),
        .init("owned_bytes", \.ownedBytes, "Their bytes.", .notNegative),
        .init("owned_tokens", \.ownedTokens, "Their tokens.", .notNegative),
        .init("weighted_unique", \.weightedUnique, "Unique tokens times their quality in millionths."),
        .init("weighted_owned", \.weightedOwned, "Owned tokens times their quality in millionths."),
        .init("copies", \.copies, "Units distinct in the source by occurrences in it."),
        .init("largest_copies", \.largestCopies, "The most occurrences of a unit in it.", .notNegative),
        .init("quality", \.qualityRows, "Units by the bucket of their quality weight."),
        .init("scores", \.scoreRows, "Units by the bin of their score."),
        .init(
            "near_copies", \.nearCopies, "Owned units that are near copies, by the number of bands they share.",
            presence: .writtenIfSet),
    ]

    /// The sums of a bucket of a histogram.
    private struct BinRow: JSONColumns {
        var bin = 0
        var sums = AuditSums.QualityBucket()

        static var columns: [WritableKeyPath<Self, Int>] {
            [\.bin, \.sums.units, \.sums.tokens, \.sums.uniqueTokens]
        }

        func check(at place: JSONPlace) throws(JSONPathError) {
            guard bin < ScoreGrid.count else { throw place.failure("must start with a bin below \(ScoreGrid.count)") }
        }
    }

    private var qualityRows: [BinRow] {
        get { quality.enumerated().filter { $1 != .init() }.map { BinRow(bin: $0, sums: $1) } }
        set {
            quality = []
            for row in newValue { quality.add(row.sums, at: row.bin) }
        }
    }

    private var scoreRows: [BinRow] {
        get { scores.sorted { $0.key < $1.key }.map { BinRow(bin: $0.key, sums: $0.value) } }
        set { scores = Dictionary(newValue.map { ($0.bin, $0.sums) }, uniquingKeysWith: +) }
    }

    func check(at place: JSONPlace) throws(JSONPathError) {
        guard quality.count <= QualityGrid.count, copies.count <= 63, nearCopies.count <= NearMethod.bands + 1 else {
            throw place.failure("has more buckets than there are")
        }
    }
}

extension AuditSums.CopiesBucket: JSONColumns {
    static var columns: [WritableKeyPath<Self, Int>] { [\.units, \.tokens, \.occurrences, \.occurrenceTokens] }
}

extension AuditSums.NearCopies: JSONColumns {
    static var columns: [WritableKeyPath<Self, Int>] { [\.units, \.tokens] }
}

extension ContaminationSums.Documents: JSONColumns {
    static var columns: [WritableKeyPath<Self, Int>] { [\.documents, \.tokens] }
}

extension ContaminationSums: JSONRecord {
    static var blank: ContaminationSums { ContaminationSums(sourceCount: 0) }
    static let fields: [JSONField<ContaminationSums>] = [
        .init("items", \.itemRows, "The items with any match, in the order of the sets."),
        .init(
            "sources", \.sources,
            "By source, contaminated documents and their tokens by set, and behind the sets those of any."),
    ]

    /// What was found of one item.
    struct ItemRow: JSONRecord {
        var item = 0
        var documents = 0
        var longest = 0
        var positions: [Int] = []
        var sources: [Int] = []

        static let blank = ItemRow()
        static let fields: [JSONField<ItemRow>] = [
            .init("item", \.item, "Its place among the items of all sets.", .count),
            .init("documents", \.documents, "Distinct documents that share a sequence of eight words.", .count),
            .init("longest", \.longest, "The longest sequence of words in common.", .count),
            .init("positions", \.positions, "The first words of the sequences that some document contains."),
            .init("sources", \.sources, "The sources that own these documents."),
        ]

        func check(at place: JSONPlace) throws(JSONPathError) {
            guard positions.last ?? 0 <= BenchmarkIndex.mostWords, sources.last ?? 0 < Corpus.maximumSources else {
                throw place.failure("has a position or a source that there cannot be")
            }
            for numbers in [positions, sources]
            where !(numbers.first ?? 0 >= 0 && zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 }) {
                throw place.failure("has positions or sources that do not rise from 0")
            }
        }
    }

    private var itemRows: [ItemRow] {
        get {
            items.sorted { $0.key < $1.key }.map { item, sums in
                ItemRow(
                    item: item, documents: sums.documents, longest: sums.longest, positions: sums.positions.sorted,
                    sources: sums.sources.sorted)
            }
        }
        set {
            items = Dictionary(
                newValue.map { row in
                    var sums = Item(documents: row.documents, longest: row.longest)
                    (sums.positions, sums.sources) = (PlaceSet(row.positions), PlaceSet(row.sources))
                    return (row.item, sums)
                }, uniquingKeysWith: { first, _ in first })
        }
    }
}

extension AuditSums.QualityBucket: JSONColumns {
    static var columns: [WritableKeyPath<Self, Int>] { [\.units, \.tokens, \.uniqueTokens] }
}

extension TopCopies: JSONRecord {
    static var blank: TopCopies { TopCopies(limit: 0) }
    static let fields: [JSONField<TopCopies>] = [
        .init("limit", \.limit, "How many texts there are at most.", .notNegative),
        .init("texts", \.sorted, "The texts, the most frequent first."),
    ]

    func check(at place: JSONPlace) throws(JSONPathError) {
        guard limit <= AuditOptions.mostTopCopies, sorted.count <= limit else {
            throw place.failure("has more texts than there may be")
        }
    }
}

extension TopCopies.Entry: JSONRecord {
    static var blank: TopCopies.Entry {
        TopCopies.Entry(fingerprint: .zero, occurrences: 0, tokens: 0, bytes: 0, rank: 0, position: 0)
    }
    static let fields: [JSONField<TopCopies.Entry>] = [
        .init("xxh3_128", \.fingerprint, "The text's fingerprint."),
        .init("occurrences", \.occurrences, "How often it occurs.", .notNegative),
        .init("tokens", \.tokens, "Its tokens, or what these are estimated from.", .notNegative),
        .init("bytes", \.bytes, "Its bytes.", .notNegative),
        .init("rank", \.rank, "The owner's source, then shard, among all pairs of them.", .notNegative),
        .init("position", \.position, "Where in the shard the owner is.", .notNegative),
    ]
}

/// Sums that are written as an array of integers from 0 up, in the order of their columns.
private protocol JSONColumns: JSONRepresentable {
    init()
    static var columns: [WritableKeyPath<Self, Int>] { get }
    func check(at place: JSONPlace) throws(JSONPathError)
}

extension JSONColumns {
    var json: JSONValue { .array(Self.columns.map { .integer(self[keyPath: $0]) }) }

    static var schema: [JSONMember] {
        let bounds = JSONValue.integer(columns.count)
        return [
            JSONMember(key: "type", value: "array"),
            JSONMember(key: "items", value: .object(["type": "integer", "minimum": 0])),
            JSONMember(key: "minItems", value: bounds), JSONMember(key: "maxItems", value: bounds),
        ]
    }

    init(at place: JSONPlace) throws(JSONPathError) {
        self.init()
        let columns = Self.columns
        let elements = try place.elements()
        guard elements.count == columns.count else { throw place.failure("must have \(columns.count) integers") }
        for (column, element) in zip(columns, elements) {
            let value = try Int(at: element)
            guard value >= 0 else { throw element.failure("must be 0 or more, not \(value)") }
            self[keyPath: column] = value
        }
        try check(at: place)
    }

    func check(at place: JSONPlace) throws(JSONPathError) {}
}

/// Sums of products outgrow 64 bits: a string of decimal digits.
extension UInt128: JSONSpelled {
    package static var spelling: String { "a number from 0 up in decimal digits" }
    package init?(spelled text: String) {
        guard let value = UInt128(text), "\(value)" == text else { return nil }
        self = value
    }
}
