import Foundation
import OrderedJSON
import Testing
import TokenCounting

@testable import CorpusAudit

/// Scores are kept as they are read; what they weigh is decided at the merge.
@Suite struct ScoreTests {
    private static let maps = ["0:0.2,3:1,5:2", "0:2,1:0,4:0.5", "2:1,3:1"]

    private struct Scored {
        let folder: TemporaryFolder

        /// Shards of two sources with scores, and of one without.
        init(seed: UInt64) throws {
            folder = try TemporaryFolder()
            var random = SeededGenerator(seed: seed)
            for shard in 0..<6 {
                let source = ["web", "wiki", "plain"][shard % 3]
                var lines = ""
                for _ in 0..<80 {
                    let text =
                        "text \(Int.random(in: 0..<40, using: &random))\\nand \(Int.random(in: 0..<5, using: &random))"
                    let score = Double(Int.random(in: -20...60, using: &random)) / 10
                    lines += "{\"text\": \"\(text)\", \"score\": \(score)}\n"
                }
                try folder.write(lines, to: "data/\(source)/\(shard).jsonl")
            }
        }

        func manifest(_ map: String, quality: Double = 1) throws -> String {
            let steps = map.replacing(",", with: ", ").replacing(":", with: ": ")
            return try folder.write(
                """
                sources:
                  - {name: wiki, paths: [data/wiki], quality_key: score, quality: \(quality)}
                  - {name: web, paths: [data/web], quality_key: score, quality_map: {\(steps)}, max_epochs: 4}
                  - {name: plain, paths: [data/plain]}

                """, to: "\(Int.random(in: 0..<Int.max)).yml")
        }
    }

    private func options(_ level: Audit.Level, memory: Int = 2 << 30) throws -> AuditOptions {
        var options = AuditOptions(tokenizer: ByteKindCounter())
        options.level = level
        options.memory = memory
        return options
    }

    @Test(
        "a merge under another manifest gives what a scan under it would",
        arguments: [Audit.Level.document, .paragraph, .line], [2 << 30, 100_000])
    func anotherManifest(level: Audit.Level, memory: Int) async throws {
        let scored = try Scored(seed: 31)
        let auditor = Auditor(options: try options(level, memory: memory))
        let runs = scored.folder.path + "/runs"
        let first = try Corpus(manifest: try scored.manifest(Self.maps[0]))
        _ = try await auditor.scan(first, into: runs)
        for map in Self.maps {
            for quality in [1.0, 0.3] {
                let path = try scored.manifest(map, quality: quality)
                let whole = try await auditor.audit(try Corpus(manifest: path))
                var merger = RunMerger()
                merger.manifest = path
                let merged = try await merger.merge([runs], declarations: try Corpus.declarations(manifest: path))
                #expect(merged.json.fileText() == whole.json.fileText())
            }
        }
    }

    @Test("a second scan of a folder under another quality map reads nothing again, and a merge takes the new map")
    func secondScan() async throws {
        let scored = try Scored(seed: 37)
        let auditor = Auditor(options: try options(.document))
        let runs = scored.folder.path + "/runs"
        for map in Self.maps {
            let corpus = try Corpus(
                paths: [scored.folder.path + "/data"],
                fields: try FieldSelection(quality: FieldPath("score"), qualityMap: try QualityMap(map)))
            _ = try await auditor.scan(corpus, into: runs)
            let (merged, whole) = (try await RunMerger().merge([runs]), try await auditor.audit(corpus))
            #expect(merged.json.fileText() == whole.json.fileText())
        }
    }

    @Test("a quality map is refused where no shard was scanned with a quality key")
    func mapWithoutScores() async throws {
        let scored = try Scored(seed: 38)
        let runs = scored.folder.path + "/runs"
        _ = try await Auditor(options: try options(.document)).scan(
            try Corpus(paths: [scored.folder.path + "/data"]), into: runs)
        var merger = RunMerger()
        merger.qualityMap = try QualityMap("0:1,2:3")
        var refusal = ""
        do { _ = try await merger.merge([runs]) } catch { refusal = "\(error)" }
        #expect(refusal.hasPrefix("the option --quality-map cannot be used: no shard was scanned with --quality-key"))
    }

