import Foundation
import OrderedJSON
import Testing
import TokenCounting

@testable import CorpusAudit

/// No command throws away what another one finished, unless it is told to.
@Suite struct FinishedWorkTests {
    /// The names and contents of all files in a folder, but for the lock.
    private func content(_ folder: String) throws -> [String: Data] {
        var content: [String: Data] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: folder) where name != "lock" {
            if let data = FileManager.default.contents(atPath: "\(folder)/\(name)") { content[name] = data }
        }
        return content
    }

    @Test("other options are refused with each old and new value, and nothing changes; --restart begins again")
    func otherOptions() async throws {
        let small = try SmallCorpus(seed: 71, shards: 3, records: 20)
        let state = small.folder.path + "/state"
        _ = try await Auditor(options: try small.options()).audit(try small.corpus(), state: state)
        let before = try content(state)
        var other = try small.options(level: .line)
        other.tokenizer = try ByteRatioCounter(bytesPerToken: 3)
        other.maximumRecordBytes = 1 << 20
        other.keepsEveryPosition = true
        let otherFields = try Corpus(
            paths: [small.folder.path + "/shards"], fields: FieldSelection(text: FieldPath("body")))
        let changes = [
            "level: document → line", "tokenizer: bytes/4 → bytes/3", "longest record: 536870912 bytes → 1048576 bytes",
            "every position: no → yes",
        ]
        let corpora = [(try small.corpus(), changes), (otherFields, changes + ["text key: text → body"])]
        for (corpus, changes) in corpora {
            let error = await #expect(throws: RunError.self) {
                try await Auditor(options: other).audit(corpus, state: state)
            }
            guard case .otherWork(state, let differences)? = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(Set(changes).isSubset(of: differences), "\(differences)")
            #expect(try content(state) == before)
        }
        let again = try await Auditor(options: other).audit(try small.corpus(), state: state, restarts: true)
        #expect(again == (try await Auditor(options: other).audit(try small.corpus())))
    }

    @Test("a second scan with other options into twenty finished folders is refused and changes nothing")
    func otherScans() async throws {
        let small = try SmallCorpus(seed: 72, shards: 3, records: 2)
        for number in 0..<20 {
            let folder = "\(small.folder.path)/runs-\(number)"
            let task = try #require(ScanTask("\(number % 2)/2"))
            _ = try await Auditor(options: try small.options()).scan(try small.corpus(), into: folder, task: task)
            let before = try content(folder)
            var other = try small.options(level: [.line, .paragraph][number % 2])
            other.isStrict = number % 3 == 0
            await #expect(throws: RunError.self) {
                try await Auditor(options: other).scan(try small.corpus(), into: folder, task: task)
            }
            #expect(try content(folder) == before)
        }
    }

    @Test("shards that are not asked for are set aside, and count again once they are")
    func setAside() async throws {
        let small = try SmallCorpus(seed: 73, shards: 9, records: 20)
        let state = small.folder.path + "/state"
        var options = try small.options(threads: 1)
        options.partInterval = .zero
        let auditor = Auditor(options: options)
        let paths = try small.corpus().shards.map(\.location)
        let whole = try await auditor.audit(try small.corpus(paths), state: state).json.fileText()
        for subset in [Array(paths.prefix(4)), paths, Array(paths.suffix(3)), paths] {
            let runs = try content(state).filter { $0.key.hasPrefix("runs/") }
            let audit = try await auditor.audit(try small.corpus(subset), state: state)
            #expect(audit == (try await auditor.audit(try small.corpus(subset))))
            #expect(try await RunMerger().merge([state]).json.fileText() == audit.json.fileText())
            // Runs are added and never removed.
            let after = try content(state)
            for (name, data) in runs { #expect(after[name] == data) }
        }
        #expect(try await auditor.audit(try small.corpus(paths), state: state).json.fileText() == whole)
        let progress = ScanProgress()
        _ = try await auditor.audit(try small.corpus(paths), state: state, progress: progress)
        #expect(progress.snapshot.shards == 0)
    }

    @Test("the same files under other names are refused, not read again")
    func otherNames() async throws {
        let small = try SmallCorpus(seed: 74, shards: 3, records: 10)
        let state = small.folder.path + "/state"
        let auditor = Auditor(options: try small.options())
        _ = try await auditor.audit(try small.corpus(), state: state)
        let before = try content(state)
        let link = small.folder.path + "/linked"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: small.folder.path + "/shards")
        let corpus = try small.corpus([link + "/web", link + "/wiki", link + "/code"])
        let error = await #expect(throws: RunError.self) { try await auditor.audit(corpus, state: state) }
        #expect(error?.description.contains("is now named \(link)/") == true)
        #expect(try content(state) == before)
    }

    @Test("a task whose share of the shards has changed is refused")
    func otherShare() async throws {
        let small = try SmallCorpus(seed: 75, shards: 9, records: 5)
        let runs = small.folder.path + "/runs"
        let task = try #require(ScanTask("1/3"))
        let auditor = Auditor(options: try small.options())
        _ = try await auditor.scan(try small.corpus(), into: runs, task: task)
        let large = (0..<400).map { "{\"text\": \"a new and large shard, record \($0)\"}\n" }.joined()
        try small.folder.write(large, to: "shards/web/large.jsonl")
        let error = await #expect(throws: RunError.self) {
            _ = try await auditor.scan(try small.corpus(), into: runs, task: task)
        }
        #expect(error?.description.contains("was a shard of this task and is none now") == true)
        _ = try await auditor.scan(try small.corpus(), into: runs, task: task, restarts: true)
    }

    @Test("what a limit kept from being read is read again once the limit allows more")
    func limits() async throws {
        let small = try SmallCorpus(seed: 76, shards: 3, records: 10)
        let long = String(repeating: "long ", count: 4_000)
        try small.folder.write("{\"text\": \"\(long)\"}\n{\"text\": \"short\"}\n", to: "shards/web/long.jsonl")
        let state = small.folder.path + "/state"
        var options = try small.options(threads: 1)
        options.maximumRecordBytes = 10_000
        let first = try await Auditor(options: options).audit(try small.corpus(), state: state)
        #expect(first.problemCounts.contains { $0.kind == .recordTooLong })
        options.maximumRecordBytes = 100_000
        let second = try await Auditor(options: options).audit(try small.corpus(), state: state)
        #expect(second == (try await Auditor(options: options).audit(try small.corpus())))
        #expect(!second.problemCounts.contains { $0.kind == .recordTooLong })
        #expect(try await RunMerger().merge([state]) == second)
    }

    @Test("a window that was too large for the memory is tried again")
    func windows() async throws {
        let folder = try TemporaryFolder()
        // At this level the window of a frame of more than 8 MB is larger than 8 MB.
        let lines = 1_000
        let line = "{\"text\": \"\(String(repeating: "the same line again ", count: 500))\"}\n"
        let bytes = Array(String(repeating: line, count: lines).utf8)
        try folder.write(TemporaryFolder.zstd(bytes, level: 22), to: "web/a.jsonl.zst")
        let corpus = try Corpus(paths: [folder.path + "/web"])
        var options = AuditOptions(tokenizer: try ByteRatioCounter())
        options.memory = 1 << 20
        let state = folder.path + "/state"
        let first = try await Auditor(options: options).audit(corpus, state: state)
        #expect(first.problemCounts.map(\.kind) == [.windowTooLarge])
        options.memory = 64 << 20
        let second = try await Auditor(options: options).audit(corpus, state: state)
        #expect(second.totals.documents == lines && second.isComplete)
    }

    @Test(
        "a folder that no scan made is refused and stays as it is",
        arguments: [
            ["task.json"], ["runs/marathon.run"], ["commits/a.json"], ["notes.txt"],
            ["task-000000-of-000002/task.json"],
            ["runs/000001.run", "commits/000001.json"],
        ], [false, true])
    func foreign(names: [String], restarts: Bool) async throws {
        let small = try SmallCorpus(seed: 77, shards: 1, records: 2)
        let state = small.folder.path + "/state"
        for name in names { try small.folder.write("mine", to: "state/\(name)") }
        let before = try content(state)
        let auditor = Auditor(options: try small.options())
        let error = await #expect(throws: RunError.self) {
            try await auditor.audit(try small.corpus(), state: state, restarts: restarts)
        }
        guard case .foreignFolder? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(try content(state) == before)
        await #expect(throws: RunError.self) { try await auditor.scan(try small.corpus(), into: state) }
        #expect(try content(state) == before)
    }

    @Test("files of others in a folder of ours stay, through a restart too")
    func neighbours() async throws {
        let small = try SmallCorpus(seed: 78, shards: 2, records: 5)
        let state = small.folder.path + "/state"
        let auditor = Auditor(options: try small.options())
        _ = try await auditor.audit(try small.corpus(), state: state)
        for name in ["runs/marathon.run", "notes.txt", "commits/notes.tmp"] {
            try small.folder.write("mine", to: "state/\(name)")
        }
        _ = try await auditor.audit(try small.corpus(), state: state)
        _ = try await auditor.audit(try small.corpus(), state: state, restarts: true)
        for name in ["runs/marathon.run", "notes.txt", "commits/notes.tmp"] {
            #expect(FileManager.default.contents(atPath: "\(state)/\(name)") == Data("mine".utf8))
        }
    }

    @Test("a link planted in place of a file that is written is not followed")
    func plantedLinks() async throws {
        let small = try SmallCorpus(seed: 79, shards: 2, records: 5)
        let victim = try small.folder.write("mine", to: "victim")
        let state = small.folder.path + "/state"
        let auditor = Auditor(options: try small.options())
        _ = try await auditor.audit(try small.corpus(), state: state)
        for name in ["task.json.tmp", "commits/000002.json.tmp", "commits/000003.json.tmp"] {
            try FileManager.default.createSymbolicLink(atPath: "\(state)/\(name)", withDestinationPath: victim)
        }
        try small.folder.write("{\"text\": \"new\"}\n", to: "shards/web/new.jsonl")
        _ = try await auditor.audit(try small.corpus(), state: state)
        #expect(FileManager.default.contents(atPath: victim) == Data("mine".utf8))
        // A run's own name is not followed either: the file must be new.
        try FileManager.default.createSymbolicLink(atPath: small.folder.path + "/x.run", withDestinationPath: victim)
        #expect(throws: RunError.self) { try RunWriter(creating: small.folder.path + "/x.run", origins: []).finish() }
        #expect(FileManager.default.contents(atPath: victim) == Data("mine".utf8))
    }

    @Test("a scan into a folder of other shards, or of a whole scan, is refused: a merge would count less or twice")
    func otherShards() async throws {
        let small = try SmallCorpus(seed: 91, shards: 4, records: 10)
        let folder = small.folder.path + "/runs"
        let auditor = Auditor(options: try small.options())
        let paths = try small.corpus().shards.map(\.location)
        _ = try await auditor.scan(try small.corpus(Array(paths.prefix(2))), into: folder)
        let before = try content(folder)
        let error = await #expect(throws: RunError.self) {
            try await auditor.scan(try small.corpus(Array(paths.suffix(2))), into: folder)
        }
        #expect("\(try #require(error))".contains("not asked for now"))
        await #expect(throws: RunError.self) {
            let task = try #require(ScanTask("0/2"))
            return try await auditor.scan(try small.corpus(Array(paths.prefix(2))), into: folder, task: task)
        }
        #expect(try content(folder) == before)
        // More shards are welcome.
        _ = try await auditor.scan(try small.corpus(), into: folder)
        #expect(try await RunMerger().merge([folder]) == (try await auditor.audit(try small.corpus())))
    }

    @Test("a file that was scanned under two names is refused by the merge")
    func twoNames() async throws {
        let small = try SmallCorpus(seed: 92, shards: 1, records: 10)
        let link = small.folder.path + "/linked"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: small.folder.path + "/shards")
        let auditor = Auditor(options: try small.options())
        let folders = [small.folder.path + "/r1", small.folder.path + "/r2"]
        _ = try await auditor.scan(try Corpus(paths: [small.folder.path + "/shards"]), into: folders[0])
        _ = try await auditor.scan(try Corpus(paths: [link]), into: folders[1])
        let error = await #expect(throws: RunError.self) { try await RunMerger().merge(folders) }
        #expect("\(try #require(error))".contains("one file under two names"))
    }
}
