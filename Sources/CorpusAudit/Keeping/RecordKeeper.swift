/// Says which records to keep so that every text stays once, or as often as asked.
///
/// The record that stays is the one that owns the text in the audit of the same runs and declarations; where several
/// copies stay, they are the first in the same order. Records without a text, damaged ones and blank lines are on no
/// list.
///
/// ```swift
/// let list = try await RecordKeeper().keep(["runs"], into: "keep")
/// print(list.kept, "of", list.documents)
/// ```
public struct RecordKeeper: Sendable {
    private let copies: Int
    private let threads: Int
    private let memory: Int

    /// Whether runs that were scanned under a manifest may be listed without one; its weights, quality maps and order of
    /// sources are dropped then.
    public var ignoresManifest = false

    /// How scores become weights where the declarations do not say; `nil` leaves it as the scans were told.
    public var qualityMap: QualityMap?

    /// The number of shared bands, from 1 to 14, from which a document is a near copy and does not stay; `nil` keeps them.
    ///
    /// The runs must have been scanned with ``AuditOptions/nearDuplicates``.
    public var nearThreshold: Int?

    /// Evaluation sets that the scans looked for, whose contaminating documents do not stay; `nil` keeps them.
    public var excludedBenchmarks: BenchmarkSets?

    /// Creates a keeper; options out of their range are refused by ``keep(_:declarations:into:)``.
    ///
    /// - Parameters:
    ///   - copies: How many copies of a text may stay; more than one needs runs that keep every position.
    ///   - threads: How many threads walk the runs.
    ///   - memory: Bytes that blocks of runs, and records that wait to be sorted, may take together.
    public init(copies: Int = 1, threads: Int = 1, memory: Int = 2 << 30) {
        self.copies = copies
        self.threads = threads
        self.memory = memory
    }

    /// Writes `keep.json` and the files it names.
    ///
    /// `keep.json` is written last and renamed into place: a folder without it is not finished. Files of an earlier list
    /// in the folder are replaced; a folder that holds anything else is refused.
    ///
    /// - Parameters:
    ///   - folders: Folders that scans wrote to; those of several tasks are found below them.
    ///   - declarations: Sources in their order, with weights; see ``SourceDeclaration``.
    ///   - folder: Where the list goes.
    /// - Returns: What `keep.json` says.
    /// - Throws: ``RunError`` for runs that cannot be used, by name, and for files that cannot be written;
    ///   ``CorpusError/tooManySources(limit:)``; `CancellationError`.
    public func keep(
        _ folders: [String], declarations: [SourceDeclaration] = [], into folder: String
    ) async throws -> KeepList {
        try AuditOptions.check(threads: threads, memory: memory)
        guard copies > 0 else {
            throw RunError.unusableOption(name: "copies", reason: "\(copies) is no number of copies above 0")
        }
        if let nearThreshold, !(1...NearMethod.bands).contains(nearThreshold) {
            throw RunError.unusableOption(
                name: "nearThreshold", reason: "\(nearThreshold) is not from 1 to \(NearMethod.bands) shared bands")
        }
        return try await WorkerThreads.run { stop in
            try keep(folders, declarations: declarations, into: folder, stop: stop)
        }
    }

