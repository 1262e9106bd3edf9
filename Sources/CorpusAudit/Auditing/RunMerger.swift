/// Merges the committed runs of one or more scans into an audit.
///
/// The audit is the same, byte for byte, as that of one pass over all their shards, however the shards were split.
public struct RunMerger: Sendable {
    private let threads: Int
    private let memory: Int
    private let topCopies: Int

    /// Creates a merger.
    ///
    /// - Parameters:
    ///   - threads: How many threads reduce.
    ///   - memory: Bytes that the blocks of the runs may take together.
    ///   - topCopies: How many of the most repeated texts the audit names.
    public init(threads: Int = 1, memory: Int = 2 << 30, topCopies: Int = 0) {
        self.threads = max(1, threads)
        self.memory = memory
        self.topCopies = max(0, topCopies)
    }

    /// Merges.
    ///
    /// - Parameters:
    ///   - folders: Folders that scans wrote to; those of several tasks are found below them.
    ///   - declarations: Sources in their order, with weights and caps; see ``SourceDeclaration``.
    /// - Returns: The audit.
    /// - Throws: ``RunError`` for runs that are missing, doubled, damaged, unfinished or of other settings, by name;
    ///   ``CorpusError/tooManySources(limit:)``.
    public func merge(_ folders: [String], declarations: [SourceDeclaration] = []) async throws -> Audit {
        let (reduction, committed, threads) = try reduction(of: folders, declarations, walking: .all)
        return try reduction.audit(
            try await reduction.tallies(of: .all, threads: threads, topCopies: topCopies),
            namedProblems: committed.unread.problems, skipped: committed.unread.skipped)
    }

    /// Reduces some partitions of the runs, so that several processes can share a merge.
    ///
    /// Each reads the records of its partitions alone. ``merge(_:declarations:partials:)`` adds them up.
    ///
    /// - Parameters:
    ///   - folders: Folders that scans wrote to; those of several tasks are found below them.
    ///   - declarations: Sources in their order, with weights and caps; see ``SourceDeclaration``.
    ///   - partitions: Which of the 4,096.
    /// - Returns: The sums of the partitions.
    /// - Throws: What ``merge(_:declarations:)`` throws.
    public func reduce(
        _ folders: [String], declarations: [SourceDeclaration] = [], partitions: PartitionRange
    ) async throws -> PartialReduction {
        let (reduction, committed, threads) = try reduction(of: folders, declarations, walking: partitions)
        return PartialReduction(
            partitions: partitions, corpus: PartialReduction.digest(of: committed, plan: reduction.plan),
            tallies: try await reduction.tallies(of: partitions, threads: threads, topCopies: topCopies))
    }

    /// Merges from the reductions of all partitions; the records of runs are not read again.
    ///
    /// How many of the most repeated texts the audit names is up to the reductions.
    ///
    /// - Parameters:
    ///   - folders: The folders that were reduced.
    ///   - declarations: The declarations they were reduced with.
    ///   - partials: Files that ``PartialReduction/write(to:)`` wrote, in any order.
    /// - Returns: The audit: byte for byte that of ``merge(_:declarations:)``.
    /// - Throws: What ``merge(_:declarations:)`` throws, and ``RunError`` for reductions that are missing, doubled, damaged
    ///   or of other runs, by name.
    public func merge(
        _ folders: [String], declarations: [SourceDeclaration] = [], partials: [String]
    ) async throws -> Audit {
        var parts: [(path: String, part: PartialReduction)] = []
        for path in partials { parts.append((path, try PartialReduction(reading: path))) }
        let (reduction, committed, _) = try reduction(of: folders, declarations, walking: nil)
        let corpus = PartialReduction.digest(of: committed, plan: reduction.plan)
        return try reduction.audit(
            try PartialReduction.tallies(
                parts, corpus: corpus, tokenizers: committed.settings.tokenizers.count),
            namedProblems: committed.unread.problems, skipped: committed.unread.skipped)
    }

    private func reduction(
        of folders: [String], _ declarations: [SourceDeclaration], walking partitions: PartitionRange?
    ) throws -> (AuditReduction, CommittedRuns, threads: Int) {
        var committed = try CommittedRuns(in: folders)
        // With few runs each thread walks them all; with many, one thread does.
        let threads = committed.threads(threads, memory: memory)
        // What is estimated from a sample needs the sample, whichever partitions that lies in.
        if let partitions = committed.settings.sampleShare == nil ? partitions : .all {
            try committed.consolidate(memory: memory, partitions: partitions)
        }
        let reduction = try AuditReduction(
            committed.harvest, declarations: declarations, settings: committed.settings)
        return (reduction, committed, threads)
    }
}
