import Foundation
import Testing

@testable import CorpusAudit

@Suite struct PatternMatchesTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        for name in ["a/x.jsonl", "a/b/y.jsonl", "a/.c/z.jsonl", "data[en]/w.jsonl", "datae/v.jsonl"] {
            try folder.write("{}", to: name)
        }
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/a/b/up", withDestinationPath: "..")
    }

    private func matches(_ pattern: String) -> [String] {
        PatternMatches("\(folder.path)/\(pattern)").paths.map { String($0.dropFirst(folder.path.count + 1)) }
    }

    @Test("a name that is there as it is written is no pattern; a backslash takes a character as it is")
    func literal() {
        #expect(matches("data[en]/*.jsonl") == ["data[en]/w.jsonl"])
        #expect(matches("data\\[en\\]/*.jsonl") == ["data[en]/w.jsonl"])
        #expect(matches("data[ef]/*.jsonl") == ["datae/v.jsonl"])
        #expect(PatternMatches(folder.path + "/data[en]/*").root == folder.path + "/data[en]")
        #expect(matches(#"data[en]/w\.jsonl"#) == ["data[en]/w.jsonl"])
        #expect(PatternMatches(folder.path + #"/data[en]/w\.jsonl"#).root == folder.path + "/data[en]")
    }

    @Test("two stars cross folders once, links that lead back included")
    func deep() {
        #expect(matches("a/**/*.jsonl") == ["a/b/y.jsonl", "a/x.jsonl"])
        #expect(matches("**/y.jsonl") == ["a/b/y.jsonl"])
        #expect(matches("a/**") == ["a"])
        #expect(matches("**/**/x.jsonl") == ["a/x.jsonl"])
    }

    @Test("what lies in a folder that is matched is not matched again; hidden names need a dot")
    func folders() {
        #expect(matches("a/*") == ["a/b", "a/x.jsonl"])
        #expect(matches("**/*") == ["a", "data[en]", "datae"])
        #expect(matches("a/.*") == ["a/.c"])
        #expect(matches("a/*/none*") == [])
    }
}
