extension AuditSums {
    /// Why the sums cannot be those of any units, or `nil` where they can.
    ///
    /// Sums that another program wrote, or forged, may have a right digest all the same.
    var contradiction: String? {
        guard magnitude < 1 << 62 else { return "its sums are larger than can be" }
        for source in sources {
            if let reason = source.contradiction { return reason }
        }
        guard copies.allSatisfy({ $0.units <= 1 << 62 && $0.occurrences <= 1 << 62 && $0.tokens <= 1 << 62 }),
            CopiesBucket.arePossible(copies)
        else { return "its copies occur a number of times that they cannot" }
        let owned = sources.reduce(into: CopiesBucket()) { sums, source in
            sums.units += source.ownedUnits
            sums.tokens += source.ownedTokens
            sums.occurrences += source.units
            sums.occurrenceTokens += source.tokens
        }
        guard CopiesBucket.sum(copies) == owned else { return "its copies are not those of its sources" }
        guard CopiesBucket.mayReach(largestCopies, copies) else {
            return "the largest number of copies is not one of the copies"
        }
        for (pair, sums) in overlap {
            let (first, second) = (sources[pair >> 12], sources[pair & 0xFFF])
            guard sums.units <= min(first.uniqueUnits, second.uniqueUnits), sums.tokens <= owned.tokens else {
                return "two sources share more than one of them has"
            }
        }
        for entry in topCopies.sorted where entry.occurrences > owned.occurrences || entry.occurrences < 2 {
            return "a text occurs a number of times that it cannot"
        }
        return nil
    }
}

extension AuditSums.Source {
    fileprivate var contradiction: String? {
        let sums = [
            units, bytes, tokens, uniqueUnits, uniqueBytes, uniqueTokens, exclusiveTokens, ownedUnits, ownedBytes,
            ownedTokens,
        ]
        guard sums.allSatisfy({ $0 < 1 << 62 }) else { return "its sums are larger than can be" }
        guard uniqueUnits <= units, uniqueBytes <= bytes, uniqueTokens <= tokens, ownedUnits <= uniqueUnits,
            ownedBytes <= uniqueBytes, ownedTokens <= uniqueTokens, exclusiveTokens <= ownedTokens
        else { return "a source has more distinct units than units, or owns more than it has" }
        // A quality has 24 bits.
        let highest: UInt128 = 0xFF_FFFF
        guard weightedUnique <= UInt128(uniqueTokens) * highest, weightedOwned <= UInt128(ownedTokens) * highest else {
            return "the units of a source weigh more than they can"
        }
        guard AuditSums.CopiesBucket.arePossible(copies),
            AuditSums.CopiesBucket.sum(copies)
                == .init(units: uniqueUnits, tokens: uniqueTokens, occurrences: units, occurrenceTokens: tokens)
        else { return "the copies in a source are not its units" }
        var left = (units: units, tokens: tokens, uniqueTokens: uniqueTokens)
        for bucket in quality {
            guard bucket.units <= left.units, bucket.tokens <= left.tokens, bucket.uniqueTokens <= left.uniqueTokens
            else { return "the units of a source by quality are not its units" }
            left.units -= bucket.units
            left.tokens -= bucket.tokens
            left.uniqueTokens -= bucket.uniqueTokens
        }
        guard left == (0, 0, 0) else { return "the units of a source by quality are not its units" }
        left = (units: units, tokens: tokens, uniqueTokens: uniqueTokens)
        for bin in scores.values {
            guard bin.units <= left.units, bin.tokens <= left.tokens, bin.uniqueTokens <= left.uniqueTokens else {
                return "a source has more units with a score than units"
            }
            left.units -= bin.units
            left.tokens -= bin.tokens
            left.uniqueTokens -= bin.uniqueTokens
        }
        guard nearCopies.allSatisfy({ $0.units <= ownedUnits && $0.tokens <= ownedTokens }) else {
            return "a source has more near copies than it owns texts"
        }
        return AuditSums.CopiesBucket.mayReach(largestCopies, copies)
            ? nil : "the largest number of copies in a source is not one of its copies"
    }
}

extension AuditSums.CopiesBucket {
    /// The sums of all buckets, or an impossible one where they are larger than can be.
    fileprivate static func sum(_ buckets: [Self]) -> Self {
        var sums = Self()
        for bucket in buckets {
            let next = [
                sums.units.addingReportingOverflow(bucket.units), sums.tokens.addingReportingOverflow(bucket.tokens),
                sums.occurrences.addingReportingOverflow(bucket.occurrences),
                sums.occurrenceTokens.addingReportingOverflow(bucket.occurrenceTokens),
            ]
            guard !next.contains(where: \.overflow) else { return Self(units: -1) }
            sums = Self(
                units: next[0].partialValue, tokens: next[1].partialValue, occurrences: next[2].partialValue,
                occurrenceTokens: next[3].partialValue)
        }
        return sums
    }

    /// Whether the most occurrences of a unit are in the last bucket.
    fileprivate static func mayReach(_ largest: Int, _ buckets: [Self]) -> Bool {
        guard let last = buckets.lastIndex(where: { $0.units > 0 }) else { return largest == 0 }
        return range(ofIndex: last).from <= largest && largest <= range(ofIndex: last).to
    }

    /// Whether the units of each bucket can occur as often as they do.
    fileprivate static func arePossible(_ buckets: [Self]) -> Bool {
        guard buckets.count <= 63 else { return false }
        return buckets.enumerated().allSatisfy { index, sums in
            let range = range(ofIndex: index)
            let occurrences = UInt128(sums.occurrences)
            return occurrences >= UInt128(sums.units) * UInt128(range.from)
                && occurrences <= UInt128(sums.units) * UInt128(range.to)
        }
    }
}
