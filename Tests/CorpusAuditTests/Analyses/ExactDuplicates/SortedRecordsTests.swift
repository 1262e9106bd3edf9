import Testing

@testable import CorpusAudit

@Suite struct SortedRecordsTests {
    @Test(
        "records are sorted as the standard library would sort them",
        arguments: [0, 1, 2, 47, 48, 49, 300, 5_000, 100_000], [UInt64.max, 0xFF, 0])
    func sorts(count: Int, mask: UInt64) throws {
        var random = SeededGenerator(seed: UInt64(count))
        let records = (0..<count).map { index in
            UnitRecord(
                Fingerprint(high: random.next() & mask, low: random.next() & 3), tokens: UInt32(index), bytes: 0,
                origin: Int.random(in: 0..<5, using: &random),
                position: Int.random(in: 0..<3, using: &random))
        }
        let expected = records.sorted(by: UnitRecord.precedes)
        let sorted = try HeldRecords(records).sorted()
        #expect(
            (0..<count).map { sorted[$0] }.map { [$0.high, $0.low, $0.word, $0.position] }
                == expected.map { [$0.high, $0.low, $0.word, $0.position] })
    }
}
