/// Merges the committed runs of one or more scans into an audit.
///
/// The audit is the same, byte for byte, as that of one pass over all their shards, however the shards were split.
public struct RunMerger: Sendable {
    private let threads: Int
    private let memory: Int
    private let topCopies: Int

    /// Whether runs that were scanned under a manifest may be merged without one; its weights, caps, quality maps and order
    /// of sources are dropped then.
    public var ignoresManifest = false

    /// The map from scores to weights for sources whose declaration has none; `nil` keeps the map of the scans.
    public var qualityMap: QualityMap?

    /// The evaluation sets that the scans looked for.
    public var benchmarks: BenchmarkSets?

    /// The folder of the near passes that processes have shared; `nil` searches for near copies in this process.
    public var nearFolder: String?

    /// Reports how far a merge has come.
    public var progress: MergeProgress?

    /// The path of the file that the declarations of a merge were read from, for ``Audit/madeBy``.
    public var manifest: String?

    /// Creates a merger; options out of their range are refused by the merge.
    ///
    ///
    /// - Parameters:
    ///   - threads: How many threads reduce.
    ///   - memory: Bytes that the blocks of the runs may take together.
    ///   - topCopies: How many of the most repeated texts the audit names.
    public init(threads: Int = 1, memory: Int = 2 << 30, topCopies: Int = 0) {
        self.threads = threads
        self.memory = memory
        self.topCopies = topCopies
    }

    /// The differences between the manifest of a merge and those of the scans.
    ///
    /// Weights, caps and the order of sources may differ from those of the scan, but nobody should change them
    /// unawares.
    ///
    /// - Parameters:
    ///   - folders: Folders that scans wrote to; those of several tasks are found below them.
    ///   - declarations: The declarations of the manifest given to the merge.
    /// - Returns: Each difference with its old value first; none for runs that were scanned without a manifest. If no
    ///   declarations are given, each of the scan's declarations is a difference.
    /// - Throws: ``RunError`` if a folder has no runs, or a scan's description is damaged.
    public static func manifestDifferences(
        _ folders: [String], declarations: [SourceDeclaration]
    ) throws(RunError) -> [String] {
        var found: [String] = []
        for (_, manifest) in try CommittedRuns.scans(in: folders) where !manifest.declarations.isEmpty {
            for change in declarations.changes(from: manifest.declarations) where !found.contains(change) {
                found.append(change)
            }
        }
        return found
    }

    /// Merges runs into an audit.
    ///
    /// - Parameters:
    ///   - folders: Folders that scans wrote to; those of several tasks are found below them.
    ///   - declarations: Sources in their order, with weights and caps; see ``SourceDeclaration``.
    /// - Returns: The audit.
    /// - Throws: ``RunError`` for runs that are missing, doubled, damaged, unfinished or of other settings, by name;
    ///   ``RunError/missingManifest(path:digest:)``; ``CorpusError/tooManySources(limit:)``; `CancellationError`.
    public func merge(_ folders: [String], declarations: [SourceDeclaration] = []) async throws -> Audit {
        try await WorkerThreads.run { stop in
            let (making, committed, threads) = try prepare(of: folders, declarations, walking: .all, stop)
            return try making.audit(
                try making.sums(of: .all, threads: threads, topCopies: topCopies, progress: progress, stop: stop),
                namedProblems: committed.unread.problems, skipped: committed.unread.skipped)
        }
    }

    /// Reduces some partitions of the runs, so that several processes can share a merge.
    ///
    /// Each process reads only the records of its partitions. ``merge(_:declarations:partials:)`` adds the sums up.
    ///
    /// - Parameters:
    ///   - folders: Folders that scans wrote to; those of several tasks are found below them.
    ///   - declarations: Sources in their order, with weights and caps; see ``SourceDeclaration``.
    ///   - partitions: The partitions to reduce, of 4,096.
    /// - Returns: The sums of the partitions.
    /// - Throws: The errors of ``merge(_:declarations:)``.
    public func reduce(
        _ folders: [String], declarations: [SourceDeclaration] = [], partitions: PartitionRange
    ) async throws -> PartialSums {
        try await WorkerThreads.run { stop in
            let (making, committed, threads) = try prepare(
                of: folders, declarations, walking: partitions, isShared: true, stop)
            let corpus = PartialSums.digest(of: committed, plan: making.plan)
            let part = try making.part(
                of: partitions, threads: threads, topCopies: topCopies, progress: progress, stop: stop)
            return PartialSums(
                partitions: partitions, corpus: corpus, sums: part.sums,
                owners: try passes(of: committed)?.write(
                    owners: part.clusterShares, of: partitions, corpus: corpus, memory: memory / 2, stop: stop))
        }
    }

