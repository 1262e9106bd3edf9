import Foundation
import OrderedJSON
import Testing
import TokenCounting

@testable import CorpusAudit

@Suite struct ContaminationTests {
    /// Words that occur nowhere else.
    private static func words(_ count: Int, _ name: String) -> [String] {
        (0..<count).map {
            name + String($0, radix: 2).replacing("0", with: "a").replacing("1", with: "b")
        }
    }

    private static func sets(_ files: [String: [String]]) throws -> (TemporaryFolder, BenchmarkSets) {
        let folder = try TemporaryFolder()
        for (name, lines) in files {
            try folder.write(lines.map { $0 + "\n" }.joined(), to: "sets/" + name)
        }
        return (folder, try BenchmarkSets(folder: folder.path + "/sets"))
    }

    private static func item(_ id: String, _ words: [String]) -> String {
        #"{"id": "\#(id)", "text": "\#(words.joined(separator: " "))"}"#
    }

    private static func options(_ sets: BenchmarkSets) throws -> AuditOptions {
        var options = AuditOptions(tokenizer: try ByteRatioCounter(bytesPerToken: 1))
        options.benchmarks = sets
        return options
    }

    @Test("Planted items are counted as they were planted")
    func planted() async throws {
        let (whole, half) = (Self.words(40, "whole"), Self.words(40, "half"))
        let (changed, question, short) = (
            Self.words(40, "changed"), Self.words(20, "question"), Self.words(9, "short")
        )
        let (folder, sets) = try Self.sets([
            "a.jsonl": [
                Self.item("whole", whole), Self.item("half", half), Self.item("changed", changed),
                Self.item("none", Self.words(30, "none")), Self.item("tiny", Self.words(7, "tiny")),
            ],
            "b.jsonl": [
                #"{"id": 7, "question": "\#(question.joined(separator: " "))", "answer": "\#(Self.words(20, "answer").joined(separator: " "))"}"#,
                Self.item("short", short),
            ],
        ])
        let filler = Self.words(2_000, "filler")
        let everyThird = changed.enumerated().map { $0 % 3 == 2 ? "other\($1)" : $1 }
        let texts: [String: [String]] = [
            "books": [
                (filler + whole + filler).joined(separator: " "),
                (["so"] + short + ["it is"]).joined(separator: " "),
                Self.words(7, "tiny").joined(separator: " "),
            ],
            "web": [
                half.prefix(20).joined(separator: "\\n"), everyThird.joined(separator: " "),
                "Q: " + question.joined(separator: ", ").uppercased() + "?",
                "clean " + filler.joined(separator: " "),
            ],
        ]
        for (source, texts) in texts {
            try folder.write(
                texts.map { #"{"text": "\#($0)"}"# + "\n" }.joined(), to: "c/\(source)/0.jsonl")
        }
        let corpus = try Corpus(paths: [folder.path + "/c"])
        let audit = try await Auditor(options: Self.options(sets)).audit(corpus)
        let found = try #require(audit.contamination)
        #expect(found.sets.map(\.name) == ["a", "b"])
        #expect(found.sets.map(\.items) == [5, 2])
        #expect(found.sets.map(\.shortItems) == [1, 0])
        #expect(found.sets.map(\.contaminated) == [2, 2])
        #expect(found.sets.map(\.covered) == [1, 1])
        #expect(found.boilerplateSequences == 0)
        #expect(found.items.map(\.id) == ["whole", "half", "7", "short"])
        #expect(found.items.map(\.longest) == [40, 20, 20, 9])
        #expect(found.items.map(\.coveredSequences) == [33, 13, 13, 2])
        #expect(found.items.map(\.sources) == [["books"], ["web"], ["web"], ["books"]])
        #expect(found.sources.map(\.all.documents) == [2, 2])
        let tokens = try #require(texts["web"]).map { $0.replacing("\\n", with: "\n").utf8.count }
        #expect(found.sources[1].all.tokens == tokens[0] + tokens[2])
        #expect(found.sources[0].sets.map(\.name) == ["a", "b"])
        #expect(audit.contaminatedShare == 1)
        #expect(try Audit(parsing: Array(audit.json.fileText().utf8)) == audit)

        let runs = folder.path + "/runs"
        for task in [1, 0] {
            _ = try await Auditor(options: Self.options(sets)).scan(
                corpus, into: runs, task: #require(ScanTask("\(task)/2")))
        }
        var merger = RunMerger(threads: 2, memory: 1 << 16)
        merger.benchmarks = sets
        #expect(try await merger.merge([runs]).json.fileText() == audit.json.fileText())
        var keeper = RecordKeeper(threads: 2)
        keeper.excludedBenchmarks = sets
        #expect(try await keeper.keep([runs], into: folder.path + "/keep").kept == 3)
    }

    @Test(
        "Random corpora are counted as brute force counts them, also where words repeat",
        arguments: [(1, 3), (2, 3), (3, 3), (4, 2), (5, 2), (6, 2), (7, 1), (8, 1)] as [(UInt64, Int)])
    func bruteForce(seed: UInt64, letters: Int) async throws {
        var random = SeededGenerator(seed: seed)
        func text(_ count: Int) -> [String] {
            // Of two letters one is rare, so that the other stands many times in a row.
            (0..<count).map { _ in
                letters == 2
                    ? (Int.random(in: 0..<12, using: &random) == 0 ? "b" : "a")
                    : ["a", "b", "c"].prefix(letters).randomElement(using: &random) ?? "a"
            }
        }
        let items = (0..<20).map { _ in text(Int.random(in: 5...24, using: &random)) }
        let documents = (0..<60).map { _ in text(Int.random(in: 1...40, using: &random)) }
        let (folder, sets) = try Self.sets([
            "s.jsonl": items.enumerated().map { Self.item("\($0)", $1) }
        ])
        try folder.write(documents.map { Self.item("x", $0) + "\n" }.joined(), to: "c/w/0.jsonl")
        let audit = try await Auditor(options: Self.options(sets)).audit(
            Corpus(paths: [folder.path + "/c"]))
        let distinct = Array(Set(documents))
        var expected: [String: [Int]] = [:]
        for (number, item) in items.enumerated() where item.count >= 8 {
            var (longest, touching) = (0, 0)
            var positions: Set<Int> = []
            for document in distinct where document.count >= 8 {
                var own = 0
                for start in item.indices {
                    for place in document.indices {
                        let common = zip(item[start...], document[place...]).prefix { $0 == $1 }.count
                        guard common >= 8 else { continue }
                        own = max(own, common)
                        positions.insert(start)
                    }
                }
                longest = max(longest, own)
                touching += own > 0 ? 1 : 0
            }
            guard longest >= min(13, item.count) || 10 * positions.count >= 7 * (item.count - 7) else {
                continue
            }
            expected["\(number)"] = [longest, positions.count, touching]
        }
        let found = try #require(audit.contamination)
        let rows = found.items.map { ($0.id, [$0.longest, $0.coveredSequences, $0.documents]) }
        #expect(Dictionary(uniqueKeysWithValues: rows) == expected, "seed \(seed)")
        #expect(found.sets[0].shortItems == items.count { $0.count < 8 })
    }

    @Test("A sequence that stands in more than 1,000 documents is boilerplate")
    func boilerplate() async throws {
        let common = Self.words(14, "common")
        let (folder, sets) = try Self.sets([
            "s.jsonl": [Self.item("1", common), Self.item("2", common + Self.words(10, "own"))]
        ])
        for (count, boilerplate) in [(1_000, 0), (1_001, 7)] {
            let lines = (0..<count).map { #"{"text": "\#(common.joined(separator: " ")) \#($0)"}"# }
            try folder.write(lines.joined(separator: "\n"), to: "c\(count)/w/0.jsonl")
            let corpus = try Corpus(paths: ["\(folder.path)/c\(count)"])
            let found = try #require(
                try await Auditor(options: Self.options(sets)).audit(corpus).contamination)
            #expect(found.boilerplateSequences == boilerplate)
            #expect(found.sets[0].contaminated == (boilerplate == 0 ? 2 : 0))
        }
    }

    @Test(
        "Sets that cannot be used are refused by name",
        arguments: [
            (["s.jsonl": ""], "has no items"), (["s.txt": "x"], "holds no evaluation set"),
            (
                ["s.jsonl": #"{"id": "1", "text": "a"}"# + "\n" + #"{"id": "1", "text": "b"}"#],
                "line 2: the set s has an item 1"
            ),
            (["s.jsonl": #"{"text": "a"}"#], "line 1 has no id"),
            (["s.jsonl": #"{"id": "1"}"#], "neither text nor question"),
            (["s.jsonl": "\n{"], "line 2 is no JSON"),
            (["s.jsonl": #"{"id": "1", "text": 5}"#], "text must be a string"),
            (["s.jsonl": #"{"id": "1", "text": "a", "set": 5}"#], "set must be a string"),
            (["s.jsonl": String(repeating: " ", count: 16 << 20 + 1)], "line 1 has more than 16777216 bytes"),
            (
                ["a.jsonl": #"{"id": "1", "text": "a", "set": "b"}"#, "b.jsonl": #"{"id": 1, "text": "b"}"#],
                "b.jsonl, line 1: the set b has an item 1"
            ),
        ] as [([String: String], String)])
    func unusable(files: [String: String], reason: String) throws {
        let folder = try TemporaryFolder()
        for (name, text) in files { try folder.write(text, to: name) }
        #expect {
            try BenchmarkSets(folder: folder.path)
        } throws: {
            "\($0)".contains(reason)
        }
    }

    @Test("An item of more words than positions can number is refused, not looked for in part")
    func tooLong() throws {
        let words = Array(repeating: "a", count: 65_536)
        #expect {
            try Self.sets(["s.jsonl": [Self.item("long", words)]])
        } throws: {
            "\($0)".contains("line 1: the item long has 65536 words, more than 65535")
        }
    }

    @Test("A set that is not UTF-8 is refused, and one of single words is counted as too short")
    func encodings() async throws {
        let folder = try TemporaryFolder()
        try folder.write(
            Array(#"{"id": "1", "text": "caf"#.utf8) + [0xE9] + Array("\"}".utf8), to: "latin/s.jsonl")
        #expect {
            try BenchmarkSets(folder: folder.path + "/latin")
        } throws: {
            "\($0)".contains("line 1 is not UTF-8 from byte 24 on")
        }
        #expect(throws: BenchmarkSets.Failure.self) { try BenchmarkSets(folder: folder.path + "/none") }
        let (other, sets) = try Self.sets(["one.jsonl": [Self.item("1", ["word"]), Self.item("2", [])]])
        try other.write(#"{"text": "word"}"#, to: "c/w/0.jsonl")
        let audit = try await Auditor(options: Self.options(sets)).audit(
            Corpus(paths: [other.path + "/c"]))
        #expect(audit.contamination?.sets.first?.shortItems == 2)
        #expect(audit.contaminatedShare == 0)
    }

    @Test("Other sets than those that were looked for, and none, are refused")
    func otherSets() async throws {
        let (folder, sets) = try Self.sets(["s.jsonl": [Self.item("1", Self.words(20, "x"))]])
        let (otherFolder, other) = try Self.sets(["s.jsonl": [Self.item("1", Self.words(20, "y"))]])
        try folder.write(#"{"text": "some text"}"#, to: "c/w/0.jsonl")
        _ = try await Auditor(options: Self.options(sets)).scan(
            Corpus(paths: [folder.path + "/c"]), into: folder.path + "/runs")
        for (given, reason) in [(nil, "give the same --benchmarks"), (other, "other evaluation sets")] {
            var merger = RunMerger()
            merger.benchmarks = given
            await #expect {
                try await merger.merge([folder.path + "/runs"])
            } throws: {
                "\($0)".contains(reason)
            }
        }
        withExtendedLifetime(otherFolder) {}
    }
}
