import DataWallKit
import TestSupport
import Testing

@Suite struct AuditRequestTests {
    private static func folder() throws -> TemporaryFolder {
        let lines = (0..<40).map { "{\"text\": \"a text of number \($0 % 30)\"}" }.joined(separator: "\n")
        return try TemporaryFolder(["web/a.jsonl": lines, "books/b.jsonl": lines])
    }

    /// The sentence by which a request is refused.
    private static func sentence(_ change: (inout AuditRequest) -> Void) -> String? {
        var request = AuditRequest(InputRequest(paths: ["nowhere"]))
        change(&request)
        return #expect(throws: RequestError.self) { try request.validate() }?.description
    }

    @Test("scans and a merge by requests give the audit of one request")
    func sameAudit() async throws {
        let folder = try Self.folder()
        let input = InputRequest(paths: [folder.path + "/web", folder.path + "/books"])
        let whole = try await AuditRequest(input).run()
        #expect(whole.shortfall == nil && whole.audit.totals.uniqueUnits == 30)
        let runs = folder.path + "/runs"
        for number in 0..<2 {
            var request = ScanRequest(input, runs: runs)
            request.task = try #require(ScanTask("\(number)/2"))
            #expect(try await request.run().problems.isEmpty)
        }
        let merge = MergeRequest(folders: [runs])
        #expect(try merge.notes().isEmpty)
        guard case .audit(let merged, nil) = try await merge.run() else {
            Issue.record("a merge of everything gave sums, or less than was asked for")
            return
        }
        #expect(merged.json.fileText() == whole.audit.json.fileText())
        let list = try await KeepRequest(runs: [runs], output: folder.path + "/kept").run()
        #expect(list.list.kept == 30)
    }

    @Test("what is missing is a shortfall, and the audit is there all the same")
    func shortfall() async throws {
        let folder = try TemporaryFolder(["web/a.jsonl": "{\"text\": \"a\"}\n{\"text\": \n", "web/b.bin": "\u{1}\u{2}"])
        let answer = try await AuditRequest(InputRequest(paths: [folder.path + "/web"])).run()
        #expect(answer.audit.totals.documents == 1)
        let shortfall = try #require(answer.shortfall)
        #expect(!shortfall.isInputMissing && shortfall.description.contains("not read"))
    }

    @Test("a scan and an audit find the same share of damaged records, however many there are")
    func damagedShare() async throws {
        let good = (0..<10).map { "{\"text\": \"text \($0)\"}\n" }.joined()
        let folder = try TemporaryFolder(["web/a.jsonl": good + String(repeating: "{\"text\n", count: 500)])
        var audit = AuditRequest(InputRequest(paths: [folder.path + "/web"]))
        var scan = ScanRequest(audit.input, runs: folder.path + "/runs")
        for allowed in [0.95, 0.99] {
            (audit.counting.maxDamaged, scan.counting.maxDamaged) = (allowed, allowed)
            let (audited, scanned) = (try await audit.run().shortfall, try await scan.run().shortfall)
            #expect(audited?.description == scanned?.description)
            #expect((scanned == nil) == (allowed > 500.0 / 510))
        }
    }

    @Test("a file that changes while it is read is said to have changed, since what was read of it counts")
    func changedFile() async throws {
        // Its size is 0, whatever is in it.
        let answer = try await AuditRequest(InputRequest(paths: ["/proc/cpuinfo"])).run()
        #expect(answer.audit.totals.documents == 1)
        #expect(
            answer.shortfall?.description
                == "1 file changed while it was read, so its counts may be wrong: /proc/cpuinfo")
    }

    @Test("values that contradict each other are refused before anything is read")
    func refusals() {
        #expect(Self.sentence { $0.input.manifest = "corpus.yml" }?.contains("one of the three") == true)
        #expect(Self.sentence { $0.input.paths = [""] }?.contains("A path is empty") == true)
        #expect(Self.sentence { $0.input.ignore = [""] }?.contains("--ignore names a file") == true)
        #expect(Self.sentence { $0.input.qualityMap = "0:1" }?.contains("--quality-map needs") == true)
        #expect(Self.sentence { $0.input.format.endOfDocument = 1 }?.contains("--end-of-document") == true)
        #expect(Self.sentence { $0.counting.sample = 0.1 }?.contains("name a --tokenizer") == true)
        #expect(
            Self.sentence { request in
                request.counting.tokenizers = ["cl100k"]
                request.counting.bytesPerToken = 4
            }?.contains("drop --bytes-per-token") == true)
        #expect(Self.sentence { $0.counting.threads = 0 }?.contains("--threads is from 1 to 1024") == true)
        #expect(Self.sentence { $0.counting.memory = 3 }?.contains("--memory is 16MiB or more") == true)
        #expect(
            Self.sentence { $0.counting.memory = 4 * 1_048_576 }?.contains(
                "4MiB is less than this command needs. Give --memory 16MiB") == true)
        #expect(Self.sentence { $0.counting.memory = 1e16 }?.contains("--memory is at most 1e15 bytes") == true)
        #expect(Self.sentence { $0.counting.memory = .nan }?.contains("--memory") == true)
        #expect(Self.sentence { $0.counting.maxRecord = 0 }?.contains("--max-record") == true)
        #expect(Self.sentence { $0.counting.maxDamaged = 2 }?.contains("--max-damaged is a share") == true)
        #expect(Self.sentence { $0.topCopies = -1 }?.contains("--top-copies is from 0") == true)
        #expect(Self.sentence { $0.restarts = true }?.contains("--restart throws away") == true)
    }

    @Test("merges, lists and samples refuse what cannot be")
    func others() {
        var merge = MergeRequest(folders: ["nowhere"])
        merge.manifest.path = "corpus.yml"
        merge.manifest.isIgnored = true
        #expect(throws: RequestError.self) { try merge.validate() }
        merge = MergeRequest(folders: ["nowhere"])
        merge.partials = ["a.json"]
        merge.topCopies = 3
        #expect(throws: RequestError.self) { try merge.validate() }
        #expect(throws: RequestError.self) { try MergeRequest(folders: []).validate() }
        #expect(throws: RequestError.self) { try KeepRequest(runs: [], output: "kept").validate() }
        for share in [0, 1, -1, .nan] {
            let input = InputRequest(paths: ["nowhere"])
            #expect(throws: RequestError.self) { try SampleRequest(input, share: share, output: "drawn").validate() }
        }
    }
}
