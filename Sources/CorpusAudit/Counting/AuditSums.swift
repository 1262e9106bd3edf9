/// The integer sums of an audit over some range of fingerprints.
///
/// Those of disjoint ranges add up to those of both: ``merge(_:)`` is associative and commutative.
struct AuditSums: Sendable, Equatable {
    /// Sums of one source.
    struct Source: Sendable, Equatable {
        var units = 0
        var bytes = 0
        var tokens = 0
        var uniqueUnits = 0
        var uniqueBytes = 0
        var uniqueTokens = 0
        var exclusiveTokens = 0
        var ownedUnits = 0
        var ownedBytes = 0
        var ownedTokens = 0
        /// Tokens × documents' quality in millionths, over the units distinct in the source, and over those it owns.
        var weightedUnique: UInt128 = 0
        var weightedOwned: UInt128 = 0
        var copies: [CopiesBucket] = []
        /// The most occurrences of a unit in the source.
        var largestCopies = 0
        var quality: [QualityBucket] = []
        /// Units that have a score, by its bin in ``ScoreGrid``.
        var scores: [Int: QualityBucket] = [:]
        /// Texts that the source owns and that are near copies, by threshold; at 0 those of the sample, where near copies
        /// are sought among a sample.
        var nearCopies: [NearCopies] = []

        mutating func merge(_ other: Source) {
            units += other.units
            bytes += other.bytes
            tokens += other.tokens
            uniqueUnits += other.uniqueUnits
            uniqueBytes += other.uniqueBytes
            uniqueTokens += other.uniqueTokens
            exclusiveTokens += other.exclusiveTokens
            ownedUnits += other.ownedUnits
            ownedBytes += other.ownedBytes
            ownedTokens += other.ownedTokens
            weightedUnique += other.weightedUnique
            weightedOwned += other.weightedOwned
            for (bucket, sums) in other.copies.enumerated() { copies.add(sums, at: bucket) }
            largestCopies = max(largestCopies, other.largestCopies)
            for (bucket, sums) in other.quality.enumerated() { quality.add(sums, at: bucket) }
            scores.merge(other.scores, uniquingKeysWith: +)
            for (threshold, sums) in other.nearCopies.enumerated() { nearCopies.add(sums, at: threshold) }
        }
    }

    /// Distinct units by occurrences: bucket 0 holds 1, 1 holds 2, 2 holds 3–4, 3 holds 5–8, and so on.
    struct CopiesBucket: Sendable, Equatable, AddableSums {
        var units = 0
        var tokens = 0
        var occurrences = 0
        var occurrenceTokens = 0

        static func + (left: Self, right: Self) -> Self {
            Self(
                units: left.units + right.units, tokens: left.tokens + right.tokens,
                occurrences: left.occurrences + right.occurrences,
                occurrenceTokens: left.occurrenceTokens + right.occurrenceTokens)
        }

        static func index(ofOccurrences count: Int) -> Int {
            count == 1 ? 0 : Int.bitWidth - (count - 1).leadingZeroBitCount
        }

        static func range(ofIndex index: Int) -> (from: Int, to: Int) {
            index == 0 ? (1, 1) : (1 << (index - 1) + 1, 1 << index)
        }
    }

    struct QualityBucket: Sendable, Equatable, AddableSums {
        var units = 0
        var tokens = 0
        var uniqueTokens = 0

        static func + (left: Self, right: Self) -> Self {
            Self(
                units: left.units + right.units, tokens: left.tokens + right.tokens,
                uniqueTokens: left.uniqueTokens + right.uniqueTokens)
        }

        static func += (left: inout Self, right: Self) { left = left + right }
    }

    struct NearCopies: Sendable, Equatable, AddableSums {
        var units = 0
        var tokens = 0

        static func + (left: Self, right: Self) -> Self {
            Self(units: left.units + right.units, tokens: left.tokens + right.tokens)
        }
    }

    struct Overlap: Sendable, Equatable {
        var units = 0
        var tokens = 0

        static func sum(_ left: Overlap, _ right: Overlap) -> Overlap {
            Overlap(units: left.units + right.units, tokens: left.tokens + right.tokens)
        }
    }

    var sources: [Source]
    var copies: [CopiesBucket] = []
    /// The most occurrences of a unit.
    var largestCopies = 0
    /// By pair of source ranks, the lower times 2¹² plus the higher.
    var overlap: [Int: Overlap] = [:]
    /// Near copies of texts that another source owns, by pair of source ranks as in ``overlap``.
    var nearOverlap: [Int: Overlap] = [:]

    /// What of evaluation sets was found, where any are looked for.
    var contamination: ContaminationSums?
    /// Where the owners of texts lie that are shown as examples of near copies.
    var nearPlaces: [Fingerprint: Place] = [:]

    /// Where a record is: the source, then the shard, among all pairs of them; and the position in the shard.
    struct Place: Sendable, Equatable {
        var rank: Int
        var position: Int
    }

    /// The texts that occur most often, if asked for.
    var topCopies: TopCopies

    init(sourceCount: Int, topCopies: Int = 0) {
        sources = [Source](repeating: Source(), count: sourceCount)
        self.topCopies = TopCopies(limit: topCopies)
    }

    /// A bound of every sum in it.
    var magnitude: UInt128 {
        sources.reduce(0) { $0 + UInt128($1.units) + UInt128($1.bytes) + UInt128($1.tokens) }
    }

    mutating func merge(_ other: AuditSums) {
        precondition(sources.count == other.sources.count, "sums of one corpus have the same sources")
        for index in sources.indices { sources[index].merge(other.sources[index]) }
        for (bucket, sums) in other.copies.enumerated() { copies.add(sums, at: bucket) }
        largestCopies = max(largestCopies, other.largestCopies)
        topCopies.merge(other.topCopies)
        overlap.merge(other.overlap, uniquingKeysWith: Overlap.sum)
        if let found = other.contamination {
            contamination?.merge(found)
            contamination = contamination ?? found
        }
        nearPlaces.merge(other.nearPlaces) { first, _ in first }
        nearOverlap.merge(other.nearOverlap, uniquingKeysWith: Overlap.sum)
    }
}

/// Sums that start at nothing.
protocol AddableSums {
    init()
    static func + (left: Self, right: Self) -> Self
}

extension Array where Element: AddableSums {
    /// Adds to a bucket, growing the array to hold it.
    mutating func add(_ sums: Element, at index: Int) {
        while count <= index { append(Element()) }
        self[index] = self[index] + sums
    }
}
