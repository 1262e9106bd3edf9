import Foundation
import OrderedJSON
import Testing
import TokenCounting

@testable import CorpusAudit

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Work that is cancelled throws, or is complete; never is a part of it taken for the whole.
@Suite struct CancellationTests {
    private static let moments = isSoak ? 200 : 8

    /// Runs work, cancels it after a while, and returns what came of it; `nil` where it threw `CancellationError`.
    private func cancelled<Value: Sendable>(
        after delay: Duration, _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value? {
        let task = Task { try await work() }
        try await Task.sleep(for: delay)
        task.cancel()
        do { return try await task.value } catch is CancellationError { return nil }
    }

    @Test("an audit cancelled at random moments throws or is complete, and goes on from its folder to the same audit")
    func audit() async throws {
        let small = try SmallCorpus(seed: 61, shards: 6, records: 40)
        var options = try small.options(level: .line, threads: 3)
        options.partInterval = .zero
        options.memory = 1 << 16
        let corpus = try small.corpus()
        let start = ContinuousClock.now
        let whole = try await Auditor(options: options).audit(corpus).json.fileText()
        // On a busy machine one audit may take long; the others need not.
        let time = min(ContinuousClock.now - start, .milliseconds(400))
        let seed: UInt64 = 20_261_129
        var random = SeededGenerator(seed: seed)
        var thrown = 0
        for moment in 0..<Self.moments {
            let state = moment % 2 == 0 ? nil : "\(small.folder.path)/state-\(moment)"
            // The first is cancelled at once; of the others, more early than late.
            let share = Double.random(in: 0..<1.1, using: &random)
            let delay = moment == 0 ? .zero : time * (share * share)
            let auditor = Auditor(options: options)
            let audit = try await cancelled(after: delay) { try await auditor.audit(corpus, state: state) }
            if let audit {
                #expect(audit.json.fileText() == whole, "seed \(seed), moment \(moment)")
            } else {
                thrown += 1
            }
            guard let state else { continue }
            let resumed = try await auditor.audit(corpus, state: state).json.fileText()
            #expect(resumed == whole, "seed \(seed), moment \(moment)")
            try FileManager.default.removeItem(atPath: state)
        }
        #expect(thrown > 0, "no audit of \(time) was met alive")
    }

    @Test("a scan, a merge, a list and a sample that are cancelled before they start throw")
    func others() async throws {
        let small = try SmallCorpus(seed: 62, shards: 3, records: 20)
        let corpus = try small.corpus()
        let auditor = Auditor(options: try small.options())
        let runs = small.folder.path + "/runs"
        _ = try await auditor.scan(corpus, into: runs)
        let kept = small.folder.path + "/kept"
        let works: [@Sendable () async throws -> Void] = [
            { _ = try await auditor.scan(corpus, into: runs + "-other") },
            { _ = try await RunMerger().merge([runs]) },
            { _ = try await RecordKeeper().keep([runs], into: kept) },
            { _ = try await CorpusSampler(share: 0.5).write(corpus, to: kept + "-sample") },
            { _ = try await InputVerification(of: try await RunMerger().merge([runs]), corpus: corpus) },
        ]
        for work in works {
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                try await work()
            }
            await #expect(throws: CancellationError.self) { try await task.value }
        }
        #expect(!FileManager.default.fileExists(atPath: kept + "/keep.json"))
    }

    @Test("an audit that is cancelled inside a large shard does not read it to its end")
    func insideShard() async throws {
        let folder = try TemporaryFolder()
        let line = "{\"text\": \"\(String(repeating: "some words that repeat ", count: 400))\"}\n"
        let size = line.utf8.count * 1_000
        try folder.write(String(repeating: line, count: 1_000), to: "web/large.jsonl")
        let gate = Gate()
        let auditor = Auditor(options: AuditOptions(tokenizer: WaitingCounter(gate: gate)))
        let corpus = try Corpus(paths: [folder.path + "/web"])
        let progress = ScanProgress()
        let task = Task { try await auditor.audit(corpus, progress: progress) }
        while gate.arrived == 0 { try await Task.sleep(for: .milliseconds(1)) }
        task.cancel()
        gate.open()
        await #expect(throws: CancellationError.self) { try await task.value }
        // A window was read when the audit was cancelled, and none after it.
        #expect(progress.snapshot.bytesRead < size / 4)
    }

    @Test("an audit that waits for a pipe ends when it is cancelled")
    func pipe() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/pipe.jsonl"
        #expect(mkfifo(path, 0o600) == 0)
        // Open for reading, too, so that opening it waits for nobody.
        let writer = try #require(FileHandle(forUpdatingAtPath: path))
        try writer.write(contentsOf: Data("{\"text\": \"one\"}\n".utf8))
        let auditor = Auditor(options: AuditOptions(tokenizer: try ByteRatioCounter()))
        let corpus = try Corpus(paths: [path])
        let progress = ScanProgress()
        let task = Task { try await auditor.audit(corpus, progress: progress) }
        while progress.snapshot.bytesRead == 0 { try await Task.sleep(for: .milliseconds(1)) }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        withExtendedLifetime(writer) {}
    }
}
