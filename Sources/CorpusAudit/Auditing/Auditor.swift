import TokenCounting

/// Audits a corpus: reads its shards on several threads and counts distinct units.
///
/// ```swift
/// let corpus = try Corpus(paths: ["shards"])
/// let audit = try await Auditor(options: AuditOptions(tokenizer: ByteRatioCounter())).audit(corpus)
/// print(audit.totals.uniqueTokens)
/// ```
public struct Auditor: Sendable {
    private let options: AuditOptions

    /// Creates an auditor.
    public init(options: AuditOptions) { self.options = options }

    /// Reads every shard and returns the counts of the corpus.
    ///
    /// The result depends only on the corpus and on the options of counting: not on the number of threads, the memory,
    /// the order in which shards are read, or an earlier process that had begun the audit.
    ///
    /// - Parameters:
    ///   - corpus: The shards and their sources.
    ///   - state: A folder that stores finished work. The same call then resumes where a killed or cancelled one
    ///     stopped, and reads only new shards when some are added. A stream that the folder has already is read to its
    ///     end and compared. Without a folder, records that do not fit in memory go to a temporary folder.
    ///   - restarts: Whether finished work in the folder is deleted. If not, a folder with other options, or with
    ///     something else in it, is refused and left unchanged.
    ///   - progress: Reports how far the scan has come.
    /// - Returns: The audit, which includes any damage; only a strict audit throws for it.
    /// - Throws: ``CorpusError``, ``RunError``, and `CancellationError` if the task was cancelled before the audit was
    ///   complete.
    public func audit(
        _ corpus: Corpus, state: String? = nil, restarts: Bool = false, progress: ScanProgress? = nil
    ) async throws -> Audit {
        let auditor = Auditor(options: try options.checked())
        return try await WorkerThreads.run { stop in
            try auditor.audit(corpus, state: state, restarts: restarts, progress: progress, stop: stop)
        }
    }

    private func audit(
        _ corpus: Corpus, state: String?, restarts: Bool, progress: ScanProgress?, stop: StopSignal
    ) throws -> Audit {
        try check(corpus)
        if options.contaminationExamples > 0, let stream = corpus.shards.first(where: \.isStream) {
            throw CorpusError.unsuitableStream(
                reason: "\(stream.path) is a stream, which cannot be read once more for examples; audit it without "
                    + "--contamination-examples")
        }
        if options.isStrict, let problem = corpus.firstLoss { throw CorpusError.damaged(problem) }
        let settings = ScanSettings(options)
        let manifest = ScanManifest(
            settings: settings, shards: corpus.shards.map(\.path), unread: ScanManifest.Unread(of: corpus),
            declarations: corpus.declarations, request: request(of: corpus))
        let journal = try state.map { folder in
            try ScanJournal(
                folder: folder, manifest: manifest, shards: corpus.shards, restarts: restarts,
                interval: options.commitInterval, partInterval: options.partInterval)
        }
        var harvest = try harvest(corpus.shards, journal: journal, progress: progress, stop: stop)
        let temporary = RunStore(.temporary)
        let pass = MergePass(memory: options.memory / options.threads, store: temporary)
        harvest.runs.units = try pass.consolidate(harvest.runs.units, stop: stop)
        if options.nearDuplicates != nil, harvest.runs.memoryBytes > options.memory / 2 {
            // So that the search has a half of the memory or more.
            harvest.runs.entries = try harvest.runs.entries.map { run throws(RunError) in
                try run.written(to: temporary)
            }
        }
        harvest.stores.append(temporary)
        var audit = try Self.audit(
            harvest, declarations: corpus.declarations, namedProblems: corpus.problems, skipped: corpus.skipped,
            request: manifest.request, settings: settings, threads: options.threads, memory: options.memory,
            topCopies: options.topCopies, nearPairs: options.nearDuplicates?.pairs ?? 0,
            contaminationExamples: options.contaminationExamples, benchmarks: options.benchmarks,
            place: state ?? "memory", stop: stop)
        if let sets = options.benchmarks {
            try audit.addExampleTexts(from: corpus.shards, sets: sets, options: options, stop: stop)
        }
        return audit
    }