    private func keep(
        _ folders: [String], declarations: [SourceDeclaration], into folder: String, stop: StopSignal
    ) throws -> KeepList {
        let target = try KeepFolder(folder)
        var committed = try CommittedRuns(in: folders)
        if !ignoresManifest { try committed.require(declarations) }
        try committed.apply(declarations, qualityMap: qualityMap)
        try check(committed.settings, folders)
        // A half for the runs' blocks, a half for what waits to be sorted.
        let threads = committed.threads(threads, memory: memory / 2)
        try committed.consolidate(memory: memory / 2, stop: stop)
        let reports = committed.reports
        let plan = try OriginPlan(declarations: declarations, runs: committed.harvest.runs.units, reports: reports)
        let store = RunStore(.temporary)
        var selection = OwnerSelection(
            runs: committed.harvest.runs.units, plan: plan, copies: copies, shardCount: max(1, reports.count),
            threads: threads, memory: memory / 2, store: store)
        if let excludedBenchmarks {
            selection.contamination = try committed.settings.hits(
                of: excludedBenchmarks, in: committed.harvest.runs, memory: memory / 4,
                place: folders.joined(separator: ", "), stop: stop)
        }
        if let nearThreshold {
            let found = try NearSearch(memory: memory / 2, thresholds: [nearThreshold])
                .search(committed.harvest.runs.entries(of: BandEntry.self), sampled: [], store: store, stop: stop)
            selection.nearMarks = NearMarks(runs: found.marks, memory: memory / 4, store: store)
        }
        let kept = try selection.keptRecords(stop: stop)
        withExtendedLifetime(committed.harvest.stores) {}

        try target.prepare()
        let counts = try Self.write(
            kept, of: reports.count, into: target, memory: memory / 2, store: store, stop: stop)
        let list = KeepList(
            copies: copies, nearThreshold: nearThreshold,
            excludedBenchmarks: excludedBenchmarks?.digest.description, normalization: committed.settings.normalization,
            sources: zip(plan.sourceNames, plan.sourceWeights).map {
                SourceDeclaration(name: $0, quality: Double($1) / 1e6)
            },
            shards: reports.enumerated().map { index, report in
                KeepList.Shard(
                    shard: report.shard.path, bytes: report.identity.bytes, digest: report.digest,
                    documents: report.shares.reduce(0) { $0 + $1.documents }, kept: counts[index],
                    file: KeepFolder.name(ofShard: index))
            })
        try target.finish(list)
        return list
    }

    private func check(_ settings: ScanSettings, _ folders: [String]) throws(RunError) {
        let place = folders.joined(separator: ", ")
        guard settings.level == .document else {
            throw .unsuitable(
                path: place,
                reason: "its units are \(settings.level.rawValue)s, and a list names whole records; "
                    + "scan the shards by document")
        }
        guard nearThreshold == nil || (settings.seeksNearCopies && settings.nearSample == nil) else {
            throw .unsuitable(
                path: place,
                reason: (settings.seeksNearCopies
                    ? "it knows near copies of a sample alone" : "it knows no near copies")
                    + ": scan the shards with --near")
        }
        guard copies == 1 || settings.keepsEveryPosition else {
            throw .unsuitable(
                path: place,
                reason: "it may remember only the first of equal records, so that \(copies) copies cannot be told; "
                    + "scan with --every-position, or keep one copy")
        }
    }

    /// Writes a file for each shard; returns how many records each has.
    private static func write(
        _ kept: [EntryRun], of shardCount: Int, into folder: KeepFolder, memory: Int, store: RunStore,
        stop: StopSignal
    ) throws -> [Int] {
        var counts = [Int](repeating: 0, count: shardCount)
        var open = 0
        var lines: [UInt8] = []
        var file: SystemFile? = shardCount > 0 ? try folder.file(ofShard: 0) : nil
        func flush() throws(RunError) {
            try file?.write(lines)
            lines.removeAll(keepingCapacity: true)
        }
        /// Ends the files before a shard's and starts its own; shards without a record get an empty file.
        func go(to shard: Int) throws(RunError) {
            while open < shard {
                try flush()
                try file?.synchronize()
                open += 1
                file = open < shardCount ? try folder.file(ofShard: open) : nil
            }
        }
        try MergePass(memory: memory, store: store).merge(kept, stop: stop) { (record: KeptRecord) in
            let shard = Int(record.shard)
            try go(to: shard)
            counts[shard] += 1
            lines += Array("\(record.position)\n".utf8)
            if lines.count >= 1 << 16 { try flush() }
        }
        try go(to: shardCount)
        folder.synchronize()
        return counts
    }
}
