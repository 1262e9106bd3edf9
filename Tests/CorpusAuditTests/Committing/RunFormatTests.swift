import Foundation
import OrderedJSON
import SchemaChecking
import Testing
import TokenCounting

@testable import CorpusAudit

/// The files of a scan byte by byte.
///
/// After a wanted change, raise `RunCommit.version`, write the files and schemas anew with
/// `DATAWALL_RECORD=1` and look at each.
@Suite struct RunFormatTests {
    /// Whether a file is the one that is kept, after it was written anew where that is asked for.
    private static func isKept(_ bytes: [UInt8], as name: String) throws -> Bool {
        try GoldenFile(name, in: "CorpusAuditTests/Golden/runs").holds(bytes)
    }

    /// The text of a file with a version of datawall that never changes, and the digest that belongs to it.
    private static func text(of value: JSONValue, isSealed: Bool = true) -> String {
        guard case .object(var members) = value else { return "" }
        if isSealed { members.removeLast() }
        for index in members.indices where members[index].key == "datawall_version" {
            members[index].value = "0.0.0"
        }
        return isSealed ? SealedJSON.text(members) : JSONValue.object(members).fileText()
    }

    private static func fingerprint(_ number: UInt64) -> Fingerprint { Fingerprint(high: number << 56, low: number) }

    // MARK: Values that use every field

    private static let tokenizer = TokenizerIdentity(
        name: "cl100k", sha256: String(repeating: "ab", count: 32), isCertified: true, isEstimate: false,
        policy: TokenizationPolicy(normalization: "nfc"))
    private static let settings = ScanSettings(
        level: .paragraph, normalization: "nfc", tokenizer: tokenizer,
        furtherTokenizers: [
            TokenizerIdentity(name: "bytes/4", isCertified: false, isEstimate: true, assumedBytesPerToken: 4)
        ], sampleShare: 0.25, maximumRecordBytes: 1 << 29, keepsEveryPosition: true)

    private static func problem(_ kind: ProblemKind, record: Int?) -> Problem {
        Problem(shard: "web/a.jsonl", record: record, byteOffset: 17, kind: kind, message: "what was found")
    }

    private static func report() throws -> ShardReport {
        let fields = try FieldSelection(
            text: FieldPath("a\\.b.text"), source: FieldPath("from"), quality: FieldPath("score"),
            qualityMap: QualityMap("0:0.2,3:1"))
        var report = ShardReport(
            shard: Shard(path: "web/a.jsonl", location: "/data/web/a.jsonl", source: "web", fields: fields),
            identity: FileIdentity(bytes: 1_000, modified: 1, changed: 2, inode: 3), digest: fingerprint(9),
            shares: [.init(source: ByteName("web"), documents: 30, emptyUnits: 2)])
        report.problems = ProblemLog(
            counts: [.badJSON: 2, .innerByteOrderMark: 1], listed: [problem(.badJSON, record: 4)])
        report.replacedSequences = 5
        report.index = CompanionFile(
            path: "web/a.idx", identity: FileIdentity(bytes: 10, modified: 4, changed: 5, inode: 6),
            digest: fingerprint(8))
        report.attempt = 2
        report.parts = 1
        return report
    }

    private static func commit() throws -> RunCommit {
        var empty = ShardReport(
            shard: Shard(path: "web/b.jsonl", location: "b.jsonl", source: "web", fields: FieldSelection()))
        empty.problems = ProblemLog(counts: [.notCompressed: 1], listed: [])
        empty.wasRead = false
        var open = try report()
        open.shard.path = "web/c.jsonl"
        return RunCommit(
            settings: settings, runs: [.init(name: "000001.run", records: 17)], reports: [try report(), empty],
            part: ShardPart(report: open, records: 12, offset: 345))
    }

    private static func task() throws -> ScanManifest {
        ScanManifest(
            settings: settings, task: try #require(ScanTask("1/3")), corpus: fingerprint(7).description,
            shards: ["web/a.jsonl", "web/b.jsonl"],
            unread: .init(
                skipped: [
                    Audit.Skipped(
                        kind: "parquet", reason: "is not read", files: 2, bytes: 30, mayHoldData: true, examples: ["x"])
                ], problems: [problem(.missingInput, record: nil)]),
            declarations: [
                SourceDeclaration(
                    name: "web", quality: 1.5, maximumEpochs: 4, floor: 0.1, qualityMap: try QualityMap("3:1")),
                SourceDeclaration(name: "code"),
            ], attempt: 0)
    }

