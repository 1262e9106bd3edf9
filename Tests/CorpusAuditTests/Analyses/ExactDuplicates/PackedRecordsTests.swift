import Testing

@testable import CorpusAudit

@Suite struct PackedRecordsTests {
    private static func numbers(_ record: UnitRecord) -> [UInt64] {
        [record.high, record.low, UInt64(record.tokens), UInt64(record.bytes), record.word, record.position]
    }

    private static func room(for capacity: Int, whole: Int? = nil) throws -> PackedRecords {
        guard let records = PackedRecords(capacity: capacity, wholeCapacity: whole) else {
            throw RunError.outOfMemory("records")
        }
        return records
    }

    /// A record with numbers around the bounds of what fits in the bits of a packed one.
    private static func record(_ random: inout SeededGenerator) -> UnitRecord {
        func near(_ bits: [UInt64], _ random: inout SeededGenerator) -> UInt64 {
            let bound: UInt64 = 1 << bits[Int(random.next() % UInt64(bits.count))]
            return random.next() % 2 == 0 ? bound &+ random.next() % 3 &- 2 : random.next() % bound
        }
        var record = UnitRecord(
            Fingerprint(high: random.next(), low: random.next()),
            tokens: random.next() % 2 == 0 ? 0 : UInt32(truncatingIfNeeded: near([8, 31], &random)),
            bytes: UInt32(truncatingIfNeeded: max(1, near([10, 20, 32], &random))),
            origin: Int(near([1, 14, 24], &random) & 0xFF_FFFF), position: 0)
        let unit = near([4, 14, 24], &random) & 0xFF_FFFF
        let document = near([4, 15, 25, 30], &random)
        record.position = random.next() % 2 == 0 ? document << 24 | unit : near([14, 24, 39, 62], &random) >> 1
        record.word |= near([2, 12, 16], &random) & 0xFFFF
        return record
    }

    @Test("records come back as they were, however large their numbers are", arguments: [false, true])
    func roundTrip(hasTokens: Bool) throws {
        var random = SeededGenerator(seed: hasTokens ? 3 : 4)
        var records: [UnitRecord] = []
        var packed = try Self.room(for: 20_000, whole: 20_000)
        for _ in 0..<20_000 {
            var record = Self.record(&random)
            if !hasTokens { record.tokens = 0 }
            records.append(record)
            packed.append(record)
        }
        for number in stride(from: 0, to: records.count, by: 3) {
            var record = Self.record(&random)
            record.high = records[number].high
            record.low = records[number].low
            if !hasTokens { record.tokens = 0 }
            records[number] = record
            packed.store(record, at: number)
        }
        #expect(packed.count == records.count)
        for (number, record) in records.enumerated() {
            #expect(Self.numbers(packed.view[number]) == Self.numbers(record), "record \(number)")
        }
    }

    @Test("a copy is added in place just where nothing but the count changes")
    func copies() throws {
        var random = SeededGenerator(seed: 5)
        for _ in 0..<20_000 {
            let record = Self.record(&random)
            var packed = try Self.room(for: 1)
            packed.append(record)
            var other = record
            switch random.next() % 5 {
            case 0: other.bytes ^= 1
            case 1: other.tokens ^= 1
            case 2: other.word ^= 1 << 40
            default: other.position ^= 1
            }
            let isAdded = packed.addCopy(other, at: 0)
            var wanted = record
            if isAdded { wanted.word += 1 }
            #expect(Self.numbers(packed.view[0]) == Self.numbers(wanted))
            if isAdded { #expect(record.folds(with: other) && record.origin == other.origin && record.copies < 4_096) }
            if !isAdded, record.folds(with: other), record.origin == other.origin {
                #expect(record.copies >= 4_096 || record.bytes >= 1 << 20 - 1 || record.position >= 1 << 39)
            }
        }
    }

    @Test("records that are kept whole leave less room for others")
    func room() throws {
        var packed = try Self.room(for: 5_000)
        #expect(packed.free == 1_000)
        let large = UnitRecord(Fingerprint(high: 1, low: 2), tokens: 0, bytes: .max, origin: 0, position: 0)
        for _ in 0..<999 { packed.append(large) }
        #expect(packed.free == 1)
    }
}