    @Test("a merge under a manifest of other shards names no command, as none makes its audit")
    func otherShards() async throws {
        let scored = try Scored(seed: 39)
        let manifest = try scored.manifest(Self.maps[0])
        let runs = scored.folder.path + "/runs"
        _ = try await Auditor(options: try options(.document)).scan(try Corpus(manifest: manifest), into: runs)
        var merger = RunMerger()
        merger.manifest = manifest
        let declarations = try Corpus.declarations(manifest: manifest)
        let same = try await merger.merge([runs], declarations: declarations)
        #expect(same.madeBy != nil)
        let text = try String(contentsOfFile: manifest, encoding: .utf8).replacing("[data/plain]", with: "[data]")
        merger.manifest = try scored.folder.write(text, to: "other.yml")
        let other = try await merger.merge([runs], declarations: declarations)
        #expect(other.madeBy == nil)
    }

    @Test("a merge under another quality map gives what a scan under it would, and so do its parts", arguments: maps)
    func anotherMap(map: String) async throws {
        let scored = try Scored(seed: 32)
        func corpus(_ map: String?) throws -> Corpus {
            try Corpus(
                paths: [scored.folder.path + "/data"],
                fields: try FieldSelection(
                    quality: FieldPath("score"), qualityMap: try map.map { try QualityMap($0) }))
        }
        let auditor = Auditor(options: try options(.line))
        let runs = scored.folder.path + "/runs"
        _ = try await auditor.scan(try corpus(nil), into: runs)
        let whole = try await auditor.audit(try corpus(map))
        var merger = RunMerger()
        merger.qualityMap = try QualityMap(map)
        #expect(try await merger.merge([runs]).json.fileText() == whole.json.fileText())
        var parts: [String] = []
        for range in ["0-99", "100-4095"] {
            parts.append("\(scored.folder.path)/\(range).json")
            let part = try await merger.reduce([runs], partitions: try #require(PartitionRange(range)))
            try part.write(to: parts[parts.count - 1])
        }
        #expect(try await merger.merge([runs], partials: parts).json.fileText() == whole.json.fileText())
        // Parts that were reduced under one map are none of another.
        merger.qualityMap = nil
        await #expect(throws: RunError.self) { try await merger.merge([runs], partials: parts) }
        // A list of records follows the same weights.
        let documents = scored.folder.path + "/documents"
        _ = try await Auditor(options: try options(.document)).scan(try corpus(nil), into: documents)
        let again = scored.folder.path + "/again"
        _ = try await Auditor(options: try options(.document)).scan(try corpus(map), into: again)
        var keeper = RecordKeeper()
        let expected = try await keeper.keep([again], into: scored.folder.path + "/kept-1")
        keeper.qualityMap = try QualityMap(map)
        #expect(try await keeper.keep([documents], into: scored.folder.path + "/kept-2") == expected)
        for shard in expected.shards {
            #expect(
                FileManager.default.contents(atPath: "\(scored.folder.path)/kept-1/\(shard.file)")
                    == FileManager.default.contents(atPath: "\(scored.folder.path)/kept-2/\(shard.file)"))
        }
    }

    @Test("an audit that goes on under another quality map reads nothing again and gives what a fresh one would")
    func state() async throws {
        let scored = try Scored(seed: 33)
        let auditor = Auditor(options: try options(.document))
        let state = scored.folder.path + "/state"
        for map in Self.maps {
            let corpus = try Corpus(manifest: try scored.manifest(map))
            let progress = ScanProgress()
            let audit = try await auditor.audit(corpus, state: state, progress: progress)
            #expect(progress.snapshot.shards == (map == Self.maps[0] ? 6 : 0))
            #expect(audit.json.fileText() == (try await auditor.audit(corpus)).json.fileText())
        }
    }

