import Testing

@testable import TokenCounting

/// Small tokenizer.json files in parts, with the counts that Hugging Face's tokenizers makes (`make_pipelines.py`).
enum Pipelines {
    struct Pipeline: Sendable, CustomTestStringConvertible {
        let name: String
        let file: String
        let counts: [UInt32]
        var testDescription: String { name }
    }

    static let strings: [String] = read.strings
    static let all: [Pipeline] = read.pipelines

    private static let read: (strings: [String], pipelines: [Pipeline]) = {
        let path =
            "\(#filePath)".split(separator: "/").dropLast(4).map { "/" + $0 }.joined()
            + "/Benchmarks/tokenizers/pipelines.json"
        guard let (bytes, _) = try? FileBytes.read(path), let (root, _) = try? JSONText.read(bytes, path: path) else {
            return ([], [])
        }
        let charsmap = root["charsmap"]?.text ?? ""
        let pipelines = (root["pipelines"]?.elements ?? []).map { value -> Pipeline in
            let parts = (value["normalizer"]?.text ?? "").split(
                separator: "@charsmap", omittingEmptySubsequences: false)
            let model = root["models"]?[value["model"]?.text ?? ""]?.text ?? ""
            let file = """
                {"version": "1.0", "added_tokens": \(value["added_tokens"]?.text ?? ""),
                "normalizer": \(parts.joined(separator: charsmap)), "pre_tokenizer": \(value["pre_tokenizer"]?.text ?? ""),
                "model": \(model)}
                """
            return Pipeline(
                name: value["name"]?.text ?? "", file: file,
                counts: value["counts"]?.elements?.compactMap(\.index) ?? [])
        }
        return (root["strings"]?.elements?.compactMap(\.text) ?? [], pipelines)
    }()
}

@Suite struct PipelineModelTests {
    @Test("The pipelines and their counts are there")
    func present() {
        #expect(Pipelines.strings.count > 140)
        #expect(Pipelines.all.count > 60)
        #expect(Pipelines.all.allSatisfy { $0.counts.count == Pipelines.strings.count })
    }

    @Test("Every pipeline counts as the reference implementation does", arguments: Pipelines.all)
    func counts(pipeline: Pipelines.Pipeline) throws {
        let folder = Folder()
        let counter = try VocabularyCounter(file: folder.write("tokenizer.json", pipeline.file))
        #expect(counter.identity.isCertified)
        let session = counter.makeSession()
        for (text, expected) in zip(Pipelines.strings, pipeline.counts) {
            #expect(
                VocabularyCounterTests.counts(session, Array(text.utf8)) == [expected], "\(text.debugDescription)")
        }
        // Once more, from the memo.
        for (text, expected) in zip(Pipelines.strings.reversed(), pipeline.counts.reversed()) {
            #expect(VocabularyCounterTests.counts(session, Array(text.utf8)) == [expected])
        }
    }

    @Test("A long text without spaces counts as its parts do together with their neighbours")
    func longTexts() throws {
        // 15,000 bytes that all fall back on bytes, so that windows begin within characters.
        let pipeline = try #require(Pipelines.all.first { $0.name == "Metaspace, always, split" })
        let folder = Folder()
        let counter = try VocabularyCounter(file: folder.write("tokenizer.json", pipeline.file))
        var generator = SeededGenerator(seed: 77)
        let letters = Array("\u{13000}\u{13001}\u{1F980}ab")
        let text = String((0..<3_000).map { _ in letters.randomElement(using: &generator) ?? "a" })
        let unmerged = text.unicodeScalars.filter { $0.value > 0x7F }.count * 4
        let words = text.split { !$0.isASCII }.map { counter.count(String($0)) - 1 }
        // The words of two letters count alike alone, but for the mark that is put before each.
        #expect(counter.count(text) >= unmerged)
        #expect(counter.count(text) <= unmerged + words.reduce(0, +) + words.count + 1)
    }

    @Test("What a pipeline does to text is named")
    func normalization() throws {
        let folder = Folder()
        let named = Dictionary(
            uniqueKeysWithValues: try Pipelines.all.map { pipeline in
                let counter = try VocabularyCounter(file: folder.write("tokenizer.json", pipeline.file))
                return (pipeline.name, (counter.family, counter.identity.policy?.normalization ?? ""))
            })
        #expect(named["digits before byte-level (StarCoder, SmolLM)"]?.0 == "starcoder")
        #expect(named["a space before byte-level text"].map { $0 == ("byte-level bpe", "space_prefix") } == true)
        #expect(
            named["Unigram (XLM-R)"].map { $0 == ("unigram", "character_map+strip_right+replace+space_prefix") } == true
        )
        #expect(named["WordPiece (BERT, uncased)"].map { $0 == ("wordpiece", "bert") } == true)
        #expect(named["Metaspace, never, split"].map { $0 == ("bpe", "none") } == true)
        #expect(named["WordLevel"]?.0 == "wordlevel")
    }
}
