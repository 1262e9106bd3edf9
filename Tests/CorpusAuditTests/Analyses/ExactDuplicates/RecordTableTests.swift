import Testing

@testable import CorpusAudit

@Suite struct RecordTableTests {
    @Test("copies add up and a text is counted once, with an index or without", arguments: [true, false])
    func folding(isIndexed: Bool) throws {
        var random = SeededGenerator(seed: 5)
        var table = try RecordTable(isIndexed: isIndexed, memory: 8 << 20)
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
                    fingerprint, tokens: known ?? 2, bytes: 8, origin: Int(value % 7), position: place))
        }
        if isIndexed { #expect(counted == expected.count) }
        var found: [UInt64: Int] = [:]
        let records = try table.take().sorted().all
        for record in records { found[record.low, default: 0] += record.copies }
        #expect(found == expected)
        #expect(zip(records, records.dropFirst()).allSatisfy { !UnitRecord.precedes($1, $0) })
    }

    @Test(
        "copies in shards of one source share a record, which stands for the first shard by path",
        arguments: [["b", "a", "c"], ["c", "b", "a"], ["a", "b", "c"]])
    func joinedShards(order: [String]) throws {
        var table = try RecordTable(isIndexed: true, joinsShards: true, memory: 8 << 20)
        add(copiesIn: order, to: &table)
        let origins = table.origins.all
        let records = try table.take().sorted().all
        #expect(records.map { origins[$0.origin].source.text } == ["code", "code", "web", "web"])
        #expect(records.map(\.tokens) == [1, 2, 1, 2])
        #expect(records.allSatisfy { origins[$0.origin].shard.text == "a" && $0.copies == 6 })
        #expect(records.allSatisfy { $0.position == order.firstIndex(of: "a").map { UInt64($0) * 10 } })
    }

    @Test("shards are kept apart where runs outlive the process")
    func separateShards() throws {
        var table = try RecordTable(isIndexed: true, memory: 8 << 20)
        add(copiesIn: ["b", "a", "c"], to: &table)
        #expect(try table.take().sorted().all.map(\.copies) == [Int](repeating: 2, count: 12))
    }

    /// Adds two copies of four texts in each shard: two of the source `code`, of 1 and 2 tokens, then two of `web`.
    private func add(copiesIn shards: [String], to table: inout RecordTable) {
        for (number, shard) in shards.enumerated() {
            table.origins.begin(Shard(path: shard, location: "", source: "", fields: FieldSelection()))
            for (index, source) in ["code", "web"].enumerated() {
                let origin = table.origins.add(source: ByteName(source))
                for tokens in 1..<3 {
                    for copy in 0..<2 {
                        table.insert(
                            UnitRecord(
                                Fingerprint(high: UInt64(index), low: UInt64(tokens)), tokens: UInt32(tokens), bytes: 1,
                                origin: origin, position: 10 * number + copy))
                    }
                }
            }
        }
    }

    @Test("a batch is taken as its records one by one are", arguments: [true, false])
    func batches(isIndexed: Bool) throws {
        var random = SeededGenerator(seed: 9)
        var single = try RecordTable(isIndexed: isIndexed, memory: 8 << 20)
        var batched = try RecordTable(isIndexed: isIndexed, memory: 8 << 20)
        for round in 0..<500 {
            let batch = (0..<64).map { place in
                let value = random.next() % 9_000
                return UnitRecord(
                    Fingerprint(high: value &* 0x9E37_79B9_7F4A_7C15, low: value), tokens: 1, bytes: 8,
                    origin: round / 100, position: round * 64 + place)
            }
            for record in batch { single.insert(record) }
            batch.withUnsafeBufferPointer { batched.insert($0) }
        }
        #expect(single.count == batched.count)
        #expect(
            try single.take().sorted().all.map { [$0.high, $0.low, $0.word, $0.position] }
                == batched.take().sorted().all.map { [$0.high, $0.low, $0.word, $0.position] })
    }

    @Test("texts are found again after the index grew, those too whose slots run over its end")
    func growth() throws {
        let seed: UInt64 = 31
        var random = SeededGenerator(seed: seed)
        var table = try RecordTable(isIndexed: true, memory: 8 << 20)
        var texts: [Fingerprint] = []
        for place in 0..<40_000 {
            // One in twenty wants one of the last slots, whatever their number.
            let low = place % 20 == 0 ? random.next() | 0xFFFF_FFE0 : random.next()
            texts.append(Fingerprint(high: random.next(), low: low))
            table.insert(
                UnitRecord(
                    texts[place], tokens: UInt32(place), bytes: 1, origin: 0, position: place))
            guard place % 1_000 == 999 else { continue }
            for (number, text) in texts.enumerated() {
                #expect(table.tokens(of: text) == UInt32(number), "seed \(seed)")
            }
        }
        #expect(table.tokens(of: Fingerprint(high: 1, low: .max)) == nil)
        #expect(table.count == 40_000)
    }

    @Test("a table fills the memory it is given and no more", arguments: [100 << 10, 1 << 20, 64 << 20, 3 << 30])
    func capacity(memory: Int) throws {
        for isIndexed in [true, false] {
            let table = try RecordTable(isIndexed: isIndexed, memory: memory)
            #expect(table.capacity * 40 <= memory)
            #expect(table.capacity * 80 >= memory)
        }
    }

    @Test("copies past 65,536 start another record")
    func manyCopies() throws {
        var table = try RecordTable(isIndexed: true, memory: 8 << 20)
        for place in 0..<70_000 {
            table.insert(
                UnitRecord(
                    Fingerprint(high: 1, low: 2), tokens: 1, bytes: 1, origin: 0, position: place))
        }
        #expect(try table.take().sorted().all.map(\.copies) == [65_536, 4_464])
    }
}

extension SortedRecords {
    /// The records in order.
    var all: [UnitRecord] { (0..<count).map { self[$0] } }
}
