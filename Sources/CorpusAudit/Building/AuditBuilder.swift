import Foundation
import Synchronization

/// Audits documents that a pipeline pushes from memory, without files in between.
///
/// A pipeline is made of jobs, and jobs are retried. So documents arrive under a job and the number of an attempt at it:
/// an attempt counts once it is finished, whole, and in place of the attempts at the job before it.
///
/// ```swift
/// let builder = try AuditBuilder(options: AuditOptions(tokenizer: ByteRatioCounter()))
/// let attempt = try builder.attempt(1, at: "part-0007")
/// for document in documents {
///     try attempt.add(document.text, source: "web", quality: document.score)
/// }
/// try attempt.finish()
/// let audit = try await builder.audit()
/// ```
///
/// Jobs take the place of shards: the audit's inputs name them, with the bytes of their texts, and its totals are those
/// of the same texts read from files. With a folder, what attempts gather is kept there as a scan keeps it: other
/// processes may add jobs to it, ``RunMerger`` and `datawall merge` read it, beside the runs of scans.
public final class AuditBuilder: Sendable {
    let options: AuditOptions
    let folder: String?

    private struct State {
        /// Jobs that were begun, and the attempt that counts, if one is finished.
        var finished: [ByteName: Finished?] = [:]
        /// Bytes of records that finished attempts hold in memory.
        var recordBytes = 0
    }

    /// What a finished attempt leaves behind.
    struct Finished {
        var attempt: Int
        var runs: [Run]
        var report: ShardReport
        /// What the runs lie in.
        var store: RunStore
    }

    private let state = Mutex(State())

    /// Creates a builder.
    ///
    /// - Parameters:
    ///   - options: What to count, and how. `threads` is how many attempts are open at a time: they share `memory`.
    ///   - folder: Where runs go, to outlive the process; without one they are kept until the builder goes, in memory
    ///     or in a temporary folder.
    public init(options: AuditOptions, folder: String? = nil) {
        self.options = options
        self.folder = folder
    }

    /// Starts an attempt at a job.
    ///
    /// - Parameters:
    ///   - number: Which attempt it is, from 0 up; the highest that is finished counts, and of two with one number the
    ///     one begun last.
    ///   - job: The job's name, which the audit lists.
    /// - Returns: What takes the job's documents; one thread at a time may use it.
    /// - Throws: ``RunError`` where the folder cannot be written or another process holds this attempt.
    public func attempt(_ number: Int, at job: String) throws(RunError) -> JobAttempt {
        precondition(number >= 0, "attempts are counted from 0")
        let attempt = try JobAttempt(number, job: job, of: self)
        state.withLock { state in
            if state.finished[ByteName(job)] == nil { state.finished[ByteName(job)] = .some(nil) }
        }
        return attempt
    }

    /// Returns the audit of all finished attempts, of the highest number for each job; with a folder, of all jobs that
    /// lie in it.
    ///
    /// - Parameter declarations: Sources in their order, with weights and caps; see ``SourceDeclaration``.
    /// - Returns: The audit. The order in which documents and jobs arrived, and the threads, change nothing in it.
    /// - Throws: ``RunError/unfinished(path:shards:)`` where a job was begun and no attempt at it is finished;
    ///   other ``RunError``s; ``CorpusError/tooManySources(limit:)``.
    public func audit(declarations: [SourceDeclaration] = []) async throws -> Audit {
        if let folder {
            return try await RunMerger(threads: options.threads, memory: options.memory, topCopies: options.topCopies)
                .merge([folder], declarations: declarations)
        }
        let jobs = state.withLock { $0.finished }
        let open = jobs.filter { $0.value == nil }.keys.sorted()
        guard open.isEmpty else { throw RunError.unfinished(path: "memory", shards: open.map(\.text)) }
        guard !jobs.isEmpty else { throw RunError.noRuns(path: "memory") }
        var harvest = CorpusScan.Harvest()
        for (_, job) in jobs.sorted(by: { $0.key < $1.key }) {
            guard let job else { continue }
            harvest.runs += job.runs
            harvest.reports.append(job.report)
            harvest.stores.append(job.store)
        }
        let temporary = RunStore(.temporary)
        harvest.runs = try RunConsolidation(memory: options.memory / options.threads, store: temporary)
            .consolidate(harvest.runs)
        harvest.stores.append(temporary)
        return try await Auditor.audit(
            harvest, declarations: declarations, namedProblems: [], settings: ScanSettings(options),
            threads: options.threads, topCopies: options.topCopies)
    }

    /// Lets a finished attempt count, unless a later one does already.
    func take(_ finished: Finished) throws(RunError) {
        var finished = finished
        let bytes = finished.runs.reduce(0) { $0 + $1.memoryBytes }
        // Half of the memory is for attempts that are open.
        let isFull = state.withLock { state in
            state.recordBytes += bytes
            return state.recordBytes > options.memory / 2
        }
        if isFull {
            finished.runs = try finished.store.writeOut(finished.runs)
            state.withLock { $0.recordBytes -= bytes }
        }
        let taken = finished
        state.withLock { state in
            let job = ByteName(taken.report.shard.path)
            if let known = state.finished[job] ?? nil {
                guard known.attempt <= taken.attempt else { return }
                state.recordBytes -= known.runs.reduce(0) { $0 + $1.memoryBytes }
            }
            state.finished[job] = taken
        }
    }

    /// Forgets that a job was begun, where no attempt at it is finished.
    func forget(_ job: String) {
        state.withLock { state in
            if case .some(.none) = state.finished[ByteName(job)] { state.finished[ByteName(job)] = nil }
        }
    }
}