    /// Sums of two sources that share a text.
    private static func sums() -> AuditSums {
        var counter = DuplicateCounter(sourceWeights: [1_000_000, 2_000_000], topCopies: 3)
        for (number, copies) in [[(0, 0.5)], [(0, 1.25), (1, .nan)], [(1, .nan)]].enumerated() {
            for (source, score) in copies {
                let record = UnitRecord(
                    fingerprint(UInt64(number + 1)), tokens: 7, bytes: 30, origin: source, position: number)
                counter.add(
                    UnitCopy(
                        record, from: .init(source: source, rank: source), tokens: 7,
                        quality: QualityWeight(score) ?? .one, score: score), record.fingerprint)
            }
            counter.finishGroup()
        }
        return counter.total
    }

    // MARK: Files

    @Test("commits, tasks and partial sums are written as they were when they were last looked at, and read back")
    func sealedFiles() throws {
        let folder = try TemporaryFolder()
        func read<Record: SealedRecord>(_ record: Record, _ name: String) throws -> Record {
            let text = Self.text(of: record.json)
            #expect(try Self.isKept(Array(text.utf8), as: "\(name).json"), "\(name).json is not the one that is kept")
            #expect(try FileSchema.isCurrent(Record.schemaFile(of: name), of: name))
            #expect(try FileSchema(of: name).violations(of: try JSONValue(parsing: Array(text.utf8))) == [])
            return try Record(sealedFile: try folder.write(record.sealedText, to: "\(name).json"))
        }
        let commit = try read(try Self.commit(), "commit")
        #expect(commit.json.compactText.contains(commit.seal) && commit.seal.utf8.count == 32)
        #expect(try commit.sealedText == Self.commit().sealedText)
        #expect(commit.reports[0].problems.counts == [.badJSON: 2, .innerByteOrderMark: 1])
        let task = try read(try Self.task(), "task")
        #expect(try task.sealedText == Self.task().sealedText)
        #expect(try task.declarations == Self.task().declarations)
        #expect(try task.unread == Self.task().unread)
        let range = try #require(PartitionRange("0-99"))
        let sums = Self.sums()
        let partial = try read(
            PartialSums(partitions: range, corpus: Self.fingerprint(6).description, sums: [sums]), "partial")
        #expect(partial.sums == [sums] && partial.partitions == range)
        var output = NearPassOutput()
        (output.pass, output.partitions, output.corpus) = ("copies", .all, Self.fingerprint(7).description)
        output.madeFrom = Self.fingerprint(8).description
        output.kinds = [
            .init(kind: NearMark.kindName, bytes: NearMark.kind.stride, runs: [.init(name: "000001.run", records: 12)])
        ]
        (output.buckets.cappedBuckets, output.buckets.uncomparedPairs, output.buckets.largestBucket) = (1, 2, 34)
        (output.clusters, output.largestCluster) = ([.init(bucket: 2, clusters: 3, units: 11)], 4)
        let pass = try read(output, "near-pass")
        #expect(pass.kinds == output.kinds && pass.buckets == output.buckets && pass.largestCluster == 4)
    }

    @Test("a list of records to keep is written as it was when it was last looked at, and reads back")
    func keepList() throws {
        let list = KeepList(
            copies: 2, normalization: "none", sources: [SourceDeclaration(name: "web", quality: 1.5)],
            shards: [
                .init(
                    shard: "web/a.jsonl", bytes: 10, digest: Self.fingerprint(5), documents: 4, kept: 3,
                    file: "records/000001.list")
            ])
        let text = Self.text(of: list.json, isSealed: false)
        #expect(try Self.isKept(Array(text.utf8), as: "keep.json"))
        #expect(try KeepList(strictly: list.json) == list)
        #expect(try FileSchema.isCurrent(KeepList.schemaFile, of: "keep"))
        #expect(try FileSchema(of: "keep").violations(of: list.json) == [])
    }

