/// Counts what is distinct: turns records, grouped by fingerprint, into sums.
///
/// All decisions of an audit fall here: what is unique, where, and which copy owns a text. They depend on the records
/// of one fingerprint, never on the order in which those come.
struct DuplicateCounter {
    /// What the counter knows of an origin.
    struct Origin {
        /// The source's place in the audit.
        var source: Int
        /// The place among all origins by source, then path: ties of ownership go to the lowest.
        var rank: Int
        /// The quality map's place among those of the ``OriginPlan``.
        var map = 0
    }

    private var sums: AuditSums
    /// Texts with one copy or two that are alike, as most are, on their way into the sums: by source, those of one score
    /// and one copy, then those of one score and two.
    private var few: [SingleUnits]
    /// Source weights in millionths, by place.
    private let weights: [UInt64]
    /// The first two records of the current group, and those after them.
    private var first: UnitCopy?
    private var second: UnitCopy?
    private var group: [UnitCopy] = []
    private(set) var fingerprint = Fingerprint.zero
    /// The sources of the current group.
    private var sources: [Int] = []

    init(sourceWeights: [UInt64], topCopies: Int = 0) {
        weights = sourceWeights
        sums = AuditSums(sourceCount: sourceWeights.count, topCopies: topCopies)
        few = sourceWeights.flatMap { _ in [SingleUnits(occurrences: 1), SingleUnits(occurrences: 2)] }
    }

    /// The sums of all groups that have ended.
    var total: AuditSums {
        var total = sums
        for (place, units) in few.enumerated() { total.add(units, source: place / 2) }
        return total
    }

    /// Adds a record of the current group, with its tokens in the unit of a ``TokenMeasure``.
    @inline(__always)
    mutating func add(_ copy: UnitCopy, _ fingerprint: Fingerprint) {
        self.fingerprint = fingerprint
        if first == nil {
            first = copy
        } else if second == nil {
            second = copy
        } else {
            group.append(copy)
        }
    }

    /// Ends the current group: all records of one fingerprint have been added.
    ///
    /// Returns the copy that owns the text.
    ///
    /// - Complexity: O(*r* log *r* + *s*²) in the group's records and sources.
    @inline(__always) @discardableResult
    mutating func finishGroup() -> UnitCopy? {
        guard let copy = first else { return nil }
        first = nil
        guard let other = second else {
            finishAlone(copy)
            return copy
        }
        second = nil
        let isInOrder = !UnitCopy.precedes(other, copy)
        guard group.isEmpty, copy.countsLike(other) else {
            group.append(isInOrder ? copy : other)
            group.append(isInOrder ? other : copy)
            let owner = finishShared()
            group.removeAll(keepingCapacity: true)
            return owner
        }
        let owner = isInOrder ? copy : other
        var both = owner
        both.copies = copy.copies + other.copies
        finishAlone(both)
        return owner
    }

    /// Ends a group whose copies are alike in all that is summed.
    @inline(__always)
    private mutating func finishAlone(_ copy: UnitCopy) {
        guard copy.copies <= 2 else { return finishSingle(copy) }
        let place = 2 * copy.source + copy.copies - 1
        if few[place].score.bitPattern != copy.score.bitPattern || few[place].quality != copy.quality {
            sums.add(few[place], source: copy.source)
            few[place] = SingleUnits(quality: copy.quality, score: copy.score, occurrences: copy.copies)
        }
        few[place].units += 1
        few[place].bytes += copy.bytes
        few[place].tokens += copy.tokens
        if copy.copies == 2 { addToTopCopies(owner: copy, copies: 2) }
    }

    /// A text whose copies have one record between them.
    private mutating func finishSingle(_ copy: UnitCopy) {
        let units = SingleUnits(
            quality: copy.quality, score: copy.score, occurrences: copy.copies, units: 1, bytes: copy.bytes,
            tokens: copy.tokens)
        sums.add(units, source: copy.source)
        addToTopCopies(owner: copy, copies: copy.copies)
    }

