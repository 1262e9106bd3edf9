import TestSupport
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
        let folder = try TemporaryFolder()
        let counter = try VocabularyCounter(file: folder.write(pipeline.file, to: "tokenizer.json"))
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

    @Test("What a pipeline does to text is named")
    func normalization() throws {
        let folder = try TemporaryFolder()
        var named: [String: String] = [:]
        for pipeline in Pipelines.all {
            let counter = try VocabularyCounter(file: folder.write(pipeline.file, to: "tokenizer.json"))
            named[pipeline.name] = "\(counter.family): \(counter.identity.policy?.normalization ?? "")"
        }
        #expect(named["digits before byte-level (StarCoder, SmolLM)"] == "starcoder: none")
        #expect(named["a space before byte-level text"] == "byte-level bpe: space_prefix")
        #expect(named["Unigram (XLM-R)"] == "unigram: character_map+strip_right+replace+space_prefix")
        #expect(named["WordPiece (BERT, uncased)"] == "wordpiece: bert")
        #expect(named["Metaspace, never, split"] == "bpe: none")
        #expect(named["WordLevel"] == "wordlevel: none")
    }
}
