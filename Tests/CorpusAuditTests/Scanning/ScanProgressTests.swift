import Testing

@testable import CorpusAudit

@Suite struct ScanProgressTests {
    @Test("a scan tells of its shards, bytes and documents while it reads")
    func told() async throws {
        let small = try SmallCorpus(seed: 21)
        let progress = ScanProgress()
        let corpus = try small.corpus()
        let audit = try await Auditor(options: try small.options()).audit(corpus, progress: progress)
        let end = progress.snapshot
        #expect(end.shardsRead == end.shards)
        #expect(end.bytesRead == end.bytes)
        #expect(end.bytes == audit.inputs.reduce(0) { $0 + $1.bytes })
        #expect(end.documents == audit.totals.documents)
    }

    @Test("the share of repeats is near the truth, and too small a sample gives none", arguments: [30_000, 600_000])
    func repeats(units: Int) {
        var random = SeededGenerator(seed: UInt64(units))
        var sample = RepeatSample()
        #expect(sample.repeatedShare == nil)
        // Of `units` draws from half as many texts some are new; the others repeat.
        var seen: Set<UInt64> = []
        for _ in 0..<units {
            let text = random.next() % UInt64(units / 2)
            seen.insert(text)
            var hash = SeededGenerator(seed: text)
            let fingerprint = Fingerprint(high: hash.next(), low: hash.next())
            if RepeatSample.mayHold(fingerprint) { sample.add(fingerprint) }
        }
        let truth = 1 - Double(seen.count) / Double(units)
        if units < 64_000 {
            #expect(sample.repeatedShare == nil)
        } else {
            #expect(abs((sample.repeatedShare ?? 0) - truth) < 0.01)
        }
    }
}
