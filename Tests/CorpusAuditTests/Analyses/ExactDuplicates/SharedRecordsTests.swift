import Testing

@testable import CorpusAudit

@Suite struct SharedRecordsTests {
    @Test(
        "a record is handed out once: as it lies, or with all others of its text",
        arguments: [0, 1, 63, 64, 65, 5_000], [true, false])
    func loneAndShared(count: Int, isIndexed: Bool) throws {
        var random = SeededGenerator(seed: UInt64(count))
        var table = try RecordTable(isIndexed: isIndexed, memory: 8 << 20)
        for place in 0..<count {
            // Texts that come once, texts of several origins, and copies that fold.
            let text = random.next() % UInt64(count)
            table.insert(record(high: text &* 0x9E37_79B9_7F4A_7C15, low: text, Int(random.next() % 3), at: place))
        }
        let held = try table.take()
        let all = try held.sorted().all
        var records: [UInt64: Int] = [:]
        for record in all { records[record.low, default: 0] += 1 }

        let shared = try held.shared(inOrder: false)
        var lone: [UnitRecord] = []
        for places in [0..<shared.count / 3, shared.count / 3..<shared.count] {
            shared.forEachLone(in: places) { lone.append($0) }
        }
        #expect(lone.allSatisfy { records[$0.low] == 1 }, "seed \(count)")
        #expect(lone.map(\.position) == lone.map(\.position).sorted(), "seed \(count)")
        let texts = texts(of: shared, bounds: [0, 1 << 62, 3 << 62], most: 100)
        #expect(texts.allSatisfy { text in text.allSatisfy { $0.hasSameText(as: text[0]) } }, "seed \(count)")
        #expect(texts.allSatisfy { $0.count == records[$0[0].low] }, "seed \(count)")
        #expect(
            (lone + texts.joined()).map(\.position).sorted() == all.map(\.position).sorted(), "seed \(count)")
        if isIndexed { #expect(texts.allSatisfy { $0.count > 1 }, "seed \(count)") }
    }

    @Test("texts whose fingerprints begin alike are told apart")
    func alike() throws {
        let records = (0..<300).map { record(high: 7 << 32 | UInt64($0 % 3), low: UInt64($0 % 5), 0, at: $0) }
        let texts = texts(of: try HeldRecords(records).shared(inOrder: false), bounds: [0], most: 10)
        #expect(texts.count == 15)
        #expect(texts.allSatisfy { text in text.count == 20 && text.allSatisfy { $0.hasSameText(as: text[0]) } })
    }

    @Test("with an order, the others are in that of entries, those that are marked for a join among them")
    func inOrder() throws {
        var table = try RecordTable(isIndexed: true, memory: 8 << 20)
        for place in 0..<1_000 {
            let text = UInt64(place % 700)
            table.insert(record(high: text &* 0x9E37_79B9_7F4A_7C15, low: text, place % 3, at: place))
            if place == 650 { table.markLast() }
        }
        let held = try table.take()
        let shared = try held.shared(inOrder: true)
        var lone = 0
        shared.forEachLone(in: 0..<shared.count) { _ in lone += 1 }
        // Texts 0 to 299 come once more, from another origin.
        let expected = try held.sorted().all.filter { $0.low == 650 || $0.low < 300 }.map(\.position)
        #expect(shared.sorted.all.map(\.position) == expected)
        #expect(lone + expected.count == shared.count)
    }

    private func record(high: UInt64, low: UInt64, _ origin: Int, at position: Int) -> UnitRecord {
        UnitRecord(Fingerprint(high: high, low: low), tokens: 1, bytes: 1, origin: origin, position: position)
    }

    /// The texts that are handed out for ranges between some bounds, so many records at a time.
    private func texts(of shared: SharedRecords, bounds: [UInt64], most: Int) -> [[UnitRecord]] {
        var texts: [[UnitRecord]] = []
        for (index, low) in bounds.enumerated() {
            let places = shared.places(from: low, below: index + 1 < bounds.count ? bounds[index + 1] : nil)
            var start = places.lowerBound
            while start < places.upperBound {
                var text: [UnitRecord] = []
                start = shared.forEachText(in: start..<places.upperBound, most: most) {
                    text.append($0)
                } finish: {
                    texts.append(text)
                    text = []
                }
            }
        }
        return texts
    }
}
