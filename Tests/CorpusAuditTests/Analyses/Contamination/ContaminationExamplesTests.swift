import Foundation
import OrderedJSON
import Testing
import TokenCounting

@testable import CorpusAudit

@Suite struct ContaminationExamplesTests {
    @Test(
        "The words of a text are found in its bytes",
        arguments: [
            ("one two three", 1..<3, "two three"), ("  One,\n(TWO) three", 0..<2, "One,\n(TWO"),
            ("cost 12,500.5 dollars", 0..<2, "cost 12,500.5"), ("caf\u{65}\u{301} noir", 0..<1, "caf\u{65}\u{301}"),
            ("a 猫が好き b", 1..<3, "猫が"), ("ab 猫 c", 0..<2, "ab 猫"), ("éa ÀB", 1..<2, "ÀB"),
            ("x\u{AD}y z", 0..<1, "x\u{AD}y"), ("tail", 0..<1, "tail"),
        ])
    func locate(text: String, words: Range<Int>, expected: String) {
        let bytes = Array(text.utf8)
        #expect(String(decoding: bytes[WordLocator().bytes(of: words, in: bytes)], as: UTF8.self) == expected)
    }

    @Test("An excerpt has what stands around the words, and leaves out the middle of many")
    func excerpt() {
        let text = Array((0..<1_000).map { "wörd\($0 % 10 == 0 ? "!" : "")" }.joined(separator: " ").utf8)
        let locator = WordLocator()
        let short = locator.excerpt(of: 500..<510, in: text)
        #expect(short.match.split(separator: " ").count == 10)
        #expect(short.before.hasPrefix("…") && short.before.utf8.count <= WordLocator.context + 3)
        #expect(short.after.hasSuffix("…"))
        let long = locator.excerpt(of: 0..<1_000, in: text)
        #expect(long.match.contains(" … ") && long.match.utf8.count <= WordLocator.longest + 8)
        #expect(long.before.isEmpty && long.after.isEmpty)
    }

    private static let quiz = (0..<30).map {
        "Word" + String($0, radix: 2).replacing("0", with: "a").replacing("1", with: "b")
    }

    private static func folder() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        let item = quiz.joined(separator: " ")
        let items = [
            "long": item, "part": quiz[3..<20].joined(separator: " "),
            "none": "these are other words than those that anybody here has ever written",
        ]
        let lines = items.sorted { $0.key < $1.key }.map { #"{"id": "\#($0)", "text": "\#($1)"}"# + "\n" }
        try folder.write(lines.joined(), to: "sets/quiz.jsonl")
        for shard in 0..<4 {
            let lines = (0..<10).map { number in
                let words = number < 5 ? quiz[(2 * number)..<(2 * number + 15)].joined(separator: ", ") : "nothing"
                return #"{"text": "So \#(shard) \#(number): \#(words). End"}"# + "\n"
            }
            try folder.write(lines.joined(), to: "c/s\(shard % 2)/\(shard).jsonl")
        }
        return folder
    }

    private static func options(_ folder: TemporaryFolder, examples: Int) throws -> AuditOptions {
        var options = AuditOptions(tokenizer: try ByteRatioCounter(bytesPerToken: 1))
        options.benchmarks = try BenchmarkSets(folder: folder.path + "/sets")
        options.contaminationExamples = examples
        return options
    }

    @Test("Examples are the same whatever the threads and the memory, and survive the file")
    func deterministic() async throws {
        let folder = try Self.folder()
        let corpus = try Corpus(paths: [folder.path + "/c"])
        let one = try await Auditor(options: Self.options(folder, examples: 5)).audit(corpus)
        let found = try #require(one.contamination)
        #expect(found.items.map(\.id) == ["long", "part"])
        #expect(found.items.allSatisfy { $0.example != nil })
        for item in found.items {
            let example = try #require(item.example)
            let words = Self.quiz[(example.itemWord + (item.id == "part" ? 3 : 0))...].prefix(item.longest)
            #expect(example.itemText.match == words.joined(separator: " "))
            #expect(example.documentText.match == words.joined(separator: ", "))
            #expect(example.documentText.before.hasPrefix("So "))
            #expect(example.documentText.after == ". End")
        }
        #expect(one.madeBy == nil || one.madeBy?.contains("--contamination-examples 5") == true)
        #expect(try Audit(parsing: Array(one.json.fileText().utf8)) == one)
        let variants: [(Int, Normalization)] = [(3, []), (1, [.lowercase]), (2, [.lowercase])]
        for (threads, normalization) in variants {
            var options = try Self.options(folder, examples: 5)
            (options.threads, options.memory) = (threads, 1 << 20)
            options.normalization = normalization
            let other = try await Auditor(options: options).audit(corpus)
            if normalization.isEmpty {
                #expect(other.json.fileText() == one.json.fileText())
            } else {
                #expect(other.contamination?.items.first?.example?.documentText.match.hasPrefix("word") == true)
            }
        }
        let fewer = try await Auditor(options: Self.options(folder, examples: 1)).audit(corpus)
        #expect(fewer.contamination?.items.map { $0.example != nil } == [true, false])
        let none = try await Auditor(options: Self.options(folder, examples: 0)).audit(corpus)
        #expect(none.contamination?.items.allSatisfy { $0.example == nil } == true)
    }

    @Test("More examples than may be asked for are refused")
    func tooMany() async throws {
        let folder = try Self.folder()
        await #expect(throws: RunError.self) {
            try await Auditor(options: Self.options(folder, examples: 1_001)).audit(Corpus(paths: [folder.path + "/c"]))
        }
    }
}
