import Foundation
import Testing

@testable import CorpusAudit

@Suite struct CorpusTests {
    @Test("folders are walked, and a source is the first folder below the path")
    func directories() throws {
        let folder = try TemporaryFolder()
        for name in ["web/b.jsonl.zst", "web/a.jsonl", "wiki/deep/c.jsonl.gz", "web/.hidden.jsonl", "web/notes.md"] {
            try folder.write("{}", to: name)
        }
        let corpus = try Corpus(paths: [folder.path + "//./"])
        #expect(corpus.shards.map(\.source) == ["web", "web", "wiki"])
        #expect(
            corpus.shards.map { $0.path.dropFirst(folder.path.count) } == [
                "/web/a.jsonl", "/web/b.jsonl.zst", "/wiki/deep/c.jsonl.gz",
            ])
        #expect(corpus.skipped.map(\.kind) == ["hidden", "no_data"])
    }

    @Test("a path that is missing beside others is a problem, alone it is an error")
    func missing() throws {
        let folder = try TemporaryFolder()
        try folder.write("{}", to: "a.jsonl")
        let corpus = try Corpus(paths: [folder.path + "/a.jsonl", folder.path + "/nowhere"])
        #expect(corpus.problems.map(\.kind) == [.missingInput])
        let error = #expect(throws: CorpusError.self) { try Corpus(paths: ["/nowhere/at/all"]) }
        #expect(error?.description == "/nowhere/at/all: there is no such file or directory")
        try FileManager.default.createDirectory(atPath: folder.path + "/empty", withIntermediateDirectories: false)
        let none = #expect(throws: CorpusError.self) { try Corpus(paths: [folder.path + "/empty"]) }
        #expect(none?.description.contains("there is no shard in this directory") == true)
    }

    @Test("a shard that is named twice counts once, and the second is listed")
    func twice() throws {
        let folder = try TemporaryFolder()
        let shard = try folder.write("{}", to: "a.jsonl")
        for paths in [[shard, folder.path], [folder.path, folder.path], [folder.path + "/*", shard]] {
            let corpus = try Corpus(paths: paths)
            #expect(corpus.shards.map(\.path) == [shard])
            #expect(corpus.skipped.map(\.kind) == ["duplicate"])
            #expect(corpus.skipped[0].files == 1)
            #expect(!corpus.skipped[0].mayHoldData)
        }
        let error = #expect(throws: CorpusError.self) { try Corpus(paths: ["-", "-"]) }
        #expect(error?.description.contains("is named twice") == true)
    }

    @Test("a manifest of more sources than an audit holds is refused at once")
    func manySources() throws {
        let folder = try TemporaryFolder()
        let rows = (0...Corpus.maximumSources).map { "  - {name: s\($0), paths: [s\($0)]}" }
        let path = try folder.write("sources:\n" + rows.joined(separator: "\n"), to: "corpus.yml")
        let error = #expect(throws: CorpusError.self) { try Corpus(manifest: path) }
        #expect(error?.description.contains("more than 4096 sources") == true)
    }

    @Test(
        "a manifest that cannot be used is refused with its line",
        arguments: [
            ("sources: 5", 1, "a list `sources`"),
            ("sources:\n  - {paths: [x]}", 2, "a source has a name"),
            ("sources:\n  - {name: a}", 2, "a list `paths`"),
            ("sources:\n  - {name: a, paths: [x], qualty: 2}", 2, "`qualty` is no key of a source"),
            ("sources:\n  - {name: a, paths: [x], quality: -1}", 2, "`quality` is a number from 0"),
            ("sources:\n  - {name: a, paths: [x], quality: high}", 2, "`quality` is a number from 0"),
            ("sources:\n  - {name: a, paths: [x]}\n  - {name: a, paths: [y]}", 3, "occurs twice"),
            ("sources:\n  - {name: a, paths: [x], quality_map: {1: 2}}", 2, "needs a `quality_key`"),
            ("sources:\n  - {name: a, paths: [x], where: 'score >'}", 2, "'score' is compared with nothing"),
            ("sources:\n  - {name: a, paths: [x]}\nwhere: \"id < 0\"", 3, "`where` is a key of a source"),
            ("version: 1\nsources:\n  - {name: a, paths: [x]}", 1, "`version` is no key of a manifest"),
            ("sources:\n  - {name: a, paths: [x], quality_key: q, quality_map: {}}", 2, "it lists no score"),
            ("sources: [", nil, "it is not YAML"),
            ("sources:\n\t- a", nil, "column 1, found character that cannot start any token"),
            ("sources:\n  - {name: a, name: b, paths: [x]}", nil, "duplicated key(s): 'name'."),
        ])
    func unusableManifest(yaml: String, line: Int?, reason: String) throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(yaml, to: "corpus.yml")
        let error = #expect(throws: CorpusError.self) { try Corpus(manifest: path) }
        guard case .unusableManifest(path, line, let found)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(found.contains(reason) && !found.contains("\n"), "\(found)")
    }

    @Test("a shard that two sources claim is refused")
    func contested() throws {
        let folder = try TemporaryFolder()
        try folder.write("{}", to: "a/x.jsonl")
        let path = try folder.write(
            "sources:\n  - {name: one, paths: [a]}\n  - {name: two, paths: [\"a/*\"]}", to: "corpus.yml")
        let error = #expect(throws: CorpusError.self) { try Corpus(manifest: path) }
        #expect(error?.description.contains("matches the sources") == true)
    }
}
