import Testing

@testable import CorpusAudit

@Suite struct HeldRecordsTests {
    @Test(
        "a record is handed out as it lies where its text has no other, and in order where it has",
        arguments: [1, 63, 64, 65, 5_000])
    func loneAndShared(count: Int) throws {
        var random = SeededGenerator(seed: UInt64(count))
        var table = try RecordTable(isIndexed: true, memory: 8 << 20)
        for place in 0..<count {
            // Texts that come once, texts of several origins, and copies that fold.
            let text = random.next() % UInt64(count)
            table.insert(
                UnitRecord(
                    Fingerprint(high: text &* 0x9E37_79B9_7F4A_7C15, low: text), tokens: 1, bytes: 1,
                    origin: Int(random.next() % 3), position: place))
        }
        let held = try table.take()
        let all = try held.sorted().all
        var records: [UInt64: Int] = [:]
        for record in all { records[record.low, default: 0] += 1 }

        var lone: [UnitRecord] = []
        for places in [0..<held.count / 3, held.count / 3..<held.count] {
            held.forEachLone(in: places) { lone.append($0) }
        }
        #expect(lone.allSatisfy { records[$0.low] == 1 }, "seed \(count)")
        #expect(lone.map(\.position) == lone.map(\.position).sorted(), "seed \(count)")
        let shared = try held.sortedShared().all
        #expect(
            shared.map(\.position) == all.filter { records[$0.low] != 1 }.map(\.position), "seed \(count)")
        #expect(lone.count + shared.count == all.count, "seed \(count)")
    }
}
