import Testing

@testable import CorpusAudit

@Suite struct KeptRecordSorterTests {
    @Test("records come out sorted, however little memory there is", arguments: [21, 22] as [UInt64])
    func sorted(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let records = (0..<60_000).map { _ in
            KeptRecord(
                shard: UInt64.random(in: 0..<5, using: &random),
                position: UInt64.random(in: 0..<100_000, using: &random))
        }
        let store = RunStore(.temporary)
        var sorter = KeptRecordSorter(memory: 1, store: store)
        for record in records { try sorter.add(record) }
        try sorter.spill()
        #expect(sorter.chunks.count > 50)
        // Chunks by far outnumber the blocks that fit, so that they are merged in several passes.
        var walked: [KeptRecord] = []
        try KeptRecordMerge.walk(sorter.chunks, memory: 3 * KeptRecordMerge.bytesPerChunk, store: store) {
            walked.append($0)
        }
        #expect(walked == records.sorted(by: KeptRecord.precedes), "seed \(seed)")
    }

    @Test("nothing sorts to nothing")
    func nothing() throws {
        let store = RunStore(.temporary)
        var sorter = KeptRecordSorter(memory: 1 << 20, store: store)
        try sorter.spill()
        var count = 0
        try KeptRecordMerge.walk(sorter.chunks, memory: 1 << 20, store: store) { _ in count += 1 }
        #expect(count == 0)
    }
}
