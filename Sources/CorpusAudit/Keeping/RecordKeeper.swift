import OrderedJSON

/// Selects the records to keep, so that every text stays once, or a given number of times.
///
/// The record that stays is the one that owns the text in the audit of the same runs and declarations. If several
/// copies stay, they are the first in the same order. Records without a text, damaged ones and blank lines are not
/// listed.
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

    /// The map from scores to weights for sources whose declaration has none; `nil` keeps the map of the scans.
    public var qualityMap: QualityMap?

    /// The number of shared bands, from 1 to 14, from which a document is a near copy and does not stay; `nil` keeps them.
    ///
    /// The runs must have been scanned with ``AuditOptions/nearDuplicates``.
    public var nearThreshold: Int?

    /// Evaluation sets that the scans looked for, whose contaminating documents do not stay; `nil` keeps them.
    public var excludedBenchmarks: BenchmarkSets?

    /// The folder that the documents themselves are written to, each shard's as lines of JSON compressed with zstd; `nil`
    /// writes only the list.
    ///
    /// The folder must be new, empty, or contain unfinished documents of the same runs and options; then the writing
    /// resumes. JSON records are written byte for byte, rows of Parquet with their scalar columns, other text as
    /// `{"text": …}`. Shards of token ids are refused, as are streams.
    public var documentFolder: String?

    /// Reports the disk space that the documents will need, before any is written.
    public var reportsEstimate: (@Sendable (KeepEstimate) -> Void)?

    /// Reports how far the writing of documents has come.
    public var progress: ScanProgress?

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
    /// `keep.json` is written last and renamed into place: a folder without it is not finished. Files of an earlier
    /// list in the folder are replaced; a folder with anything else is refused.
    ///
    /// - Parameters:
    ///   - folders: Folders that scans wrote to; those of several tasks are found below them.
    ///   - declarations: Sources in their order, with weights; see ``SourceDeclaration``.
    ///   - folder: The folder for the list; `nil` for only ``documentFolder``.
    /// - Returns: The content of `keep.json`, and the documents written.
    /// - Throws: ``RunError`` for runs that cannot be used, by name, and for files that cannot be read or written;
    ///   ``CorpusError/tooManySources(limit:)``; `CancellationError`.
    public func keep(
        _ folders: [String], declarations: [SourceDeclaration] = [], into folder: String?
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
        _ folders: [String], declarations: [SourceDeclaration], into folder: String?, stop: StopSignal
    ) throws -> KeepList {
        // A folder that cannot be used is refused before anything is read.
        let named = try folder.map { path throws(RunError) in try KeepFolder(path) }
        var committed = try CommittedRuns(in: folders)
        if !ignoresManifest { try committed.require(declarations) }
        try committed.apply(declarations, qualityMap: qualityMap)
        try check(committed.settings, folders)
        // Half of the memory is for the runs' blocks, half for records that wait to be sorted.
        let threads = committed.threads(threads, memory: memory / 2)
        try committed.consolidate(memory: memory / 2, stop: stop)
        let reports = committed.reports
        let writer = try documentWriter(for: committed, declarations, listFolder: folder)
        guard let target = try named ?? writer.map({ writer throws(RunError) in try KeepFolder(writer.listFolder) })
        else { throw RunError.unusableOption(name: "folder", reason: "neither the list nor the documents go anywhere") }
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

        try writer?.folder.prepare()
        try target.prepare()
        let counts = try Self.write(
            kept, of: reports.count, into: target, memory: memory / 2, store: store, stop: stop)
        var list = KeepList(
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
        if let writer {
            for index in list.shards.indices where list.shards[index].kept > 0 {
                list.shards[index].written = writer.names[index]
            }
        }
        try target.finish(list)
        if let writer { list.written = try write(list, writer, stop) }
        return list
    }

    /// Prepares the writing of documents, if requested; nothing is changed yet.
    private func documentWriter(
        for committed: CommittedRuns, _ declarations: [SourceDeclaration], listFolder: String?
    ) throws(RunError) -> KeptDocumentWriter? {
        guard let documentFolder else { return nil }
        let reports = committed.reports
        try KeptDocumentWriter.check(reports)
        let names = WrittenNames(of: reports.map(\.shard.path), request: committed.request).names
        let job: JSONValue = .object([
            "runs": .array(committed.seals.map { .string($0) }), "names": .array(names.map { .string($0) }),
            "copies": .integer(copies), "near": nearThreshold.map { .integer($0) } ?? .null,
            "without": excludedBenchmarks.map { .string($0.digest.description) } ?? .null,
            "manifest": .string(SourceManifest(declarations).digest),
            "quality_map": qualityMap.map { .string($0.description) } ?? .null,
        ])
        let digest = Array(job.compactText.utf8).withUnsafeBufferPointer { Fingerprint(of: $0).description }
        let folder = try WriteFolder(documentFolder, job: digest)
        return KeptDocumentWriter(
            folder: folder, listFolder: listFolder ?? folder.list, reports: reports, names: names,
            maximumRecordBytes: committed.settings.maximumRecordBytes, threads: threads, memory: memory,
            progress: progress)
    }

    private func write(
        _ list: KeepList, _ writer: KeptDocumentWriter, _ stop: StopSignal
    ) throws -> KeepList.Written {
        let estimate = try writer.estimate(list)
        reportsEstimate?(estimate)
        if let free = estimate.freeBytes, estimate.bytes > free {
            throw RunError.cannotWrite(
                path: writer.folder.path,
                reason: "the documents take about \(estimate.bytes) bytes, and \(free) are free")
        }
        return try writer.write(list, stop: stop)
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
                    ? "it knows near copies of a sample only" : "it knows no near copies")
                    + ": scan the shards with --near")
        }
        guard copies == 1 || settings.keepsEveryPosition else {
            throw .unsuitable(
                path: place,
                reason: "it may remember only the first of equal records, so \(copies) copies cannot be identified; "
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
        /// Ends the files of earlier shards and starts that of this one; shards without a record get an empty file.
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
