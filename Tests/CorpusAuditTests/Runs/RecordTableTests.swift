import Testing

@testable import CorpusAudit

@Suite struct RecordTableTests {
    @Test("copies add up and a text is counted once, with an index or without", arguments: [true, false])
    func folding(isIndexed: Bool) {
        var random = SeededGenerator(seed: 5)
        var table = RecordTable(isIndexed: isIndexed)
        var expected: [UInt64: Int] = [:]
        var counted = 0
        for place in 0..<50_000 {
            let value = random.next() % 3_000
            expected[value, default: 0] += 1
            let fingerprint = Fingerprint(high: value &* 0x9E37_79B9_7F4A_7C15, low: value)
            let known = table.tokens(of: fingerprint)
            if known == nil { counted += 1 }
            table.insert(
                UnitRecord(
                    fingerprint, tokens: known ?? 2, bytes: 8, origin: Int(value % 7), quality: .one, position: place))
        }
        if isIndexed { #expect(counted == expected.count) }
        var found: [UInt64: Int] = [:]
        let records = table.takeSorted()
        for record in records { found[record.low, default: 0] += record.copies }
        #expect(found == expected)
        #expect(zip(records, records.dropFirst()).allSatisfy { !UnitRecord.precedes($1, $0) })
    }

    @Test("copies past 65,536 start another record")
    func manyCopies() {
        var table = RecordTable(isIndexed: true)
        for place in 0..<70_000 {
            table.insert(
                UnitRecord(
                    Fingerprint(high: 1, low: 2), tokens: 1, bytes: 1, origin: 0, quality: .one, position: place))
        }
        #expect(table.takeSorted().map(\.copies) == [65_536, 4_464])
    }
}
