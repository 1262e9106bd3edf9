import Foundation
import OrderedJSON
import Testing
import TokenCounting

@testable import CorpusAudit

/// A toy: which documents start with the same bytes.
private struct SharedOpenings: DocumentAnalysis {
    struct Entry: SpilledEntry, Hashable {
        /// The first eight bytes of the text.
        var opening: UInt64
        var text: Fingerprint
        var bytes: UInt32

        static let kindName = "openings"

        var key: UInt64 { opening }

        static func precedes(_ left: Entry, _ right: Entry) -> Bool {
            left.opening != right.opening ? left.opening < right.opening : left.text < right.text
        }
    }

    var kinds: [EntryKind] { [Entry.kind] }

    func makeSession(memory: Int, store: RunStore) throws(RunError) -> any DocumentAnalysisSession {
        Session(memory: memory, store: store)
    }

    private final class Session: DocumentAnalysisSession {
        private var sorter: EntrySorter<Entry>

        init(memory: Int, store: RunStore) { sorter = EntrySorter(memory: memory, store: store) }

        func add(_ document: ScannedDocument) throws(RunError) {
            guard !document.isRepeat else { return }
            let opening = document.text.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            try sorter.add(
                Entry(opening: opening, text: document.fingerprint, bytes: UInt32(document.text.count)))
        }

        func takeRuns() throws(RunError) -> [EntryRun] { try sorter.takeRuns() }
    }
}

/// The door for analyses, with a toy that goes through it.
@Suite struct DocumentAnalysisTests {
    private static let stop = StopSignal()

    private static func options(_ small: SmallCorpus) throws -> AuditOptions {
        var options = try small.options()
        options.furtherAnalyses = [SharedOpenings()]
        return options
    }

    /// The distinct entries of some runs, in order.
    private static func entries(_ runs: GatheredRuns) throws -> [SharedOpenings.Entry] {
        var entries: [SharedOpenings.Entry] = []
        try MergePass(memory: 1 << 18, store: RunStore(.temporary)).merge(
            runs.entries(of: SharedOpenings.Entry.self), stop: stop
        ) { (entry: SharedOpenings.Entry) in
            if entry != entries.last { entries.append(entry) }
        }
        return entries
    }

    /// What the toy should find, from the texts as they are read.
    private static func expected(_ small: SmallCorpus) throws -> [SharedOpenings.Entry] {
        try entries(read(small, try options(small)))
    }

    private static func read(_ small: SmallCorpus, _ options: AuditOptions) throws -> GatheredRuns {
        try CorpusScan(options: options, store: RunStore(.temporary), journal: nil, progress: nil)
            .read(try small.corpus().shards, stop: stop).runs
    }

