import Testing

@testable import CorpusAudit

@Suite struct KWayMergeTests {
    @Test("groups come in order and whole, from any number of runs", arguments: [0, 1, 2, 3, 17])
    func groups(runCount: Int) throws {
        var random = SeededGenerator(seed: UInt64(runCount))
        let runs = (0..<runCount).map { run in
            (0..<Int.random(in: 0...200, using: &random)).map { _ in
                UnitRecord(
                    Fingerprint(high: random.next() % 20, low: random.next() % 3), tokens: 1, bytes: UInt32(run),
                    origin: run,
                    position: 0)
            }
        }
        var merge = KWayMerge(try runs.map { EntryCursor(try HeldRecords($0).sorted(), from: 0, below: nil) })
        var seen: [Fingerprint] = []
        var counts: [Fingerprint: Int] = [:]
        while true {
            var group: [Fingerprint] = []
            let found = try merge.nextGroup { record, run in
                #expect(record.origin == run)
                group.append(Fingerprint(high: record.high, low: record.low))
            }
            guard found else { break }
            #expect(Set(group).count == 1)
            seen.append(group[0])
            counts[group[0]] = group.count
        }
        #expect(seen == seen.sorted())
        #expect(Set(seen).count == seen.count)
        #expect(counts.values.reduce(0, +) == runs.reduce(0) { $0 + $1.count })
    }
}
