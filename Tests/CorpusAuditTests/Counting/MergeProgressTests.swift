import OrderedJSON
import SchemaChecking
import Testing

@testable import CorpusAudit

@Suite struct MergeProgressTests {
    @Test("a merge counts all records, and parts of it share them out")
    func records() async throws {
        let small = try SmallCorpus(seed: 81)
        let runs = small.folder.path + "/runs"
        _ = try await Auditor(options: small.options(level: .line)).scan(small.corpus(), into: runs)
        let records = try CommittedRuns(in: [runs]).harvest.runs.units.reduce(0) { $0 + $1.recordCount }
        var merger = RunMerger(threads: 2)
        let whole = MergeProgress()
        merger.progress = whole
        _ = try await merger.merge([runs])
        #expect(whole.snapshot.recordsCounted == records && whole.snapshot.records == records)
        var counted = 0
        for text in ["0-1000", "1001-4095"] {
            let part = MergeProgress()
            merger.progress = part
            let partitions = try #require(PartitionRange(text))
            _ = try await merger.reduce([runs], partitions: partitions)
            counted += part.snapshot.recordsCounted
            #expect(part.snapshot.records < records)
            let event = part.event(partitions: partitions, seconds: 0.25, isEnd: true)
            #expect(try FileSchema(of: "merge-progress").violations(of: event) == [])
        }
        #expect(counted == records)
    }

    @Test("the schemas of progress are those of the tables of fields")
    func areGenerated() throws {
        #expect(try FileSchema.isCurrent(MergeProgress.Event.schemaFile, of: "merge-progress"))
        #expect(try FileSchema.isCurrent(ScanProgress.Event.schemaFile, of: "scan-progress"))
        for attempt in [nil, 7] {
            let event = ScanProgress().event(task: .whole, attempt: attempt, seconds: 1, isEnd: false)
            #expect(try FileSchema(of: "scan-progress").violations(of: event) == [])
        }
    }
}
