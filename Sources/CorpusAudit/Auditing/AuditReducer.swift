/// Turns records, grouped by fingerprint, into sums.
///
/// All decisions of an audit fall here: what is unique, where, and which copy owns a text. They depend on the records
/// of one fingerprint alone, never on the order in which those come.
struct AuditReducer {
    /// What the reducer knows of an origin.
    struct Origin {
        /// The source's place in the audit.
        var source: Int
        /// The place among all origins by source, then path: ties of ownership go to the lowest.
        var rank: Int
    }

    private(set) var tally: AuditTally
    /// Source weights in millionths, by place.
    private let weights: [UInt64]
    private var group: [UnitCopy] = []
    private var fingerprint = Fingerprint(high: 0, low: 0)

    init(sourceWeights: [UInt64], topCopies: Int = 0) {
        weights = sourceWeights
        tally = AuditTally(sourceCount: sourceWeights.count, topCopies: topCopies)
    }

    /// Adds a record of the group in hand.
    @inline(__always)
    mutating func add(_ record: UnitRecord, from origin: Origin) {
        fingerprint = record.fingerprint
        group.append(UnitCopy(record, from: origin))
    }

    /// Ends the group in hand: all records of one fingerprint have been added.
    ///
    /// - Complexity: O(*r* log *r* + *s*²) in the group's records and sources.
    mutating func finishGroup() {
        if group.count > 1 { group.sort(by: UnitCopy.precedes) }
        var owner = 0
        var ownerWeight = weight(of: 0)
        var occurrences = 0
        var occurrenceTokens = 0
        var sources: [Int] = []
        var start = 0
        while start < group.count {
            let source = group[start].source
            var best = start
            var sourceCopies = 0
            var sourceTokens = 0
            var end = start
            while end < group.count, group[end].source == source {
                let copy = group[end]
                // The source's weight is the same for all of them, so their own quality decides; ties keep the first.
                if copy.quality > group[best].quality { best = end }
                sourceCopies += copy.copies
                sourceTokens += copy.copies * copy.tokens
                tally.sources[source].bytes += copy.copies * copy.bytes
                tally.sources[source].quality.add(
                    .init(units: copy.copies, tokens: copy.copies * copy.tokens, uniqueTokens: 0),
                    at: QualityGrid.bucket(of: QualityWeight(millionths: copy.quality)))
                end += 1
            }
            addUnique(group[best], to: source, copies: sourceCopies, tokens: sourceTokens)
            if group.count > 1 {
                let weight = weight(of: best)
                if weight > ownerWeight {
                    owner = best
                    ownerWeight = weight
                }
                sources.append(source)
            }
            occurrences += sourceCopies
            occurrenceTokens += sourceTokens
            start = end
        }
        finish(owner: group[owner], sources: sources, occurrences: occurrences, occurrenceTokens: occurrenceTokens)
        group.removeAll(keepingCapacity: true)
    }

    private func weight(of copy: Int) -> UInt64 { weights[group[copy].source] * UInt64(group[copy].quality) }

    private mutating func addUnique(_ copy: UnitCopy, to source: Int, copies: Int, tokens: Int) {
        tally.sources[source].units += copies
        tally.sources[source].tokens += tokens
        tally.sources[source].uniqueUnits += 1
        tally.sources[source].uniqueBytes += copy.bytes
        tally.sources[source].uniqueTokens += copy.tokens
        tally.sources[source].weightedUnique += UInt128(copy.tokens) * UInt128(copy.quality)
        tally.sources[source].copies.add(
            .init(units: 1, tokens: copy.tokens, occurrences: copies, occurrenceTokens: tokens),
            at: AuditTally.CopiesBucket.index(ofOccurrences: copies))
        tally.sources[source].quality.add(
            .init(units: 0, tokens: 0, uniqueTokens: copy.tokens),
            at: QualityGrid.bucket(of: QualityWeight(millionths: copy.quality)))
    }

    private mutating func finish(owner: UnitCopy, sources: [Int], occurrences: Int, occurrenceTokens: Int) {
        tally.sources[owner.source].ownedUnits += 1
        tally.sources[owner.source].ownedBytes += owner.bytes
        tally.sources[owner.source].ownedTokens += owner.tokens
        tally.sources[owner.source].weightedOwned += UInt128(owner.tokens) * UInt128(owner.quality)
        if sources.count < 2 {
            tally.sources[owner.source].exclusiveTokens += owner.tokens
        } else {
            for (index, first) in sources.enumerated() {
                for second in sources[(index + 1)...] {
                    tally.overlap[first << 12 | second, default: .init()].units += 1
                    tally.overlap[first << 12 | second, default: .init()].tokens += owner.tokens
                }
            }
        }
        tally.copies.add(
            .init(units: 1, tokens: owner.tokens, occurrences: occurrences, occurrenceTokens: occurrenceTokens),
            at: AuditTally.CopiesBucket.index(ofOccurrences: occurrences))
        if tally.topCopies.mayHold(occurrences: occurrences) {
            tally.topCopies.add(
                .init(
                    fingerprint: fingerprint, occurrences: occurrences, tokens: owner.tokens, bytes: owner.bytes,
                    rank: owner.rank, position: Int(owner.position)))
        }
    }
}
