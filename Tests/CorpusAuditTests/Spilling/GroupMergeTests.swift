import Testing

@testable import CorpusAudit

@Suite struct GroupMergeTests {
    /// Runs of records whose fingerprints' upper halves are made by a closure.
    private static func runs(
        _ count: Int, of records: Int, _ random: inout SeededGenerator,
        high: (inout SeededGenerator) -> UInt64
    ) -> [[UnitRecord]] {
        (0..<count).map { run in
            (0..<Int.random(in: 0...records, using: &random)).map { position in
                UnitRecord(
                    Fingerprint(high: high(&random), low: random.next() % 3), tokens: 1, bytes: UInt32(run),
                    origin: run, position: position)
            }
        }
    }

    /// Walks all groups; checks that they come in order and are whole, and that no record is lost or comes twice.
    private static func check(
        _ runs: [[UnitRecord]], memory: Int, from low: UInt64 = 0, below high: UInt64? = nil
    ) throws {
        var merge = try GroupMerge(
            try runs.map { EntryCursor(try HeldRecords($0).sorted(), from: low, below: high) }, memory: memory)
        var seen: [Fingerprint] = []
        var found: [[Int]] = runs.map { _ in [] }
        var isAtEnd = false
        while !isAtEnd {
            var group: Set<Fingerprint> = []
            isAtEnd = try !merge.nextGroup { record, run in
                #expect(record.origin == run)
                group.insert(record.fingerprint)
                found[run].append(Int(record.position))
            }
            #expect(group.count == (isAtEnd ? 0 : 1))
            seen += group
        }
        #expect(seen == seen.sorted())
        #expect(Set(seen).count == seen.count)
        for (run, records) in runs.enumerated() {
            let wanted = records.filter { $0.high >= low && $0.high < high ?? .max }.map { Int($0.position) }
            #expect(found[run].sorted() == wanted, "run \(run)")
        }
    }

    @Test("groups come in order and whole, from any number of runs", arguments: [0, 1, 2, 3, 17])
    func groups(runCount: Int) throws {
        var random = SeededGenerator(seed: UInt64(runCount))
        try Self.check(Self.runs(runCount, of: 200, &random) { $0.next() % 20 }, memory: 1 << 20)
    }

    @Test("many records go through a small window, however unevenly their fingerprints are spread", arguments: 0..<6)
    func windows(kind: Int) throws {
        var random = SeededGenerator(seed: UInt64(kind))
        let runs = Self.runs(40, of: 1_500, &random) { random in
            switch kind {
            case 0: random.next()
            case 1: random.next() >> 40
            // Half of them in a narrow range, and a third of all of one text.
            case 2: random.next() % 2 == 0 ? random.next() : 1 << 63 | random.next() % 5_000
            case 3: random.next() % 3 == 0 ? 7 << 40 : random.next()
            case 4: ~(random.next() >> 30)
            default: 1 << (random.next() % 64)
            }
        }
        try Self.check(runs, memory: 1)
        try Self.check(runs, memory: 1 << 17, from: 1 << 20, below: 3 << 62)
    }

    @Test("records keep their scores when a window ends early")
    func scores() throws {
        var random = SeededGenerator(seed: 9)
        let layout = RecordLayout(tokenizers: 2, hasScores: true)
        var cursors: [EntryCursor<UnitRecord>] = []
        for run in 0..<30 {
            var rows = RecordRows(layout: layout)
            let records = (0..<400).map { position in
                let high = position % 2 == 0 ? 5 << 50 | random.next() % 900 : random.next()
                let row = rows.append([UInt32(truncatingIfNeeded: high), UInt32(run)], score: Double(position))
                return UnitRecord(
                    Fingerprint(high: high, low: 0), tokens: row, bytes: 1, origin: run, position: position)
            }
            cursors.append(EntryCursor(try HeldRecords(records).sorted(), rows: rows, from: 0, below: nil))
        }
        var merge = try GroupMerge(cursors, memory: 1)
        let columns = merge.columns
        var found = 0
        var isGroup = true
        while isGroup {
            isGroup = try merge.nextGroup { record, run in
                guard let rows = columns[run]?.columns else { return }
                found += 1
                #expect(rows[record.tokens, 0] == UInt32(truncatingIfNeeded: record.high))
                #expect(rows[record.tokens, 1] == UInt32(run))
                #expect(rows.score(record.tokens) == Double(record.position))
            }
        }
        #expect(found == 12_000)
    }
}