    @Test("an analysis sees every distinct document, whatever the threads and the memory")
    func documents() async throws {
        let folder = try TemporaryFolder()
        let texts = (0..<3_000).map { "\($0 % 1_900) bottles of text" }
        try folder.write(texts.map { #"{"text": "\#($0)"}"# }.joined(separator: "\n"), to: "web/a.jsonl")
        try folder.write(#"{"text": ""}"# + "\n" + #"{"text": "last"}"#, to: "wiki/b.jsonl")
        let expected = Set(texts + ["last"])
        for (threads, memory) in [(1, 2 << 30), (2, 1 << 15)] {
            var options = AuditOptions(tokenizer: try ByteRatioCounter())
            (options.threads, options.memory) = (threads, memory)
            options.furtherAnalyses = [SharedOpenings()]
            let scan = CorpusScan(options: options, store: RunStore(.temporary), journal: nil, progress: nil)
            let found = try Self.entries(scan.read(Corpus(paths: [folder.path]).shards, stop: Self.stop).runs)
            #expect(found.count == expected.count)
            for text in expected {
                let fingerprint = Array(text.utf8).withUnsafeBufferPointer { Fingerprint(of: $0) }
                #expect(found.contains { $0.text == fingerprint && $0.bytes == text.utf8.count })
            }
        }
    }

    @Test("an audit is the same with an analysis beside it as without")
    func sameAudit() async throws {
        let small = try SmallCorpus(seed: 41)
        let plain = try await Auditor(options: small.options()).audit(small.corpus())
        let analysed = try await Auditor(options: Self.options(small)).audit(small.corpus())
        #expect(plain.json.fileText() == analysed.json.fileText())
    }

    @Test("the entries of tasks are committed with their documents and are those of one pass")
    func committed() async throws {
        let small = try SmallCorpus(seed: 42)
        let folder = small.folder.path + "/runs"
        for task in 0..<3 {
            _ = try await Auditor(options: Self.options(small)).scan(
                small.corpus(), into: folder, task: #require(ScanTask("\(task)/3")))
        }
        let committed = try CommittedRuns(in: [folder])
        #expect(committed.settings.kinds == ["openings"])
        #expect(try Self.entries(committed.harvest.runs) == Self.expected(small))
        let merged = try await RunMerger().merge([folder])
        let plain = try await Auditor(options: small.options()).audit(small.corpus())
        #expect(merged.json.fileText() == plain.json.fileText())
    }

    @Test("a scan whose file of entries is gone reads its shards again; a merge says what is missing")
    func missingEntries() async throws {
        let small = try SmallCorpus(seed: 43, shards: 3)
        let folder = small.folder.path + "/runs"
        _ = try await Auditor(options: Self.options(small)).scan(small.corpus(), into: folder)
        let commits = ScanJournal.names(in: folder + "/commits", endingIn: ".json")
        // One of two threads may have found nothing left to read.
        let kinds = try commits.flatMap { try RunCommit(sealedFile: "\(folder)/commits/\($0)").kinds }
        let name = try #require(kinds.first?.runs.first?.name)
        try FileManager.default.removeItem(atPath: "\(folder)/runs/\(name)")
        await #expect(throws: RunError.missing(path: "\(folder)/runs/\(name)")) {
            try await RunMerger().merge([folder])
        }
        // What a killed process left; no commit names it.
        try small.folder.write("left over", to: "runs/runs/000900.run")
        _ = try await Auditor(options: Self.options(small)).scan(small.corpus(), into: folder)
        #expect(try Self.entries(CommittedRuns(in: [folder]).harvest.runs) == Self.expected(small))
        #expect(!FileManager.default.fileExists(atPath: folder + "/runs/000900.run"))
    }

    @Test("scans with and without an analysis are not merged, nor does one go on in the folder of the other")
    func differentAnalyses() async throws {
        let small = try SmallCorpus(seed: 44, shards: 2)
        let paths = try small.corpus().shards.map(\.location)
        let folders = ["/one", "/two"].map { small.folder.path + $0 }
        _ = try await Auditor(options: Self.options(small)).scan(small.corpus([paths[0]]), into: folders[0])
        _ = try await Auditor(options: small.options()).scan(small.corpus([paths[1]]), into: folders[1])
        await #expect {
            try await RunMerger().merge(folders)
        } throws: {
            "\($0)".contains("analyses none, not openings")
        }
        await #expect {
            try await Auditor(options: small.options()).scan(small.corpus([paths[0]]), into: folders[0])
        } throws: {
            "\($0)".contains("analyses: openings → none")
        }
    }

    @Test("entries of another kind than their commit says, and kinds that settings do not name, are refused")
    func forged() async throws {
        let small = try SmallCorpus(seed: 45, shards: 1)
        let folder = small.folder.path + "/runs"
        // One thread, so that the first commit is that of the shard with documents, not of the empty one.
        var options = try Self.options(small)
        options.threads = 1
        _ = try await Auditor(options: options).scan(small.corpus(), into: folder)
        let path = folder + "/commits/000001.json"
        let sound = try RunCommit(sealedFile: path)
        for (reason, change) in [
            ("stride", { $0.kinds[0].bytes = 32 }), ("settings do not", { $0.kinds[0].kind = "endings" }),
            ("name a run twice", { $0.kinds[0].runs = $0.runs }),
            ("its commit names", { $0.kinds[0].runs[0].records += 1 }),
        ] as [(String, (inout RunCommit) -> Void)] {
            var commit = sound
            change(&commit)
            try SystemFile.replace(path, with: commit.sealedText)
            #expect {
                try CommittedRuns(in: [folder])
            } throws: {
                "\($0)".contains(reason)
            }
        }
    }

    @Test("documents pushed from memory go through an analysis, too")
    func pushed() async throws {
        let small = try SmallCorpus(seed: 46)
        let folder = small.folder.path + "/jobs"
        let builder = AuditBuilder(options: try Self.options(small), folder: folder)
        let attempt = try builder.attempt(1, at: "job")
        for text in ["one text", "another", "one text"] { try attempt.add(text, source: "web") }
        try attempt.finish()
        #expect(try Self.entries(CommittedRuns(in: [folder]).harvest.runs).count == 2)
    }

    @Test("paragraphs, lines and token ids have no documents to look into")
    func unsuitable() async throws {
        let small = try SmallCorpus(seed: 47, shards: 1)
        for level in [Audit.Level.paragraph, .line] {
            var options = try Self.options(small)
            options.level = level
            await #expect {
                try await Auditor(options: options).audit(small.corpus())
            } throws: {
                "\($0)".contains("found in documents")
            }
        }
    }
}
