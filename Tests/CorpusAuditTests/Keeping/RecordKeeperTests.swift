import Foundation
import OrderedJSON
import Testing
import TokenCounting

@testable import CorpusAudit

/// What stays on the list is what the audit calls owned.
@Suite struct RecordKeeperTests {
    private static let declarations = [
        SourceDeclaration(name: "wiki", quality: 1.5), SourceDeclaration(name: "code", quality: 0.75),
        SourceDeclaration(name: "web"),
    ]

    /// A small corpus in plain shards, blank lines and damage among its records.
    private struct PlainCorpus {
        let folder: TemporaryFolder
        private(set) var lines: [String: [String]] = [:]

        init(seed: UInt64, shards: Int = 9, records: Int = 80) throws {
            folder = try TemporaryFolder()
            var generator = HostileCorpus(seed: seed)
            for shard in 0..<shards {
                let source = ["web", "wiki", "code"][shard % 3]
                var lines: [String] = []
                for _ in 0..<records {
                    switch generator.score() {
                    case 0: lines.append(["", "{\"broken", "{\"text\": \"\"}", "{\"none\": 1}"][lines.count % 4])
                    case 1: lines.append("{\"text\": \"again and again\", \"meta\": {\"score\": \(shard % 6)}}")
                    default:
                        lines.append(
                            generator.record(text: generator.nextText(), score: generator.score(), source: source))
                    }
                }
                let name = "\(source)/part-\(shard).jsonl"
                self.lines[name] = lines
                try folder.write(lines.joined(separator: "\n") + (shard == 2 ? "" : "\n"), to: "shards/" + name)
            }
        }

        func corpus(_ name: String = "shards") throws -> Corpus {
            let fields = try FieldSelection(quality: FieldPath("meta.score"), qualityMap: QualityMap("0:0.2,3:1,5:2"))
            return try Corpus(paths: ["\(folder.path)/\(name)"], fields: fields)
        }

        /// Writes the records of a list as a corpus of its own.
        func apply(_ list: KeepList, from keep: String) throws {
            for shard in list.shards {
                let name = shard.shard.split(separator: "/").suffix(2).joined(separator: "/")
                let numbers = try String(contentsOfFile: "\(keep)/\(shard.file)", encoding: .utf8)
                    .split(separator: "\n").map { try #require(Int($0)) }
                #expect(numbers == Array(Set(numbers)).sorted(), "numbers ascend and none occurs twice")
                #expect(numbers.count == shard.kept)
                let kept = numbers.map { lines[name]?[$0] ?? "" }
                try folder.write(kept.map { $0 + "\n" }.joined(), to: "kept/" + name)
            }
        }
    }

    @Test(
        "a list applied to its shards leaves what each source owned, without a repeat",
        arguments: [1, 2, 3] as [UInt64], [2 << 30, 1 << 20])
    func applied(seed: UInt64, memory: Int) async throws {
        let plain = try PlainCorpus(seed: seed)
        let options = try options(threads: 2)
        var random = SeededGenerator(seed: seed)
        var folders: [String] = []
        let shards = try plain.corpus().shards
        var parts = [[Shard]](repeating: [], count: 3)
        for shard in shards { parts[Int.random(in: 0..<3, using: &random)].append(shard) }
        for (number, part) in parts.enumerated() where !part.isEmpty {
            folders.append("\(plain.folder.path)/runs-\(number)")
            var corpus = try plain.corpus()
            corpus.shards = part
            _ = try await Auditor(options: options).scan(corpus, into: folders[folders.count - 1])
        }
        let before = try await RunMerger().merge(folders, declarations: Self.declarations)
        let keep = plain.folder.path + "/keep"
        let keeper = RecordKeeper(threads: 2, memory: memory)
        let list = try await keeper.keep(folders, declarations: Self.declarations, into: keep)
        #expect(list.kept == before.totals.uniqueUnits)
        #expect(list.documents == before.totals.documents)
        #expect(list.sources.map(\.quality) == [1.5, 0.75, 1])
        let text = try String(contentsOfFile: keep + "/keep.json", encoding: .utf8)
        #expect(text == list.json.fileText())

        try plain.apply(list, from: keep)
        var kept = try plain.corpus("kept")
        kept.declarations = Self.declarations
        let after = try await Auditor(options: options).audit(kept)
        #expect(after.totals.repeatedTokens == 0, "seed \(seed)")
        #expect(after.problems.filter(\.kind.losesRecord).allSatisfy { $0.kind == .emptyFile })
        #expect(after.totals.uniqueTokens == before.totals.uniqueTokens)
        #expect(abs(after.totals.weightedUniqueTokens / before.totals.weightedUniqueTokens - 1) < 1e-3)
        for source in before.sources {
            let left = after.sources.first { $0.name == source.name }
            // Estimates of different corpora are rounded apart.
            let difference = abs((left?.tokens ?? 0) - source.ownedUniqueTokens)
            #expect(difference <= 1, "seed \(seed), \(source.name)")
        }
    }

