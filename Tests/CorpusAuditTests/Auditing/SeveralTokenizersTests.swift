import OrderedJSON
import Testing
import TokenCounting

@testable import CorpusAudit

/// An audit with several tokenizers is the audits with each of them, in one pass.
@Suite struct SeveralTokenizersTests {
    private static let counters = [
        ByteKindCounter("spaces"), ByteKindCounter("feeds", counting: 0x0A), ByteKindCounter("e", counting: 0x65),
    ]

    private func options(_ base: AuditOptions, _ counters: ArraySlice<ByteKindCounter>) -> AuditOptions {
        var options = base
        options.tokenizer = counters.first ?? ByteKindCounter()
        options.furtherTokenizers = Array(counters.dropFirst())
        return options
    }

    /// The audits that each tokenizer gives alone, as one.
    private func alone(_ base: AuditOptions, _ corpus: Corpus) async throws -> Audit {
        var audits: [Audit] = []
        for index in Self.counters.indices {
            audits.append(try await Auditor(options: options(base, Self.counters[index...index])).audit(corpus))
        }
        // One command made them all.
        let all = ScanSettings(options(base, Self.counters[...]))
        let command = corpus.request?.command(all, topCopies: base.topCopies)
        for index in audits.indices { audits[index].madeBy = command }
        audits[0].byFurtherTokenizer = Array(audits.dropFirst())
        return audits[0]
    }

    @Test(
        "each column is that of the tokenizer alone, also in little memory and from a sample",
        arguments: [Audit.Level.document, .paragraph, .line], [31] as [UInt64])
    func columns(level: Audit.Level, seed: UInt64) async throws {
        let small = try SmallCorpus(seed: seed)
        // Lines with and without a line feed after them: their tokens differ, and one of them owns.
        let lines = (0..<1_500).map {
            #"{"text": "repeats \#($0 % 7)\n\nOnly \#($0) of \#($0 &* 7919)\nRepeats \#($0 % 3)"}"#
        }
        try small.folder.write(lines.joined(separator: "\n"), to: "shards/web/lines.jsonl")
        let corpus = try small.corpus()
        for (normalization, memory, share) in [
            ([], 1 << 30, nil), ([.lowercase, .whitespace], 1 << 17, nil), ([], 1 << 17, 0.3),
        ] as [(Normalization, Int, Double?)] {
            var base = try small.options(level: level)
            base.normalization = normalization
            base.sampleShare = share
            base.topCopies = 20
            let expected = try await alone(base, corpus)
            base.memory = memory
            let audit = try await Auditor(options: options(base, Self.counters[...])).audit(corpus)
            #expect(audit.byFurtherTokenizer.map(\.tokenizer.name) == ["feeds", "e"])
            #expect(audit == expected, "seed \(seed), normalization \(normalization.name), \(memory) bytes")
        }
    }

