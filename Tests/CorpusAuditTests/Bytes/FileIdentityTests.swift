import Foundation
import OrderedJSON
import Testing
import TokenCounting

@testable import CorpusAudit

@Suite struct FileIdentityTests {
    /// Writes a file and gives it an old time, as `rsync -t` does.
    private func write(_ text: String, to folder: TemporaryFolder) throws -> String {
        let path = folder.path + "/s/a.jsonl"
        if let file = FileHandle(forWritingAtPath: path) {
            // In place: the inode stays.
            try file.write(contentsOf: Data(text.utf8))
            try file.close()
        } else {
            try folder.write(text, to: "s/a.jsonl")
        }
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 1_577_836_800)], ofItemAtPath: path)
        return path
    }

    @Test("a file that was rewritten with the same size and the old time is read again with a state")
    func rewritten() async throws {
        let folder = try TemporaryFolder()
        let auditor = Auditor(options: AuditOptions(tokenizer: try ByteRatioCounter()))
        let state = folder.path + "/state"
        let path = try write("{\"text\": \"old\"}\n", to: folder)
        let corpus = try Corpus(paths: [folder.path + "/s"])
        let before = try #require(FileIdentity(path: path))
        _ = try await auditor.audit(corpus, state: state)
        _ = try write("{\"text\": \"new\"}\n", to: folder)
        let after = try #require(FileIdentity(path: path))
        #expect(before.hasSameContent(as: after) && before != after)
        let resumed = try await auditor.audit(corpus, state: state).json.fileText()
        #expect(try await auditor.audit(corpus).json.fileText() == resumed)
        // Unchanged, it is not read again.
        let progress = ScanProgress()
        _ = try await auditor.audit(corpus, state: state, progress: progress)
        #expect(progress.snapshot.shards == 0)
    }

    @Test("only regular files have an identity; standard input, pipes and devices are streams")
    func kinds() throws {
        let folder = try TemporaryFolder()
        let pipe = folder.path + "/pipe"
        #expect(mkfifo(pipe, 0o600) == 0)
        for path in ["-", pipe, "/dev/null"] {
            #expect(FileIdentity(path: path) == nil)
            #expect(FileIdentity.isStream(path))
        }
        #expect(FileIdentity(path: folder.path) == nil)
        #expect(!FileIdentity.isStream(folder.path))
        #expect(!FileIdentity.isStream(folder.path + "/nothing"))
        #expect(!FileIdentity.isStream(try folder.write("x", to: "a")))
    }
}
