public import CorpusAudit

/// Everything that `datawall merge` can be asked: an audit of the runs of scans.
public struct MergeRequest: Sendable {
    /// Folders that scans wrote to.
    public var folders: [String]

    /// What weighs the records.
    public var manifest = ManifestRequest()

    /// The partitions of all texts to reduce; `nil` for all, which make an audit.
    public var partitions: PartitionRange?

    /// Files of sums that reductions of all partitions wrote, to add up.
    public var partials: [String] = []

    /// The folder of the evaluation sets that the scans looked for.
    public var benchmarks: String?

    /// How many of the most repeated texts the audit names.
    public var topCopies = 0

    /// Bytes of memory for the blocks of the runs; `nil` for what this process may use.
    public var memory: Double?

    /// Threads that reduce; `nil` for the processors that this process may use.
    public var threads: Int?

    /// Creates a request.
    ///
    /// - Parameter folders: Folders that scans wrote to.
    public init(folders: [String]) { self.folders = folders }

    /// The answer to a request.
    public enum Answer: Sendable {
        /// The audit, and why it is not all that was asked for.
        case audit(Audit, shortfall: Shortfall?)

        /// The sums of some partitions.
        case sums(PartialSums)
    }

    /// Refuses values that contradict each other or are out of range, without reading anything.
    ///
    /// - Throws: ``RequestError``.
    public func validate() throws(RequestError) {
        try manifest.validate()
        try RequestError.refuse([
            (folders.isEmpty, "Name the folders that scans wrote to."),
            RequestError.threadRule(threads), RequestError.topCopiesRule(topCopies),
            (
                partitions != nil && !partials.isEmpty,
                "--partitions writes sums, not an audit: name a file by -o, drop --json and --partials."
            ),
            (
                !partials.isEmpty && topCopies > 0,
                "--top-copies belongs to the reductions: drop it beside --partials."
            ),
            RequestError.memoryRule(memory, least: 1),
        ])
    }

    /// What should be known before the merge: how the manifest differs from the scan's.
    ///
    /// - Returns: Each difference, and what follows; none where nothing differs.
    /// - Throws: `RunError` for a folder without runs, `CorpusError` for a manifest that cannot be used.
    public func notes() throws -> [String] { try manifest.notes(folders) }

    /// Merges the runs.
    ///
    /// - Parameter progress: Told how far the merge has come.
    /// - Returns: The audit, or the sums of ``partitions``.
    /// - Throws: ``RequestError`` for values that contradict each other, `RunError` as `RunMerger` does.
    public func run(progress: MergeProgress? = nil) async throws -> Answer {
        try validate()
        let declarations = try manifest.declarations()
        var merger = RunMerger(
            threads: MachineShare.threads(threads), memory: MachineShare.memory(memory), topCopies: topCopies)
        merger.ignoresManifest = manifest.isIgnored
        merger.qualityMap = try manifest.qualityMap.map { try QualityMap($0) }
        merger.manifest = manifest.path
        merger.benchmarks = try benchmarks.map { try BenchmarkSets(folder: $0) }
        merger.progress = progress
        if let partitions {
            return .sums(try await merger.reduce(folders, declarations: declarations, partitions: partitions))
        }
        let audit =
            partials.isEmpty
            ? try await merger.merge(folders, declarations: declarations)
            : try await merger.merge(folders, declarations: declarations, partials: partials)
        return .audit(audit, shortfall: Shortfall(problems: [], skipped: audit.skipped))
    }
}