    @Test("parts, resumes and consolidated runs give the one pass's audit", arguments: [Audit.Level.document, .line])
    func parts(level: Audit.Level) async throws {
        let small = try SmallCorpus(seed: 33, shards: 12)
        let base = try small.options(level: level)
        let options = options(base, Self.counters[...])
        let paths = try small.corpus().shards.map(\.location)
        let whole = try await Auditor(options: options).audit(try small.corpus(paths)).json.fileText()
        var folders: [String] = []
        for (number, path) in paths.enumerated() {
            folders.append("\(small.folder.path)/runs-\(number)")
            _ = try await Auditor(options: options).scan(try small.corpus([path]), into: folders[number])
        }
        let roomy = try await RunMerger(threads: 2).merge(folders)
        #expect(roomy.json.fileText() == whole)
        let memory = 5 * MergePass.bytesPerRun(RecordLayout(tokenizers: 3, hasScores: true))
        let tight = try await RunMerger(memory: memory).merge(folders.reversed())
        #expect(tight.json.fileText() == whole)
        var partials: [String] = []
        for (number, range) in ["0-99", "100-2047", "2048-4095"].enumerated() {
            let part = try await RunMerger().reduce(folders, partitions: try #require(PartitionRange(range)))
            partials.append("\(small.folder.path)/part-\(number).json")
            try part.write(to: partials[number])
        }
        let added = try await RunMerger().merge(folders, partials: partials)
        #expect(added.json.fileText() == whole)
        let state = small.folder.path + "/state"
        _ = try await Auditor(options: options).audit(try small.corpus(Array(paths.prefix(5))), state: state)
        let progress = ScanProgress()
        let resumed = try await Auditor(options: options).audit(
            try small.corpus(paths), state: state, progress: progress)
        #expect(resumed.json.fileText() == whole)
        #expect(progress.snapshot.shards == paths.count - 5)
        // One tokenizer less is another scan, in a state folder and in a merge.
        let fewer = self.options(base, Self.counters[..<2])
        _ = try await Auditor(options: fewer).scan(try small.corpus([paths[0]]), into: small.folder.path + "/fewer")
        let error = await #expect(throws: RunError.self) {
            try await RunMerger().merge([folders[1], small.folder.path + "/fewer"])
        }
        #expect(error?.description.contains("tokenizer spaces, feeds, not spaces, feeds, e") == true)
        let again = ScanProgress()
        await #expect(throws: RunError.self) {
            try await Auditor(options: fewer).audit(try small.corpus(), state: state)
        }
        _ = try await Auditor(options: fewer).audit(
            try small.corpus(), state: state, restarts: true, progress: again)
        #expect(again.snapshot.shards == paths.count)
    }

    @Test("the file has the numbers of the first tokenizer, those of the others beside them, and reads back")
    func file() async throws {
        let small = try SmallCorpus(seed: 34)
        let base = try small.options()
        let audit = try await Auditor(options: options(base, Self.counters[...])).audit(try small.corpus())
        let json = audit.json
        #expect(json["totals"]?["tokens"] == .integer(audit.totals.tokens))
        for (name, other) in zip(["feeds", "e"], audit.byFurtherTokenizer) {
            #expect(json["totals"]?["further_tokens"]?[name]?["tokens"] == .integer(other.totals.tokens))
            #expect(json["totals"]?["further_tokens"]?[name]?["hidden_epochs"] == .number(other.totals.hiddenEpochs))
        }
        #expect(json["tokenizer"]?["name"] == "spaces")
        guard case .array(let tokenizers)? = json["further_tokenizers"] else {
            Issue.record("further_tokenizers is no list")
            return
        }
        #expect(tokenizers.map { $0["name"] } == ["feeds", "e"])
        let text = json.fileText()
        #expect(try Audit(parsing: Array(text.utf8)) == audit)
        for (good, bad, path) in [
            ("\"feeds\": {", "\"fields\": {", "totals.further_tokens must have the further tokenizers"),
            ("\"further_tokenizers\"", "\"tokenizers\"", "tokenizers is not known"),
            ("\"e\": {\"tokens\": ", "\"e\": {\"tokens\": -", "further_tokens.e.tokens must be 0 or more"),
        ] {
            #expect(text.contains(good))
            let error = #expect(throws: AuditFileError.self) {
                try Audit(parsing: Array(text.replacing(good, with: bad).utf8))
            }
            #expect(error?.description.contains(path) == true)
        }
        // One tokenizer's file knows nothing of this.
        let single = try await Auditor(options: options(base, Self.counters[..<1])).audit(try small.corpus())
        #expect(single.json["further_tokenizers"] == nil)
        #expect(single.json["totals"]?["tokens"] == .integer(audit.totals.tokens))
    }

    @Test("runs hold eight bytes more for each further tokenizer, and one tokenizer's hold no more than before")
    func stride() async throws {
        let small = try SmallCorpus(seed: 35, shards: 1)
        let base = try small.options()
        for count in 1...3 {
            let folder = "\(small.folder.path)/runs-\(count)"
            _ = try await Auditor(options: options(base, Self.counters[..<count])).scan(
                try small.corpus(), into: folder)
            let name = try #require(ScanJournal.names(in: folder + "/runs", endingIn: ".run").first)
            let file = try RunFile(opening: "\(folder)/runs/\(name)")
            // The small corpus has scores, in a column of their own.
            #expect(file.layout.stride == 48 + 8 * (count - 1))
            let settings = try ScanManifest(sealedFile: folder + "/task.json").settings
            #expect(settings.tokenizers.count == count)
            #expect((settings.json["further_tokenizers"] == nil) == (count == 1))
        }
    }

    @Test("a run whose records are of another number of tokenizers than its scan says is refused")
    func otherWidth() async throws {
        let small = try SmallCorpus(seed: 36, shards: 1)
        let base = try small.options()
        var harvest = CorpusScan.Harvest()
        let path = small.folder.path + "/one.run"
        try RunWriter.write(
            try HeldRecords([]).sorted(), rows: RecordRows(layout: RecordLayout(tokenizers: 2)), origins: [], to: path)
        harvest.runs.units = [.file(try RunFile(opening: path))]
        let settings = ScanSettings(base)
        #expect(throws: RunError.self) {
            try Auditor.audit(
                harvest, declarations: [], namedProblems: [], settings: settings, threads: 1, memory: 1 << 20,
                topCopies: 0,
                place: "memory", stop: StopSignal())
        }
    }
}
