import Testing

@testable import CorpusAudit

@Suite struct RunErrorTests {
    @Test("a full folder for temporary files comes with the way to another one")
    func temporaryFiles() {
        let spill = RunError.cannotWrite(path: "/tmp/datawall-spill-Vo3kWr/1.run", reason: "No space left on device")
        #expect("\(spill)".contains("make room there, or set TMPDIR to a folder that has more"))
        let state = RunError.cannotWrite(path: "datawall-spill-x", reason: "No space left on device")
        #expect(!"\(state)".contains("TMPDIR"))
    }

    @Test("an unfinished scan names its only missing shard, or counts several")
    func unfinished() {
        #expect(
            "\(RunError.unfinished(path: "runs", shards: ["a.jsonl"]))"
                == "the scan in runs is not finished: a.jsonl is not committed; run the same scan again")
        #expect(
            "\(RunError.unfinished(path: "runs", shards: ["a.jsonl", "b.jsonl"]))"
                == "the scan in runs is not finished: 2 shards are not committed, a.jsonl among them; run the same scan "
                + "again")
    }
}
