import Foundation
import Synchronization

/// Audits documents that a pipeline pushes from memory, without files in between.
///
/// A pipeline consists of jobs, and jobs are retried. So documents arrive under a job and the number of an attempt at
/// it. An attempt counts once it is finished; it then counts as a whole, and replaces earlier attempts at the job.
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
/// Jobs replace shards: the audit's inputs name them, with the bytes of their texts, and its totals are those of the
/// same texts read from files. With a folder, the runs of attempts are stored there as those of a scan: other processes
/// may add jobs to it, and ``RunMerger`` and `datawall merge` read it together with the runs of scans.
public final class AuditBuilder: Sendable {
    let options: AuditOptions
    let folder: String?

    private struct State {
        /// Jobs that were begun.
        var begun: Set<ByteName> = []
        /// The attempt that counts, of each job that has one.
        var finished: [ByteName: Finished] = [:]
    }

    /// The result of a finished attempt.
    struct Finished {
        var attempt: Int
        var runs: GatheredRuns
        var report: ShardReport
        /// The store of the runs.
        var store: RunStore

        var memoryBytes: Int { runs.memoryBytes }
    }

    private let state = Mutex(State())

    /// Creates a builder.
    ///
    /// - Parameters:
    ///   - options: The options of counting. `threads` is the number of attempts that are open at a time; they share
    ///     `memory`.
    ///   - folder: The folder for runs that outlive the process; `nil` keeps them as long as the builder, in memory or
    ///     in a temporary folder.
    public init(options: AuditOptions, folder: String? = nil) {
        self.options = options
        self.folder = folder
    }

    /// Starts an attempt at a job.
    ///
    /// - Parameters:
    ///   - number: The number of the attempt, from 0. The highest finished attempt counts; of two with the same number,
    ///     the one begun last.
    ///   - job: The job's name, which the audit lists.
    /// - Returns: The attempt, which takes the job's documents; only one thread at a time may use it.
    /// - Throws: ``RunError`` if the folder cannot be written, if another process holds this attempt, or if an option
    ///   is out of its range.
    public func attempt(_ number: Int, at job: String) throws(RunError) -> JobAttempt {
        guard number >= 0 else {
            throw .unusableOption(name: "attempt", reason: "\(number) is below 0, and attempts are counted from 0")
        }
        let attempt = try JobAttempt(number, job: job, of: self)
        state.withLock { _ = $0.begun.insert(ByteName(job)) }
        return attempt
    }

    /// Returns the audit of all finished attempts, of the highest number for each job; with a folder, of all jobs that
    /// are in it.
    ///
    /// - Parameter declarations: Sources in their order, with weights and caps; see ``SourceDeclaration``.
    /// - Returns: The audit. The order in which documents and jobs arrived, and the threads, change nothing in it.
    /// - Throws: ``RunError/unfinished(path:shards:)`` where a job was begun and no attempt at it is finished;
    ///   other ``RunError``s; ``CorpusError/tooManySources(limit:)``.
    public func audit(declarations: [SourceDeclaration] = []) async throws -> Audit {
        if let folder {
            var merger = RunMerger(
                threads: options.threads, memory: options.memory, topCopies: options.topCopies)
            merger.benchmarks = options.benchmarks
            return try await merger.merge([folder], declarations: declarations)
        }
        let options = try options.checked()
        let (begun, jobs) = state.withLock { ($0.begun, $0.finished) }
        let open = begun.subtracting(jobs.keys).sorted()
        guard open.isEmpty else { throw RunError.unfinished(path: "memory", shards: open.map(\.text)) }
        guard !jobs.isEmpty else { throw RunError.noRuns(path: "memory") }
        var gathered = CorpusScan.Harvest()
        for (_, job) in jobs.sorted(by: { $0.key < $1.key }) {
            gathered.runs += job.runs
            gathered.reports.append(job.report)
            gathered.stores.append(job.store)
        }
        return try await WorkerThreads.run { [gathered] stop in
            var harvest = gathered
            let temporary = RunStore(.temporary)
            harvest.runs.units = try MergePass(memory: options.memory / options.threads, store: temporary)
                .consolidate(harvest.runs.units, stop: stop)
            harvest.stores.append(temporary)
            return try Auditor.audit(
                harvest, declarations: declarations, namedProblems: [], settings: ScanSettings(options),
                threads: options.threads, memory: options.memory, topCopies: options.topCopies,
                benchmarks: options.benchmarks, place: "memory",
                stop: stop)
        }
    }

    /// Counts a finished attempt, unless a later one of its job is already counted.
    func take(_ finished: Finished) throws(RunError) {
        var finished = finished
        // Half of the memory is for attempts that are open.
        let room = options.memory / 2 - state.withLock { $0.finished.values.reduce(0) { $0 + $1.memoryBytes } }
        if finished.memoryBytes > room { finished.runs = try finished.store.writeOut(finished.runs) }
        let taken = finished
        state.withLock { state in
            let job = ByteName(taken.report.shard.path)
            if let known = state.finished[job], known.attempt > taken.attempt { return }
            state.finished[job] = taken
        }
    }

    /// Forgets that a job was begun, if no attempt at it is finished.
    func forget(_ job: String) {
        state.withLock { state in
            if state.finished[ByteName(job)] == nil { state.begun.remove(ByteName(job)) }
        }
    }
}