    /// Reads shards into committed runs, for a merge here or elsewhere.
    ///
    /// - Parameters:
    ///   - corpus: The shards and their sources.
    ///   - folder: The folder for runs and commits.
    ///   - task: The share of the shards to read; several tasks use one folder.
    ///   - attempt: The number of the attempt at the task, from 0, for engines that may run several at once or one
    ///     after the other. Each attempt has its own folder, and a merge takes the highest one that is complete.
    ///     Without a number, a task has one folder, and a second process continues in it.
    ///   - restarts: Whether finished work of this task in the folder is deleted. If not, a folder with other options,
    ///     or with something else in it, is refused and left unchanged.
    ///   - progress: Reports how far the scan has come.
    /// - Returns: The damage found.
    /// - Throws: ``CorpusError``, ``RunError``, and `CancellationError` if the task was cancelled; earlier commits are
    ///   kept.
    public func scan(
        _ corpus: Corpus, into folder: String, task: ScanTask = .whole, attempt: Int? = nil, restarts: Bool = false,
        progress: ScanProgress? = nil
    ) async throws -> [Problem] {
        try await scanWithShare(
            corpus, into: folder, task: task, attempt: attempt, restarts: restarts, progress: progress
        ).problems
    }

    /// Reads shards into committed runs, as ``scan(_:into:task:attempt:restarts:progress:)`` does.
    ///
    /// - Returns: The first hundred problems of each kind in a shard, and the share of all records that were damaged, as
    ///   ``Audit/damagedShare`` of an audit of these shards.
    package func scanWithShare(
        _ corpus: Corpus, into folder: String, task: ScanTask = .whole, attempt: Int? = nil, restarts: Bool = false,
        progress: ScanProgress? = nil
    ) async throws -> (problems: [Problem], damagedShare: Double) {
        let auditor = Auditor(options: try options.checked())
        try ScanTask.check(attempt: attempt)
        return try await WorkerThreads.run { stop in
            try auditor.scan(
                corpus, into: folder, task: task, attempt: attempt, restarts: restarts, progress: progress, stop: stop)
        }
    }

    private func scan(
        _ corpus: Corpus, into folder: String, task: ScanTask, attempt: Int?, restarts: Bool,
        progress: ScanProgress?, stop: StopSignal
    ) throws -> (problems: [Problem], damagedShare: Double) {
        try check(corpus)
        if options.isStrict, let problem = corpus.firstLoss { throw CorpusError.damaged(problem) }
        if task.count > 1, let stream = corpus.shards.first(where: \.isStream) {
            throw CorpusError.unsuitableStream(
                reason:
                    "\(stream.path) is a stream, which tasks cannot share; scan each stream into a folder of its own "
                    + "with a --name, without --task")
        }
        let below = task.folderName(attempt: attempt)
        // The shards of a whole scan would be in the folder twice.
        if below != nil, (try? FileStatus(path: folder + "/task.json")) != nil {
            let now = "task \(task)" + (attempt.map { ", attempt \($0)" } ?? "")
            throw RunError.otherWork(path: folder, differences: ["a whole scan → \(now)"])
        }
        let mine = task.share(of: corpus.shards)
        let path = below.map { "\(folder)/\($0)" } ?? folder
        let manifest = ScanManifest(
            settings: ScanSettings(options), task: task, corpus: ScanManifest.digest(of: corpus.shards),
            shards: mine.map(\.path), unread: ScanManifest.Unread(of: corpus), declarations: corpus.declarations,
            request: request(of: corpus), attempt: attempt)
        let journal = try ScanJournal(
            folder: path, manifest: manifest, shards: mine, restarts: restarts, setsAside: false,
            interval: options.commitInterval, partInterval: options.partInterval)
        let harvest = try harvest(mine, journal: journal, progress: progress, stop: stop)
        var problems = corpus.problems
        var counts = Dictionary(problems.map { ($0.kind, 1) }, uniquingKeysWith: +)
        var documents = 0
        for report in harvest.reports {
            var log = report.problems
            // A map gives any score a weight.
            if report.shard.fields.qualityMap != nil { log.remove(.unusableQuality) }
            problems += log.listed
            counts.merge(log.counts, uniquingKeysWith: +)
            documents += report.shares.reduce(0) { $0 + $1.documents }
        }
        return (problems, Audit.damagedShare(counts.map { ($0.key, $0.value) }, documents: documents))
    }