    /// Merges from the sums of all partitions, without reading the records of runs again.
    ///
    /// The number of most repeated texts in the audit is that of the sums.
    ///
    /// - Parameters:
    ///   - folders: The folders that were reduced.
    ///   - declarations: The declarations they were reduced with.
    ///   - partials: Files that ``PartialSums/write(to:)`` wrote, in any order.
    /// - Returns: The audit: byte for byte that of ``merge(_:declarations:)``.
    /// - Throws: The errors of ``merge(_:declarations:)``, and ``RunError`` for sums that are missing, doubled, damaged
    ///   or of other runs, by name.
    public func merge(
        _ folders: [String], declarations: [SourceDeclaration] = [], partials: [String]
    ) async throws -> Audit {
        try await WorkerThreads.run { stop in
            var parts: [(path: String, part: PartialSums)] = []
            for path in partials { parts.append((path, try PartialSums(reading: path))) }
            let (making, committed, _) = try prepare(of: folders, declarations, walking: nil, isShared: true, stop)
            let corpus = PartialSums.digest(of: committed, plan: making.plan)
            var sums = try PartialSums.sums(
                parts, corpus: corpus, tokenizers: committed.settings.tokenizers.count,
                sources: making.plan.sourceNames.count, shards: committed.harvest.reports.count,
                benchmarks: benchmarks)
            if let passes = try passes(of: committed) {
                var shares: [EntryRun] = []
                for (path, part) in parts {
                    guard let owners = part.owners else {
                        throw RunError.differentOptions(path: path, reason: "without --near-folder")
                    }
                    shares += try passes.owners(of: part.partitions, corpus: corpus, seal: owners)
                }
                try making.addNearOverlap(shares, to: &sums, stop: stop)
            }
            return try making.audit(
                sums, namedProblems: committed.unread.problems, skipped: committed.unread.skipped)
        }
    }

    /// Works on some partitions of a pass of the search for near copies, so that several processes can share it.
    ///
    /// Outputs go to ``nearFolder``, each whole or not at all. An output that exists already stays unchanged.
    /// ``reduce(_:declarations:partitions:)`` and ``merge(_:declarations:partials:)`` read the outputs of the last
    /// pass.
    ///
    /// - Parameters:
    ///   - pass: The pass; the outputs of all partitions of the pass before it must exist.
    ///   - folders: Folders that scans wrote to.
    ///   - partitions: The partitions, of 4,096; ``NearPass/copies`` takes all.
    /// - Returns: The work done.
    /// - Throws: ``RunError`` for runs and outputs that are missing, doubled, damaged or of others, by name;
    ///   `CancellationError`.
    /// - Complexity: Entries of the partitions are read once. For each number of bands that audits report, the last
    ///   pass holds one bit for each text with a near copy; if these do not fit, it takes several turns.
    public func run(
        _ pass: NearPass, of folders: [String], partitions: PartitionRange = .all
    ) async throws -> NearPassReport {
        try await WorkerThreads.run { stop in
            try AuditOptions.check(threads: threads, memory: memory, topCopies: topCopies)
            let committed = try CommittedRuns(in: folders)
            guard let passes = try passes(of: committed) else {
                throw RunError.unusableOption(name: "nearFolder", reason: "a pass needs a folder for its output")
            }
            guard pass != .copies || partitions == .all else {
                throw RunError.unusableOption(
                    name: "partitions", reason: "one process does the pass copies for all of them")
            }
            return try passes.run(pass, over: committed, partitions: partitions, memory: memory, stop: stop)
        }
    }