    @Test("an audit tells units, tokens and unique tokens by score as it was read, whatever the map")
    func bins() async throws {
        let scored = try Scored(seed: 34)
        let map: [(from: Double, weight: Double)] = [(-9, 1), (0, 1.5), (2, 2), (3, 2.5)]
        // The plain way: all units and, of each text in a source, the first copy of the highest weight.
        var units: [String: [Double: Int]] = [:]
        var best: [String: [String: (weight: Double, score: Double)]] = [:]
        for shard in [0, 3, 1, 4] {
            let source = ["web", "wiki", "plain"][shard % 3]
            let lines = try String(
                contentsOfFile: "\(scored.folder.path)/data/\(source)/\(shard).jsonl", encoding: .utf8)
            for line in lines.split(separator: "\n") {
                let object = try #require(
                    try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
                let text = try #require(object["text"] as? String)
                let score = try #require(object["score"] as? NSNumber).doubleValue
                // The wiki has no map, so that its scores are weights, and those below 0 count with 1.
                let weight = source == "web" ? map.last { $0.from <= score }?.weight ?? 1 : score < 0 ? 1 : score
                units[source, default: [:]][score, default: 0] += 1
                if weight > best[source]?[text]?.weight ?? -1 { best[source, default: [:]][text] = (weight, score) }
            }
        }
        let manifest = try scored.manifest("-9:1,0:1.5,2:2,3:2.5")
        let audit = try await Auditor(options: try options(.document)).audit(try Corpus(manifest: manifest))
        for source in audit.sources where source.name != "plain" {
            // Scores have a digit behind the point, so each is the start of its bin.
            func column(_ value: (Audit.ScoreBin) -> Int) -> [Double: Int] {
                Dictionary(uniqueKeysWithValues: source.scores.map { ($0.from ?? .nan, value($0)) }).filter {
                    $0.value > 0
                }
            }
            #expect(column(\.units) == units[source.name])
            var unique: [Double: Int] = [:]
            for (text, entry) in try #require(best[source.name]) {
                unique[entry.score, default: 0] += 1 + text.utf8.count { $0 == 0x20 }
            }
            #expect(column(\.uniqueTokens) == unique)
            #expect(source.scores.map { $0.from ?? .nan } == units[source.name]?.keys.sorted())
            #expect(source.scores.reduce(0) { $0 + $1.tokens } == source.tokens)
        }
        #expect(audit.sources.first { $0.name == "plain" }?.scores.isEmpty == true)
    }

    @Test("scores that are no weights are problems where no map gives them one, at the merge as at the scan")
    func unusableScores() async throws {
        let folder = try TemporaryFolder()
        try folder.write(
            "{\"text\": \"a\", \"q\": 100}\n{\"text\": \"b\", \"q\": -1}\n{\"text\": \"c\", \"q\": 2}\n{\"text\": \"d\"}\n",
            to: "data/1.jsonl")
        func corpus(_ map: QualityMap?) throws -> Corpus {
            try Corpus(
                paths: [folder.path + "/data"],
                fields: try FieldSelection(quality: FieldPath("q"), qualityMap: map))
        }
        let map = try QualityMap("0:0.5,50:4")
        let auditor = Auditor(options: try options(.document))
        let plain = try await auditor.audit(try corpus(nil))
        #expect(
            plain.problemCounts == [.init(kind: .missingQuality, count: 1), .init(kind: .unusableQuality, count: 2)])
        #expect(plain.sources[0].weightedUniqueTokens == 5)
        let mapped = try await auditor.audit(try corpus(map))
        #expect(mapped.problemCounts == [.init(kind: .missingQuality, count: 1)])
        #expect(mapped.sources[0].weightedUniqueTokens == 6)
        for (number, scanned) in [nil, map].enumerated() {
            let runs = "\(folder.path)/runs-\(number)"
            let problems = try await auditor.scan(try corpus(scanned), into: runs)
            #expect(problems.contains { $0.kind == .unusableQuality } == (scanned == nil))
            var merger = RunMerger()
            if scanned == nil { #expect(try await merger.merge([runs]) == plain) }
            merger.qualityMap = map
            #expect(try await merger.merge([runs]) == mapped)
        }
        // A strict audit stops at them only where no map is given.
        var strict = try options(.document)
        strict.isStrict = true
        let two = try folder.write("{\"text\": \"a\", \"q\": 100}\n", to: "strict/1.jsonl")
        for fields in [
            try FieldSelection(quality: FieldPath("q"), qualityMap: map), try FieldSelection(quality: FieldPath("q")),
        ] {
            let corpus = try Corpus(paths: [two], fields: fields)
            if fields.qualityMap == nil {
                await #expect(throws: CorpusError.self) { try await Auditor(options: strict).audit(corpus) }
            } else {
                _ = try await Auditor(options: strict).audit(corpus)
            }
        }
    }

    @Test("records have a column for scores only where a quality key was given", arguments: [false, true])
    func stride(hasKey: Bool) async throws {
        let scored = try Scored(seed: 35)
        let corpus = try Corpus(
            paths: [scored.folder.path + "/data"],
            fields: try FieldSelection(quality: hasKey ? FieldPath("score") : nil))
        let folder = scored.folder.path + "/runs"
        _ = try await Auditor(options: try options(.document)).scan(corpus, into: folder)
        let name = try #require(ScanJournal.names(in: folder + "/runs", endingIn: ".run").first)
        let file = try RunFile(opening: "\(folder)/runs/\(name)")
        #expect(file.layout.stride == (hasKey ? 48 : 40))
        let cursor = try EntryCursor<UnitRecord>(file, from: 0, below: nil)
        guard hasKey else { return #expect(cursor.columns == nil) }
        let score = try #require(cursor.columns).columns.score(cursor.current.tokens)
        #expect((-2.0...6).contains(score))
    }

    @Test("runs with scores merge with runs without, in little memory too")
    func mixedRuns() async throws {
        let scored = try Scored(seed: 36)
        let manifest = try scored.manifest(Self.maps[0])
        let corpus = try Corpus(manifest: manifest)
        let auditor = Auditor(options: try options(.line))
        var whole = try await auditor.audit(corpus)
        // No command names the shards of each folder alone, nor the manifest at the merge.
        (whole.madeBy, whole.options.manifestSHA256) = (nil, nil)
        var folders: [String] = []
        for shard in corpus.shards {
            var part = corpus
            part.shards = [shard]
            folders.append("\(scored.folder.path)/runs-\(folders.count)")
            _ = try await auditor.scan(part, into: folders[folders.count - 1])
        }
        let strides = try folders.map { folder in
            let name = try #require(ScanJournal.names(in: folder + "/runs", endingIn: ".run").first)
            return try RunFile(opening: "\(folder)/runs/\(name)").layout.stride
        }
        #expect(Set(strides) == [40, 48])
        for memory in [2 << 30, 3 * MergePass.bytesPerRun(RecordLayout(hasScores: true))] {
            let merged = try await RunMerger(memory: memory).merge(
                folders, declarations: try Corpus.declarations(manifest: manifest))
            #expect(merged.json.fileText() == whole.json.fileText())
        }
    }

    @Test("scores of documents from memory are kept like those of shards")
    func builder() async throws {
        let folder = try TemporaryFolder()
        var lines = ""
        let documents = (0..<500).map { ("text \($0 % 90)", $0 % 3 == 0 ? nil : Double($0 % 40) / 8) }
        for (text, score) in documents {
            lines += "{\"text\": \"\(text)\"" + (score.map { ", \"q\": \($0)" } ?? "") + "}\n"
        }
        try folder.write(lines, to: "web/1.jsonl")
        let declarations = [SourceDeclaration(name: "web", qualityMap: try QualityMap("0:0.5,2:3"))]
        var corpus = try Corpus(
            paths: [folder.path + "/web"], fields: try FieldSelection(quality: FieldPath("q")))
        corpus.declarations = declarations
        let expected = try await Auditor(options: try options(.document)).audit(corpus)
        for place in [nil, folder.path + "/runs"] {
            let builder = AuditBuilder(options: try options(.document), folder: place)
            let attempt = try builder.attempt(0, at: "job")
            // The first document has no score, so that the column comes once records are there.
            for (text, score) in documents { try attempt.add(text, source: "web", quality: score) }
            try attempt.finish()
            let audit = try await builder.audit(declarations: declarations)
            #expect(audit.sources == expected.sources)
            #expect(!audit.sources[0].scores.isEmpty)
        }
    }
}