    private func request(of corpus: Corpus) -> CorpusRequest? {
        var request = corpus.request
        request?.tokenizers = options.tokenizerArguments
        request?.benchmarks = options.benchmarks?.folder
        return request
    }

    /// Throws if options do not suit the corpus.
    ///
    /// Ids of tokens are already counted by one tokenizer, and have no text to analyze or normalize.
    private func check(_ corpus: Corpus) throws(CorpusError) {
        guard corpus.holdsTokens else {
            let counters = [options.tokenizer] + options.furtherTokenizers
            guard !counters.contains(where: { $0 is PretokenizedCounter }) else {
                throw .unsuitableTokens(reason: "these shards hold text, which a tokenizer must count")
            }
            return
        }
        guard options.tokenizer is PretokenizedCounter else {
            throw .unsuitableTokens(
                reason: "their tokens are counted already; name their tokenizer by a PretokenizedCounter")
        }
        guard options.analyses.isEmpty else {
            throw .unsuitableTokens(reason: "ids have no text that could be looked into")
        }
        guard options.furtherTokenizers.isEmpty, options.sampleShare == nil else {
            throw .unsuitableTokens(reason: "ids are of one tokenizer, and all are counted (no --sample)")
        }
        guard options.level == .document else {
            throw .unsuitableTokens(reason: "they have documents, but no \(options.level.rawValue)s (--level document)")
        }
        guard options.normalization.isEmpty else {
            throw .unsuitableTokens(reason: "ids cannot be normalized (--normalize none)")
        }
    }

    /// The runs that the journal already has, and those that are read now.
    private func harvest(
        _ shards: [Shard], journal: ScanJournal?, progress: ScanProgress?, stop: StopSignal
    ) throws -> CorpusScan.Harvest {
        var harvest = CorpusScan.Harvest()
        for commit in journal?.found ?? [] {
            harvest.runs += try commit.openRuns(in: journal?.folder ?? "")
        }
        harvest.reports = (journal?.found ?? []).wholeReports
        let known = Set(harvest.reports.map { ByteName($0.shard.path) })
        for shard in shards where shard.isStream && known.contains(ByteName(shard.path)) {
            try Self.compare(shard, harvest.reports, folder: journal?.folder ?? "")
        }
        let scan = CorpusScan(
            options: options, store: journal?.store ?? RunStore(.temporary), journal: journal, progress: progress)
        let fresh = try scan.read(shards.filter { !known.contains(ByteName($0.path)) }, stop: stop)
        harvest.stores += fresh.stores
        harvest.runs += fresh.runs
        harvest.reports += fresh.reports
        return harvest
    }

    /// Reads a stream that a folder already holds, and compares its digest.
    ///
    /// Equal bytes need no second scan; other bytes must not replace the first ones silently, so they throw.
    private static func compare(_ stream: Shard, _ reports: [ShardReport], folder: String) throws {
        var digest: Fingerprint?
        do throws(StreamFault) {
            digest = try CompanionFile(reading: stream.location, path: stream.path).digest
        } catch { throw RunError.cannotRead(path: stream.path, reason: error.reason) }
        guard reports.contains(where: { $0.shard.path == stream.path && $0.digest == digest }) else {
            throw RunError.unsuitable(
                path: folder,
                reason: "it holds the stream \(stream.path) with other bytes than come now; give the stream another "
                    + "--name, or use another folder")
        }
    }

    /// Reduces runs and puts the audit together.
    static func audit(
        _ harvest: CorpusScan.Harvest, declarations: [SourceDeclaration], namedProblems: [Problem],
        skipped: [Audit.Skipped] = [], request: CorpusRequest? = nil, settings: ScanSettings, threads: Int, memory: Int,
        topCopies: Int, nearPairs: Int = 0, contaminationExamples: Int = 0, benchmarks: BenchmarkSets? = nil,
        place: String, stop: StopSignal
    ) throws -> Audit {
        let making = try AuditFromRuns(
            harvest, declarations: declarations, request: request, manifestSHA256: request?.manifestSHA256,
            settings: settings, memory: memory, nearPairs: nearPairs, contaminationExamples: contaminationExamples,
            benchmarks: benchmarks, place: place, stop: stop)
        let sums = try making.sums(of: .all, threads: threads, topCopies: topCopies, stop: stop)
        return try making.audit(sums, namedProblems: namedProblems, skipped: skipped)
    }
}