    @Test("with k copies each text stays min(copies, k) times", arguments: [2, 3, 7])
    func copies(limit: Int) async throws {
        let plain = try PlainCorpus(seed: 4)
        var options = try options(threads: 2)
        options.keepsEveryPosition = true
        let runs = plain.folder.path + "/runs"
        _ = try await Auditor(options: options).scan(try plain.corpus(), into: runs)
        let keep = plain.folder.path + "/keep"
        let list = try await RecordKeeper(copies: limit, threads: 2, memory: 1 << 20).keep([runs], into: keep)
        try plain.apply(list, from: keep)
        let fields = FieldSelection()
        func occurrences(_ folder: String) throws -> [[UInt8]: Int] {
            var counts: [[UInt8]: Int] = [:]
            for shard in try Corpus(paths: ["\(plain.folder.path)/\(folder)"], fields: fields).shards {
                let lines = try String(contentsOfFile: shard.location, encoding: .utf8)
                for line in lines.split(separator: "\n") {
                    let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
                    if let text = object?["text"] as? String, !text.isEmpty {
                        counts[Array(text.utf8), default: 0] += 1
                    }
                }
            }
            return counts
        }
        let before = try occurrences("shards")
        #expect(before.values.contains { $0 > limit })
        #expect(try occurrences("kept") == before.mapValues { min($0, limit) })
        // Fewer copies are the first of more.
        let one = try await RecordKeeper().keep([runs], into: plain.folder.path + "/one")
        for (few, many) in zip(one.shards, list.shards) {
            let fewer = try Set(
                String(contentsOfFile: "\(plain.folder.path)/one/\(few.file)", encoding: .utf8).split(separator: "\n"))
            let more = try Set(String(contentsOfFile: "\(keep)/\(many.file)", encoding: .utf8).split(separator: "\n"))
            #expect(fewer.isSubset(of: more))
        }
    }

    @Test("a list is the same whatever the threads, the memory and the split")
    func deterministic() async throws {
        let plain = try PlainCorpus(seed: 5)
        let options = try options(threads: 1)
        var lists: [[String]] = []
        for (tasks, threads, memory) in [(1, 1, 2 << 30), (4, 3, 1 << 20)] {
            let runs = "\(plain.folder.path)/runs-\(tasks)"
            for task in 0..<tasks {
                let share = try #require(ScanTask("\(task)/\(tasks)"))
                _ = try await Auditor(options: options).scan(try plain.corpus(), into: runs, task: share)
            }
            let keep = "\(plain.folder.path)/keep-\(tasks)"
            let list = try await RecordKeeper(threads: threads, memory: memory).keep([runs], into: keep)
            let files = try list.shards.map { try String(contentsOfFile: "\(keep)/\($0.file)", encoding: .utf8) }
            lists.append([list.json.fileText()] + files)
        }
        #expect(lists[0] == lists[1])
    }

    @Test("runs that cannot say which records to keep are refused with what can")
    func refusals() async throws {
        let plain = try PlainCorpus(seed: 6, shards: 2, records: 5)
        var options = try options(threads: 1)
        let runs = plain.folder.path + "/runs"
        _ = try await Auditor(options: options).scan(try plain.corpus(), into: runs)
        let message = await message { try await RecordKeeper(copies: 2).keep([runs], into: runs + "-keep") }
        #expect(message.contains("2 copies cannot be identified; scan with --every-position, or keep one copy"))
        options.level = .line
        _ = try await Auditor(options: options).scan(try plain.corpus(), into: runs + "-line")
        let lines = await self.message { try await RecordKeeper().keep([runs + "-line"], into: runs + "-keep") }
        #expect(lines.contains("its units are lines, and a list names whole records; scan the shards by document"))
        #expect(!FileManager.default.fileExists(atPath: runs + "-keep/keep.json"))
    }

    @Test("a second list in a folder replaces the first")
    func replaced() async throws {
        let many = try PlainCorpus(seed: 7, shards: 4, records: 5)
        let few = try PlainCorpus(seed: 7, shards: 2, records: 5)
        let keep = many.folder.path + "/keep"
        for plain in [many, few] {
            let runs = plain.folder.path + "/runs"
            _ = try await Auditor(options: try options(threads: 1)).scan(try plain.corpus(), into: runs)
            _ = try await RecordKeeper().keep([runs], into: keep)
        }
        let files = try FileManager.default.contentsOfDirectory(atPath: keep + "/records").sorted()
        #expect(files == ["000001.list", "000002.list"])
    }

    private func options(threads: Int) throws -> AuditOptions {
        var options = AuditOptions(tokenizer: try ByteRatioCounter())
        options.threads = threads
        return options
    }

    private func message(_ body: () async throws -> KeepList) async -> String {
        do {
            _ = try await body()
            return "no error"
        } catch {
            return "\(error)"
        }
    }
}
