import Foundation
import OrderedJSON
import SchemaChecking
import Testing

@testable import CorpusAudit

@Suite struct ScanStatusTests {
    @Test("a status says what is done of a job: tasks, attempts, shards, bytes and documents")
    func status() async throws {
        let small = try SmallCorpus(seed: 71)
        let audit = try await Auditor(options: small.options()).audit(small.corpus())
        let runs = small.folder.path + "/runs"
        let auditor = Auditor(options: try small.options())
        for task in ["0/3", "2/3"] {
            _ = try await auditor.scan(small.corpus(), into: runs, task: #require(ScanTask(task)), attempt: 5)
        }
        var status = try ScanStatus(of: [runs])
        #expect(!status.isComplete && status.tasks == 3 && status.missing == [.init(count: 3, tasks: [1])])
        #expect(
            status.scans.map(\.attempt) == [5, 5] && status.scans.allSatisfy { $0.counts && $0.state == .complete })
        for attempt in [6, 8] {
            _ = try await auditor.scan(small.corpus(), into: runs, task: #require(ScanTask("1/3")), attempt: attempt)
        }
        // The later attempt has begun and committed nothing yet.
        let later = runs + "/task-000001-of-000003-attempt-000008"
        for name in ScanJournal.names(in: later + "/commits", endingIn: ".json") {
            try FileManager.default.removeItem(atPath: "\(later)/commits/\(name)")
        }
        status = try ScanStatus(of: [runs])
        #expect(status.isComplete && status.missing.isEmpty)
        #expect(status.scans.filter { !$0.counts }.map(\.folder) == [later])
        #expect(status.counting.reduce(0) { $0 + $1.committedShards } == audit.totals.shards)
        #expect(status.counting.reduce(0) { $0 + $1.documents } == audit.totals.documents)
        #expect(status.counting.reduce(0) { $0 + $1.committedBytes } == audit.inputs.reduce(0) { $0 + $1.bytes })
        #expect(try FileSchema(of: "status").violations(of: status.json) == [])
    }

    @Test("a damaged folder is named with its fault, and the others are counted all the same")
    func damaged() async throws {
        let small = try SmallCorpus(seed: 72, shards: 4)
        let runs = small.folder.path + "/runs"
        for task in ["0/2", "1/2"] {
            _ = try await Auditor(options: small.options()).scan(
                small.corpus(), into: runs, task: #require(ScanTask(task)))
        }
        try small.folder.write("{", to: "runs/task-000001-of-000002/task.json")
        let status = try ScanStatus(of: [runs])
        #expect(!status.isComplete && status.scans.map(\.state) == [.complete, .unreadable])
        #expect(status.scans[1].fault?.contains("task.json") == true)
    }

    @Test("counts that add up to more than can be are bounded, not added up to a trap")
    func forged() async throws {
        let small = try SmallCorpus(seed: 74, shards: 1)
        let runs = small.folder.path + "/runs"
        _ = try await Auditor(options: small.options()).scan(small.corpus(), into: runs)
        let path = runs + "/commits/000001.json"
        var commit = try RunCommit(sealedFile: path)
        commit.reports[0].shares = (0..<1_100).map {
            ShardReport.Share(source: ByteName("source \($0)"), documents: 1 << 53, emptyUnits: 0)
        }
        try SystemFile.replace(path, with: commit.sealedText)
        #expect(try ScanStatus(of: [runs]).sum(\.documents) == 1 << 60)
    }

    @Test("looking changes nothing, also while a scan holds the folder")
    func changesNothing() async throws {
        let small = try SmallCorpus(seed: 73, shards: 2)
        let runs = small.folder.path + "/runs"
        _ = try await Auditor(options: small.options()).scan(small.corpus(), into: runs)
        try small.folder.write("left over", to: "runs/runs/000900.run")
        let before = try FileManager.default.subpathsOfDirectory(atPath: runs).sorted()
        #expect(try ScanStatus(of: [runs]).isComplete)
        #expect(try FileManager.default.subpathsOfDirectory(atPath: runs).sorted() == before)
    }

    @Test("a folder without a scan is refused")
    func nothing() throws {
        let folder = try TemporaryFolder()
        #expect(throws: RunError.noRuns(path: folder.path)) { try ScanStatus(of: [folder.path]) }
    }

    @Test("the schema is that of the table of fields")
    func isGenerated() throws { #expect(try FileSchema.isCurrent(ScanStatus.schemaFile, of: "status")) }
}