    /// Ends a group of several records, of which two are in order already; returns the copy that owns the text.
    private mutating func finishShared() -> UnitCopy {
        if group.count > 2 { group.sort(by: UnitCopy.precedes) }
        var owner = 0
        var ownerWeight = weight(of: 0)
        var occurrences = 0
        var occurrenceTokens = 0
        sources.removeAll(keepingCapacity: true)
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
                sums.sources[source].add(copy, copies: copy.copies)
                end += 1
            }
            sums.sources[source].addUnique(group[best], copies: sourceCopies, tokens: sourceTokens)
            let weight = weight(of: best)
            if weight > ownerWeight {
                owner = best
                ownerWeight = weight
            }
            sources.append(source)
            occurrences += sourceCopies
            occurrenceTokens += sourceTokens
            start = end
        }
        finish(owner: group[owner], occurrences: occurrences, occurrenceTokens: occurrenceTokens)
        return group[owner]
    }

    private func weight(of copy: Int) -> UInt64 { weights[group[copy].source] * UInt64(group[copy].quality) }

    private mutating func finish(owner: UnitCopy, occurrences: Int, occurrenceTokens: Int) {
        sums.sources[owner.source].addOwned(owner)
        if sources.count < 2 {
            sums.sources[owner.source].exclusiveTokens += owner.tokens
        } else {
            for (index, first) in sources.enumerated() {
                for second in sources[(index + 1)...] {
                    sums.overlap[first << 12 | second, default: .init()].add(tokens: owner.tokens)
                }
            }
        }
        sums.copies.add(
            .init(
                units: 1, tokens: owner.tokens, occurrences: occurrences, occurrenceTokens: occurrenceTokens),
            at: AuditSums.CopiesBucket.index(ofOccurrences: occurrences))
        sums.largestCopies = max(sums.largestCopies, occurrences)
        addToTopCopies(owner: owner, copies: occurrences)
    }

    private mutating func addToTopCopies(owner: UnitCopy, copies: Int) {
        guard sums.topCopies.mayHold(occurrences: copies) else { return }
        sums.topCopies.add(
            .init(
                fingerprint: fingerprint, occurrences: copies, tokens: owner.tokens, bytes: owner.bytes,
                rank: owner.rank, position: Int(owner.position)))
    }
}

/// Texts of one source and one score that have one record each: all their copies are alike.
private struct SingleUnits {
    var quality = QualityWeight.one.millionths
    var score = RecordRows.noScore
    /// How often each occurs.
    var occurrences = 1
    var units = 0
    var bytes = 0
    var tokens = 0
}

extension AuditSums.Overlap {
    fileprivate mutating func add(tokens: Int) {
        units += 1
        self.tokens += tokens
    }
}

extension AuditSums {
    /// Adds texts that have one record each: they are their source's alone and owned by it.
    fileprivate mutating func add(_ single: SingleUnits, source: Int) {
        guard single.units > 0 else { return }
        let occurrences = single.units * single.occurrences
        let tokens = single.tokens * single.occurrences
        let bucket = CopiesBucket(
            units: single.units, tokens: single.tokens, occurrences: occurrences, occurrenceTokens: tokens)
        let weighted = UInt128(single.tokens) * UInt128(single.quality)
        copies.add(bucket, at: CopiesBucket.index(ofOccurrences: single.occurrences))
        largestCopies = max(largestCopies, single.occurrences)
        sources[source].largestCopies = max(sources[source].largestCopies, single.occurrences)
        sources[source].units += occurrences
        sources[source].bytes += single.bytes * single.occurrences
        sources[source].tokens += tokens
        sources[source].uniqueUnits += single.units
        sources[source].uniqueBytes += single.bytes
        sources[source].uniqueTokens += single.tokens
        sources[source].exclusiveTokens += single.tokens
        sources[source].ownedUnits += single.units
        sources[source].ownedBytes += single.bytes
        sources[source].ownedTokens += single.tokens
        sources[source].weightedUnique += weighted
        sources[source].weightedOwned += weighted
        sources[source].copies.add(bucket, at: CopiesBucket.index(ofOccurrences: single.occurrences))
        sources[source].add(
            .init(units: occurrences, tokens: tokens, uniqueTokens: single.tokens), quality: single.quality,
            score: single.score)
    }
}

extension AuditSums.Source {
    /// Adds what every copy counts for.
    fileprivate mutating func add(_ copy: UnitCopy, copies: Int) {
        bytes += copies * copy.bytes
        add(
            .init(units: copies, tokens: copies * copy.tokens, uniqueTokens: 0), quality: copy.quality,
            score: copy.score)
    }

    /// Adds units of one score to the histograms.
    fileprivate mutating func add(_ sums: AuditSums.QualityBucket, quality millionths: UInt32, score: Double) {
        quality.add(sums, at: QualityGrid.bucket(of: QualityWeight(millionths: millionths)))
        if !score.isNaN { scores[ScoreGrid.bin(of: score), default: .init()] += sums }
    }

    /// Adds a text by the copy that stands for it in this source; `copies` and `tokens` are those of all its copies here.
    fileprivate mutating func addUnique(_ copy: UnitCopy, copies count: Int, tokens: Int) {
        units += count
        self.tokens += tokens
        uniqueUnits += 1
        uniqueBytes += copy.bytes
        uniqueTokens += copy.tokens
        weightedUnique += UInt128(copy.tokens) * UInt128(copy.quality)
        copies.add(
            .init(units: 1, tokens: copy.tokens, occurrences: count, occurrenceTokens: tokens),
            at: AuditSums.CopiesBucket.index(ofOccurrences: count))
        largestCopies = max(largestCopies, count)
        add(.init(units: 0, tokens: 0, uniqueTokens: copy.tokens), quality: copy.quality, score: copy.score)
    }

    /// Adds a text that this source owns.
    fileprivate mutating func addOwned(_ copy: UnitCopy) {
        ownedUnits += 1
        ownedBytes += copy.bytes
        ownedTokens += copy.tokens
        weightedOwned += UInt128(copy.tokens) * UInt128(copy.quality)
    }
}
