import Foundation
import Testing

@testable import CorpusAudit

@Suite struct WorkerThreadsTests {
    private struct Failure: Error, Equatable { let number: Int }

    @Test(
        "an audit reads with as many threads as it is told, whatever the cores, and leaves the cooperative pool free",
        .timeLimit(.minutes(1)), arguments: [8, 24])
    func threads(count: Int) async throws {
        let folder = try TemporaryFolder()
        for shard in 0..<count { try folder.write("{\"text\": \"shard \(shard)\"}\n", to: "web/\(shard).jsonl") }
        let gate = Gate()
        var options = AuditOptions(tokenizer: WaitingCounter(gate: gate))
        options.threads = count
        let auditor = Auditor(options: options)
        let corpus = try Corpus(paths: [folder.path + "/web"])
        async let audit = auditor.audit(corpus)
        // This task runs on the pool, which the waiting threads would fill.
        while gate.arrived < count { try await Task.sleep(for: .milliseconds(1)) }
        gate.open()
        #expect(try await audit.totals.documents == count)
        #expect(gate.arrived == count)
    }

    @Test("results come in the order of their numbers, and one thread does the work of many")
    func order() throws {
        let squares = try WorkerThreads.map(100, stop: StopSignal()) { number, _ in number * number }
        #expect(squares == (0..<100).map { $0 * $0 })
        #expect(try WorkerThreads.map(0, stop: StopSignal()) { number, _ in number }.isEmpty)
    }

    @Test("the first failure stops the others, and is what is thrown")
    func failure() {
        #expect(throws: Failure(number: 3)) {
            try WorkerThreads.map(8, stop: StopSignal()) { number, stop in
                if number == 3 { throw Failure(number: number) }
                while !stop.isRequested { Thread.sleep(forTimeInterval: 0.001) }
                throw CancellationError()
            }
        }
    }

    @Test("cancelling the task requests the signal of its work")
    func cancellation() async {
        let task = Task {
            try await WorkerThreads.run { stop in
                while true {
                    try stop.check()
                    Thread.sleep(forTimeInterval: 0.001)
                }
            }
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
