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
        var committed = try CommittedRuns(in: folders)
        // With few runs each thread walks them all; with many, one thread does.
        let threads = committed.threads(threads, memory: memory)
        try committed.consolidate(memory: memory)
        return try await Auditor.audit(
            committed.harvest, declarations: declarations, namedProblems: [], settings: committed.settings,
            threads: threads, topCopies: topCopies)
    }
}
