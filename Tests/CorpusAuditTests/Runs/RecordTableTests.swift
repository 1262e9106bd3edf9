import Testing

@testable import CorpusAudit

@Suite struct RecordTableTests {
    @Test("copies add up and a text is counted once, with an index or without", arguments: [true, false])
    func folding(isIndexed: Bool) {
        var random = SeededGenerator(seed: 5)
        var table = RecordTable(isIndexed: isIndexed)
        var expected: [UInt64: Int] = [:]
        var counted = 0
        for _ in 0..<50_000 {
            let value = random.next() % 3_000
            expected[value, default: 0] += 1
            let fingerprint = Fingerprint(high: value &* 0x9E37_79B9_7F4A_7C15, low: value)
            table.insert(fingerprint, bytes: 8, origin: Int(value % 7), quality: .one) {
                counted += 1
                return 2
            }
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
        for _ in 0..<70_000 {
            table.insert(Fingerprint(high: 1, low: 2), bytes: 1, origin: 0, quality: .one) { 1 }
        }
        #expect(table.takeSorted().map(\.copies) == [65_536, 4_464].sorted())
    }
}
