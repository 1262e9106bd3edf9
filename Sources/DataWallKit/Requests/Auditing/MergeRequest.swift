public import CorpusAudit
import Quantities

/// All options of `datawall merge`, which makes an audit from the runs of scans.
public struct MergeRequest: Sendable {
    /// Folders that scans wrote to.
    public var folders: [String]

    /// The manifest that weighs the records.
    public var manifest = ManifestRequest()

    /// The partitions of all texts to reduce; `nil` for all, which make an audit.
    public var partitions: PartitionRange?

    /// Files of sums that reductions of all partitions wrote, to add up.
    public var partials: [String] = []

    /// The pass of the search for near copies to work on; `nil` merges.
    public var nearPass: NearPass?

    /// The folder of the passes that processes share; `nil` searches for near copies in this process.
    public var nearFolder: String?

    /// The folder of the evaluation sets that the scans looked for.
    public var benchmarks: String?

    /// How many of the most repeated texts the audit names.
    public var topCopies = 0

    /// Bytes of memory for the blocks of the runs; `nil` for the memory that this process may use.
    public var memory: Double?

    /// Threads that reduce; `nil` for the processors that this process may use.
    public var threads: Int?

    /// Creates a request.
    ///
    /// - Parameter folders: Folders that scans wrote to.
    public init(folders: [String]) { self.folders = folders }

    /// The answer to a request.
    public enum Answer: Sendable {
        /// The audit, with the reason why it is not complete, if any.
        case audit(Audit, shortfall: Shortfall?)

        /// The sums of some partitions.
        case sums(PartialSums)

        /// The result of ``MergeRequest/nearPass``.
        case pass(NearPassReport)
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
                "--top-copies belongs to the reductions: drop it with --partials."
            ),
            (
                nearPass != nil && nearFolder == nil,
                "--near-pass leaves its output for the next pass: name the folder of all passes by --near-folder."
            ),
            (
                nearPass == .copies && partitions ?? .all != .all,
                "--near-pass copies takes all partitions at once: drop --partitions."
            ),
            (
                nearPass != nil && !(partials.isEmpty && topCopies == 0 && benchmarks == nil),
                "--near-pass makes no audit: drop --partials, --top-copies and --benchmarks."
            ),
            (
                nearPass != nil && (manifest.path != nil || manifest.isIgnored || manifest.qualityMap != nil),
                "Near copies do not depend on weights: drop --manifest, --no-manifest and --quality-map with "
                    + "--near-pass, and give them to the merge."
            ),
            RequestError.memoryRule(memory, least: 1),
        ])
    }

    /// Notes before the merge: how the manifest differs from the scan's, and the temporary space that near copies need.
    ///
    /// - Returns: A sentence for each fact; empty if there is none.
    /// - Throws: `RunError` for a folder without runs, `CorpusError` for a manifest that cannot be used.
    public func notes() throws -> [String] {
        let notes = try manifest.notes(folders)
        guard nearFolder == nil || nearPass != nil else { return notes }
        return try notes + RunMerger.nearNotes(folders, share: partitions)
    }

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
        merger.nearFolder = nearFolder
        if let nearPass {
            return .pass(try await merger.run(nearPass, of: folders, partitions: partitions ?? .all))
        }
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

extension RunMerger {
    /// The temporary space that near copies take, in a sentence, where runs know any.
    ///
    /// - Parameters:
    ///   - folders: Folders that scans wrote to.
    ///   - partitions: Those that are worked on; `nil` for all.
    /// - Returns: The sentence, or nothing.
    /// - Throws: `RunError` where a folder holds no runs.
    static func nearNotes(_ folders: [String], share partitions: PartitionRange? = nil) throws -> [String] {
        guard let bytes = try nearTemporaryBytes(folders) else { return [] }
        let range = partitions ?? .all
        let share = Double(bytes) * Double(range.last - range.first + 1) / Double(PartitionRange.count)
        return [
            "near duplicates take about \(Quantity.bytes(Int(share))) of temporary files (estimated), "
                + "more where very many documents are alike"
        ]
    }
}
