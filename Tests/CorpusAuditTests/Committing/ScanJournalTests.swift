import Foundation
import OrderedJSON
import Synchronization
import Testing
import TokenCounting

@testable import CorpusAudit

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

@Suite struct ScanJournalTests {
    @Test("an audit goes on from what an earlier one committed, and reads nothing twice")
    func resume() async throws {
        let small = try SmallCorpus(seed: 21)
        let state = small.folder.path + "/state"
        let options = try small.options()
        let whole = try await Auditor(options: options).audit(try small.corpus())
        // A first audit knows two thirds of the shards.
        let paths = try small.corpus().shards.map(\.location)
        _ = try await Auditor(options: options).audit(try small.corpus(Array(paths.prefix(6))), state: state)
        let progress = ScanProgress()
        let resumed = try await Auditor(options: options).audit(try small.corpus(), state: state, progress: progress)
        #expect(resumed.json.fileText() == whole.json.fileText())
        #expect(progress.snapshot.shards == paths.count - 6)
        let again = ScanProgress()
        _ = try await Auditor(options: options).audit(try small.corpus(), state: state, progress: again)
        #expect(again.snapshot.shards == 0)
    }

    @Test("a changed shard is read again, with the shards that share its commit")
    func invalidation() async throws {
        let small = try SmallCorpus(seed: 22)
        let state = small.folder.path + "/state"
        let options = try small.options(threads: 1)
        _ = try await Auditor(options: options).audit(try small.corpus(), state: state)
        try small.folder.write("{\"text\": \"quite new\"}\n", to: "shards/web/part-0.jsonl.zst")
        let changed = try await Auditor(options: options).audit(try small.corpus(), state: state)
        #expect(
            changed.json.fileText() == (try await Auditor(options: options).audit(try small.corpus())).json.fileText())
    }

    @Test("a shard that could not be read to its end counts once when it is read again")
    func unread() async throws {
        let folder = try TemporaryFolder()
        let lines = (0..<50).map { "{\"text\": \"line \($0 % 30) of two shards\"}\n" }.joined()
        try folder.write(lines, to: "web/a.jsonl")
        // The kernel's file of a thread's name has no size, so that what was read of it is never known to be the whole.
        let place = folder.path + "/web/b.jsonl"
        let record = "{\"text\":\"b\"}"
        let thread = NamedThread(record)
        defer { thread.end() }
        try FileManager.default.createSymbolicLink(atPath: place, withDestinationPath: #require(thread.nameFile))
        var options = AuditOptions(tokenizer: try ByteRatioCounter())
        options.level = .line
        let state = folder.path + "/state"
        let paths = [folder.path + "/web/a.jsonl", place]
        let first = try await Auditor(options: options).audit(try Corpus(paths: paths), state: state)
        #expect(first.problemCounts.map(\.kind) == [.changedInput])
        #expect(first.totals.documents == 51)
        unlink(place)
        try folder.write(record + "\n", to: "web/b.jsonl")
        let again = try await Auditor(options: options).audit(try Corpus(paths: paths), state: state)
        let whole = try await Auditor(options: options).audit(try Corpus(paths: paths))
        #expect(again.json.fileText() == whole.json.fileText())
    }

    @Test("what a killed process left half done is passed over")
    func leftovers() async throws {
        let small = try SmallCorpus(seed: 23)
        let state = small.folder.path + "/state"
        let options = try small.options()
        let whole = try await Auditor(options: options).audit(try small.corpus(), state: state)
        // A run that no commit names, a commit that was not renamed yet, a run cut off.
        try small.folder.write("half a run", to: "state/runs/000900.run")
        try small.folder.write("{", to: "state/commits/000900.json.tmp")
        let name = try #require(ScanJournal.names(in: state + "/runs", endingIn: ".run").first)
        let path = "\(state)/runs/\(name)"
        let sound = try #require(FileManager.default.contents(atPath: path))
        try sound.prefix(sound.count / 2).write(to: URL(fileURLWithPath: path))
        let resumed = try await Auditor(options: options).audit(try small.corpus(), state: state)
        #expect(resumed.json.fileText() == whole.json.fileText())
        #expect(!FileManager.default.fileExists(atPath: state + "/runs/000900.run"))
    }

    @Test("two processes cannot use one folder")
    func lock() throws {
        let small = try SmallCorpus(seed: 24, shards: 1)
        let manifest = ScanManifest(settings: ScanSettings(try small.options()), shards: [])
        let folder = small.folder.path + "/state"
        let journal = try ScanJournal(folder: folder, manifest: manifest, shards: [])
        let error = #expect(throws: RunError.self) { try ScanJournal(folder: folder, manifest: manifest, shards: []) }
        #expect(error == .inUse(path: folder))
        withExtendedLifetime(journal) {}
    }
}

/// A thread that waits under a name of at most 15 bytes.
private final class NamedThread: Sendable {
    private let started = DispatchSemaphore(value: 0)
    private let ended = DispatchSemaphore(value: 0)
    private let file = Mutex<String?>(nil)

    init(_ name: String) {
        Thread.detachNewThread { [self] in
            // A list of all threads may leave one out while others end. Foundation gives a new thread no name before the one
            // that made it knows it.
            if let link = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/thread-self"),
                (try? name.write(toFile: "/proc/\(link)/comm", atomically: false, encoding: .utf8)) != nil
            {
                file.withLock { $0 = "/proc/\(link)/comm" }
            }
            started.signal()
            ended.wait()
        }
        started.wait()
    }

    /// The file that holds the name and a line feed.
    var nameFile: String? { file.withLock { $0 } }

    func end() { ended.signal() }
}
