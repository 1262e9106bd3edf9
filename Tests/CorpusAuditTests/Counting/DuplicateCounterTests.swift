import Testing

@testable import CorpusAudit

@Suite struct DuplicateCounterTests {
    @Test(
        "sums are those of the copies one by one, with scores and without, for few sources and many",
        arguments: [(3, true), (3, false), (70, true), (70, false)])
    func sums(sources: Int, hasScores: Bool) {
        var random = SeededGenerator(seed: UInt64(sources))
        let weights = (0..<sources).map { UInt64($0 % 3 + 1) * 500_000 }
        var counter = DuplicateCounter(sourceWeights: weights)
        var expected = AuditSums(sourceCount: sources)
        for text in 0..<3_000 {
            let bytes = Int(random.next() % 50) + 1
            var copies: [UnitCopy] = []
            for position in 0..<Int(random.next() % 4) + 1 {
                let source = Int(random.next() % UInt64(sources))
                var record = UnitRecord(
                    Fingerprint(high: UInt64(text), low: 0), tokens: 0, bytes: UInt32(bytes), origin: 0,
                    position: position)
                // One in eight texts has many copies.
                record.word |= random.next() % (random.next() % 8 == 0 ? 1_000 : 3)
                let hasScore = hasScores && random.next() % 2 == 0
                let score = hasScore ? Double(random.next() % 3) / 2 : RecordRows.noScore
                copies.append(
                    UnitCopy(
                        record, from: .init(source: source, rank: source), tokens: bytes * 2,
                        quality: hasScore ? QualityWeight(score) ?? .one : .one, score: score))
            }
            for copy in copies { counter.add(copy, Fingerprint(high: UInt64(text), low: 0)) }
            counter.finishGroup()
            add(copies, to: &expected, weights)
        }
        #expect(counter.total == expected)
    }

    /// Adds the copies of one text, as the meaning of each sum says.
    private func add(_ copies: [UnitCopy], to sums: inout AuditSums, _ weights: [UInt64]) {
        let inOrder = copies.sorted { UnitCopy.owns($0, before: $1, weights: weights) }
        let owner = inOrder[0]
        for source in Set(copies.map(\.source)) {
            let own = inOrder.filter { $0.source == source }
            let count = own.reduce(0) { $0 + $1.copies }
            sums.sources[source].units += count
            sums.sources[source].bytes += own.reduce(0) { $0 + $1.copies * $1.bytes }
            sums.sources[source].tokens += own.reduce(0) { $0 + $1.copies * $1.tokens }
            sums.sources[source].uniqueUnits += 1
            sums.sources[source].uniqueBytes += own[0].bytes
            sums.sources[source].uniqueTokens += own[0].tokens
            sums.sources[source].weightedUnique += UInt128(own[0].tokens) * UInt128(own[0].quality)
            sums.sources[source].largestCopies = max(sums.sources[source].largestCopies, count)
            sums.sources[source].copies.add(
                .init(units: 1, tokens: own[0].tokens, occurrences: count, occurrenceTokens: count * own[0].tokens),
                at: AuditSums.CopiesBucket.index(ofOccurrences: count))
            for (index, copy) in own.enumerated() {
                let added = AuditSums.QualityBucket(
                    units: copy.copies, tokens: copy.copies * copy.tokens, uniqueTokens: index == 0 ? copy.tokens : 0)
                sums.sources[source].quality.add(
                    added, at: QualityGrid.bucket(of: QualityWeight(millionths: copy.quality)))
                guard !copy.score.isNaN else { continue }
                sums.sources[source].scores[ScoreGrid.bin(of: copy.score), default: .init()] += added
            }
            for other in Set(copies.map(\.source)) where other > source {
                let overlap = sums.overlap[source << 12 | other] ?? .init()
                sums.overlap[source << 12 | other] = .sum(overlap, .init(units: 1, tokens: owner.tokens))
            }
        }
        if Set(copies.map(\.source)).count == 1 { sums.sources[owner.source].exclusiveTokens += owner.tokens }
        sums.sources[owner.source].ownedUnits += 1
        sums.sources[owner.source].ownedBytes += owner.bytes
        sums.sources[owner.source].ownedTokens += owner.tokens
        sums.sources[owner.source].weightedOwned += UInt128(owner.tokens) * UInt128(owner.quality)
        let count = copies.reduce(0) { $0 + $1.copies }
        sums.largestCopies = max(sums.largestCopies, count)
        sums.copies.add(
            .init(units: 1, tokens: owner.tokens, occurrences: count, occurrenceTokens: count * owner.tokens),
            at: AuditSums.CopiesBucket.index(ofOccurrences: count))
    }
}