    /// An estimate of the temporary bytes that the search for near copies needs among some runs; `nil` if they were
    /// scanned without it.
    ///
    /// Pairs and later results take about as much as the band entries, whatever the share of the partitions; many
    /// similar documents take more.
    ///
    /// - Parameter folders: Folders that scans wrote to.
    /// - Returns: The estimate.
    /// - Throws: ``RunError`` if a folder has no runs, or one is damaged.
    public static func nearTemporaryBytes(_ folders: [String]) throws(RunError) -> Int? {
        var bytes: Int?
        for (folder, manifest) in try CommittedRuns.scans(in: folders) where manifest.settings.seeksNearCopies {
            for name in ScanJournal.names(in: folder + "/commits", endingIn: ".json") {
                let commit = try RunCommit(sealedFile: "\(folder)/commits/\(name)")
                for kind in commit.kinds where kind.kind == BandEntry.kindName {
                    bytes = kind.runs.reduce(bytes ?? 0) { $0 + $1.records * kind.bytes }
                }
            }
        }
        return bytes
    }

    /// The folder of the passes, if there is one.
    ///
    /// Throws ``RunError`` for runs without near copies.
    private func passes(of committed: CommittedRuns) throws(RunError) -> NearPassFolder? {
        guard let nearFolder else { return nil }
        guard committed.settings.seeksNearCopies else {
            throw .unsuitable(
                path: committed.folders.joined(separator: ", "),
                reason: "it knows no near copies: scan the shards with --near, or merge without --near-folder")
        }
        return NearPassFolder(nearFolder, of: committed)
    }

    private func prepare(
        of folders: [String], _ declarations: [SourceDeclaration], walking partitions: PartitionRange?,
        isShared: Bool = false, _ stop: StopSignal
    ) throws -> (AuditFromRuns, CommittedRuns, threads: Int) {
        try AuditOptions.check(threads: threads, memory: memory, topCopies: topCopies)
        var committed = try CommittedRuns(in: folders)
        guard !isShared || !committed.settings.seeksNearCopies || nearFolder != nil else {
            throw RunError.unsuitable(
                path: folders.joined(separator: ", "),
                reason: "it was scanned with --near: run the passes pairs, counts and copies first (--near-pass), and "
                    + "name their folder (--near-folder), or merge without --partitions and --partials")
        }
        if !ignoresManifest { try committed.require(declarations) }
        try committed.apply(declarations, qualityMap: qualityMap)
        // The blocks of runs get half of the memory if near copies need the other half.
        let memoryOfBlocks = committed.settings.seeksNearCopies ? memory / 2 : memory
        // With few runs each thread walks them all; with many, one thread does.
        let threads = committed.threads(threads, memory: memoryOfBlocks)
        // An estimate from a sample needs the whole sample, whichever partitions it is in.
        if let partitions = committed.settings.sampleShare == nil ? partitions : .all {
            try committed.consolidate(memory: memoryOfBlocks, partitions: partitions, stop: stop)
        }
        if let partitions { progress?.begin(committed.harvest.runs.units, partitions) }
        // No single command makes the audit if the manifests of scan and merge name other shards, if only one of the
        // two had a manifest, or if a quality map is given next to a manifest.
        let digests = try manifest.map { path throws(CorpusError) in try Corpus.digests(ofManifest: path) }
        let isSameCorpus =
            committed.request?.manifestInputs == digests?.inputs && declarations.isEmpty == (manifest == nil)
            && (manifest == nil || qualityMap == nil)
        var request = isSameCorpus ? committed.request?.with(manifest: manifest, sha256: digests?.sha256) : nil
        if let qualityMap { request?.qualityMap = qualityMap.description }
        let making = try AuditFromRuns(
            committed.harvest, declarations: declarations, request: request,
            manifestSHA256: digests?.sha256, settings: committed.settings, memory: memory,
            nearFolder: try passes(of: committed), benchmarks: benchmarks, place: folders.joined(separator: ", "),
            stop: stop)
        return (making, committed, threads)
    }
}