    @Test(
        "run files are written as they were when they were last looked at, and read back",
        arguments: [(1, false), (1, true), (2, false), (2, true)])
    func runs(tokenizers: Int, hasScores: Bool) throws {
        let layout = RecordLayout(tokenizers: tokenizers, hasScores: hasScores)
        let folder = try TemporaryFolder()
        let path = folder.path + "/a.run"
        let origins = [
            RunOrigin(source: ByteName("code"), shard: ByteName("x")),
            RunOrigin(source: ByteName("wëb"), shard: ByteName("y")),
        ]
        var rows = RecordRows(layout: layout)
        var writer = try RunWriter(creating: path, layout: layout, origins: origins)
        let scores = [0.25, -3, RecordRows.noScore, -0.0]
        for (place, score) in scores.enumerated() {
            var record = UnitRecord(
                Self.fingerprint(UInt64(place + 1)), tokens: UInt32(place), bytes: 9, origin: place % 2, position: place
            )
            record.word += UInt64(place)
            if layout.isPlain {
                try writer.append(record)
            } else {
                record.tokens = rows.append((0..<tokenizers).map { UInt32(place + 10 * $0) }, score: score)
                try writer.append(record, of: rows)
            }
        }
        try writer.finish()
        let bytes = Array(try #require(FileManager.default.contents(atPath: path)))
        #expect(try Self.isKept(bytes, as: "\(tokenizers)-tokenizers\(hasScores ? "-scores" : "").run"))
        let file = try RunFile(opening: path)
        #expect(file.layout == layout && file.recordCount == 4 && file.origins == origins)
        #expect(file.layout.stride == 40 + 8 * (tokenizers - 1) + (hasScores ? 8 : 0))
        var cursor = try EntryCursor<UnitRecord>(file, from: 0, below: nil)
        for (place, score) in scores.enumerated() {
            let record = cursor.current
            #expect(record.fingerprint == Self.fingerprint(UInt64(place + 1)) && record.copies == place + 1)
            if let rows = cursor.columns?.columns {
                for column in 0..<tokenizers { #expect(rows[record.tokens, column] == UInt32(place + 10 * column)) }
                let expected = hasScores ? score : RecordRows.noScore
                // What is no number has one form, and 0 one sign.
                #expect(rows.score(record.tokens).bitPattern == (expected.isNaN ? .nan : expected + 0).bitPattern)
            } else {
                #expect(record.tokens == UInt32(place))
            }
            try cursor.advance()
        }
        #expect(cursor.isAtEnd)
        let footer = RunFooter(recordCount: 4, origins: origins)
        #expect(try FileSchema.isCurrent(RunFooter.schemaFile, of: "run-footer"))
        #expect(try FileSchema(of: "run-footer").violations(of: footer.json) == [])
    }

    // MARK: Errors

    @Test(
        "what cannot be used in a file of a scan is named by its path",
        arguments: [
            ("\"inode\": 3", "\"inode\": \"3\"", "shards[0].inode must be an integer, not a string"),
            ("\"documents\": 30", "\"documents\": -1", "shards[0].sources[0].documents must be from 0 to 2⁵³, not -1"),
            ("\"records\": 17", "\"records\": 1.5", "runs[0].records must be an integer, not 1.5"),
            ("\"000001.run\"", "\"../1.run\"", "runs[0] must name a file in the folder of runs, not '../1.run'"),
            ("\"replaced_sequences\": 5,", "", "shards[0].replaced_sequences is missing"),
            ("\"every_position\": true", "\"every_position\": true, \"more\": 1", "settings.more is not known"),
            ("\"0:0.2,3:1\"", "\"0:x\"", "shards[0].quality_map must be a quality map such as 0:0.2,3:1, not '0:x'"),
            ("\"bad_json\": 2", "\"bad_json\": 0", "shards[0] has a problem count that is not from 1 to 2⁵³"),
        ])
    func paths(old: String, new: String, message: String) throws {
        let folder = try TemporaryFolder()
        let changed = try Self.commit().json.compactText.replacing(old, with: new, maxReplacements: 1)
        guard case .object(let members) = try JSONValue(parsing: Array(changed.utf8)) else { return }
        let path = try folder.write(SealedJSON.text(Array(members.dropLast())), to: "1.json")
        let error = #expect(throws: RunError.self) { try RunCommit(sealedFile: path) }
        guard case .damaged(path, let reason)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(reason.hasPrefix(message), "\(reason)")
    }

    @Test("a file that is no JSON, or of another format, is refused with what it is")
    func otherFiles() throws {
        let folder = try TemporaryFolder()
        let broken = try folder.write("{\"format\": ", to: "1.json")
        #expect(
            #expect(throws: RunError.self) { try RunCommit(sealedFile: broken) }?.description.contains(
                "no datawall-commit file: the text ends before a value at line 1, column 12") == true)
        let task = try folder.write(try Self.task().sealedText, to: "2.json")
        #expect(
            #expect(throws: RunError.self) { try RunCommit(sealedFile: task) }
                == .damaged(path: task, reason: "it is no datawall-commit file"))
    }

    // MARK: Version 1

    /// Turns a folder of runs into one of version 1, as datawall 0.1 numbered its files.
    private static func makeOld(_ folder: String) throws {
        for name in ["task.json"]
            + ScanJournal.names(in: folder + "/commits", endingIn: ".json").map({ "commits/" + $0 })
        {
            let path = "\(folder)/\(name)"
            let json = try JSONValue(parsing: Array(try #require(FileManager.default.contents(atPath: path))))
            guard case .object(var members) = json else { continue }
            members.removeLast()
            for index in members.indices where members[index].key == "version" { members[index].value = 1 }
            try Data(SealedJSON.text(members).utf8).write(to: URL(filePath: path))
        }
        for name in ScanJournal.names(in: folder + "/runs", endingIn: ".run") {
            let url = URL(filePath: "\(folder)/runs/\(name)")
            var data = try Data(contentsOf: url)
            data[8] = 1
            try data.write(to: url)
        }
    }

    private static func contents(_ folder: String) throws -> [String: Data] {
        var contents: [String: Data] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
            contents[name] = FileManager.default.contents(atPath: "\(folder)/\(name)")
        }
        return contents
    }

    @Test("a folder of version 1 is refused with what to do, and nothing in it changes")
    func oldFolders() async throws {
        let small = try SmallCorpus(seed: 97, shards: 3, records: 5)
        let auditor = Auditor(options: try small.options())
        let corpus = try small.corpus()
        let (runs, state) = (small.folder.path + "/runs", small.folder.path + "/state")
        _ = try await auditor.scan(corpus, into: runs)
        let audit = try await auditor.audit(corpus, state: state)
        for folder in [runs, state] { try Self.makeOld(folder) }
        let before = [try Self.contents(runs), try Self.contents(state)]
        let tried: [() async throws -> Void] = [
            { _ = try await auditor.scan(corpus, into: runs) },
            { _ = try await auditor.audit(corpus, state: state) },
            { _ = try await RunMerger().merge([runs]) },
            { _ = try await RecordKeeper().keep([state], into: small.folder.path + "/kept") },
        ]
        for (number, call) in tried.enumerated() {
            let error = await #expect(throws: RunError.self) { try await call() }
            let path = [runs, state, runs, state][number] + "/task.json"
            #expect(error == .otherVersion(path: path, version: 1))
            #expect(
                error?.description
                    == "\(path) is of format version 1, and this datawall reads version 2; nothing was changed. "
                    + "Scan the shards again into another folder, or merge with the datawall that wrote it")
        }
        #expect([try Self.contents(runs), try Self.contents(state)] == before)
        // Thrown away by name only.
        #expect(try await auditor.audit(corpus, state: state, restarts: true) == audit)
        #expect(try await auditor.audit(corpus, state: state) == audit)
    }

    @Test("a run of version 1 among commits of version 2 is refused by name")
    func oldRun() async throws {
        let small = try SmallCorpus(seed: 98, shards: 1, records: 5)
        let runs = small.folder.path + "/runs"
        _ = try await Auditor(options: try small.options()).scan(try small.corpus(), into: runs)
        let name = try #require(ScanJournal.names(in: runs + "/runs", endingIn: ".run").first)
        let url = URL(filePath: "\(runs)/runs/\(name)")
        var data = try Data(contentsOf: url)
        data[8] = 1
        try data.write(to: url)
        await #expect(throws: RunError.otherVersion(path: "\(runs)/runs/\(name)", version: 1)) {
            try await RunMerger().merge([runs])
        }
    }
}

extension SealedRecord {
    /// The schema of the format, by the name of its file.
    fileprivate static func schemaFile(of name: String) -> JSONValue {
        switch name {
        case "commit": RunCommit.schemaFile
        case "task": ScanManifest.schemaFile
        case "near-pass": NearPassOutput.schemaFile
        default: PartialSums.schemaFile
        }
    }
}
