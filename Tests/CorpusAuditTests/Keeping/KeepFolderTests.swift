import Foundation
import Testing

@testable import CorpusAudit

@Suite struct KeepFolderTests {
    @Test(
        "a folder that holds anything but an earlier list is refused and stays as it is",
        arguments: [
            ["keep.json"], ["records/000001.list"], ["notes.txt"], ["keep-unfinished.json", "records/000001.list"],
        ])
    func foreign(names: [String]) async throws {
        let small = try SmallCorpus(seed: 91, shards: 2, records: 5)
        let runs = small.folder.path + "/runs"
        _ = try await Auditor(options: try small.options()).scan(try small.corpus(), into: runs)
        for name in names { try small.folder.write("mine", to: "kept/\(name)") }
        let kept = small.folder.path + "/kept"
        let error = await #expect(throws: RunError.self) { try await RecordKeeper().keep([runs], into: kept) }
        guard case .foreignFolder? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        for name in names { #expect(FileManager.default.contents(atPath: "\(kept)/\(name)") == Data("mine".utf8)) }
    }

    @Test("an earlier list, finished or not, is replaced, and files of others beside it stay")
    func replaced() async throws {
        let small = try SmallCorpus(seed: 92, shards: 2, records: 5)
        let runs = small.folder.path + "/runs"
        _ = try await Auditor(options: try small.options()).scan(try small.corpus(), into: runs)
        let kept = small.folder.path + "/kept"
        let list = try await RecordKeeper().keep([runs], into: kept)
        try small.folder.write("mine", to: "kept/records/marathon.list")
        try small.folder.write("stale", to: "kept/records/000900.list")
        #expect(try await RecordKeeper().keep([runs], into: kept) == list)
        // As a process leaves it that was killed before it wrote keep.json.
        try KeepFolder(kept).prepare()
        #expect(!FileManager.default.fileExists(atPath: kept + "/keep.json"))
        #expect(try await RecordKeeper().keep([runs], into: kept) == list)
        #expect(FileManager.default.contents(atPath: kept + "/records/marathon.list") == Data("mine".utf8))
        #expect(!FileManager.default.fileExists(atPath: kept + "/records/000900.list"))
        #expect(!FileManager.default.fileExists(atPath: kept + "/keep-unfinished.json"))
    }

    @Test(
        "a list that a later datawall wrote is refused and stays as it is",
        arguments: ["keep.json", "keep-unfinished.json"])
    func laterVersion(name: String) throws {
        let folder = try TemporaryFolder()
        try folder.write(#"{"format": "datawall-keep", "version": 9, "shards": "spelled otherwise"}"#, to: name)
        let error = #expect(throws: RunError.self) { try KeepFolder(folder.path) }
        #expect(error?.description.contains("format version 9, which a later datawall wrote") == true)
    }
}
