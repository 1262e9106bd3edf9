public import CorpusAudit

/// All options of `datawall keep`, which lists the records to keep so that no text repeats.
public struct KeepRequest: Sendable {
    /// Folders that scans wrote to.
    public var runs: [String]

    /// The folder for the list; `nil` if only the documents are wanted.
    public var output: String?

    /// The folder that the documents themselves are written to; `nil` writes only the list.
    public var write: String?

    /// The manifest that weighs the records.
    public var manifest = ManifestRequest()

    /// How many copies of a text may stay.
    public var copies = 1

    /// The number of shared bands from which a document is a near copy and is dropped; `nil` keeps near copies.
    public var nearBands: Int?

    /// The folder of evaluation sets; documents that contaminate them are dropped.
    public var withoutContaminated: String?

    /// Bytes of memory for the blocks of the runs and for sorting; `nil` for the memory that this process may use.
    public var memory: Double?

    /// Threads that walk the runs; `nil` for the processors that this process may use.
    public var threads: Int?

    /// Creates a request.
    ///
    /// - Parameters:
    ///   - runs: Folders that scans wrote to.
    ///   - output: The folder for the list; `nil` if only the documents are wanted.
    public init(runs: [String], output: String? = nil) {
        self.runs = runs
        self.output = output
    }

    /// The answer to a request.
    public struct Answer: Sendable {
        /// The list, and the documents written.
        public let list: KeepList

        /// Why not all documents of the list could be written.
        public let shortfall: Shortfall?
    }

    /// Refuses values that contradict each other or are out of range, without reading anything.
    ///
    /// - Throws: ``RequestError``.
    public func validate() throws(RequestError) {
        try manifest.validate()
        try RequestError.refuse([
            (runs.isEmpty, "--runs names one folder or more."),
            (output == nil && write == nil, "Give -o for the list, --write for the documents, or both."),
            (output == "-" || write == "-", "-o and --write name folders, and '-' is standard output: name a folder."),
            (
                output != nil && output == write,
                "-o and --write name one folder: give the list another one, or leave out -o."
            ),
            (copies < 1, "--copies is 1 or more."),
            (
                nearBands.map { !(1...NearMethod.bands).contains($0) } ?? false,
                "--near is a number of shared bands from 1 to \(NearMethod.bands), such as 3."
            ),
            RequestError.threadRule(threads), RequestError.memoryRule(memory, least: 1),
        ])
    }

    /// Notes before the list is made: how the manifest differs from the scan's, and the temporary space that near
    /// copies need.
    ///
    /// - Returns: A sentence for each fact; empty if there is none.
    /// - Throws: `RunError` for a folder without runs, `CorpusError` for a manifest that cannot be used.
    public func notes() throws -> [String] {
        try manifest.notes(runs) + (nearBands == nil ? [] : RunMerger.nearNotes(runs))
    }

    /// Makes the list, and writes the documents if requested.
    ///
    /// - Parameters:
    ///   - progress: Reports how far the writing of documents has come.
    ///   - reportsEstimate: Reports the disk space that the documents will need, before any is written.
    /// - Returns: The list.
    /// - Throws: ``RequestError`` for values out of range, and the `RunError`s of `RecordKeeper`.
    public func run(
        progress: ScanProgress? = nil, reportsEstimate: (@Sendable (KeepEstimate) -> Void)? = nil
    ) async throws -> Answer {
        try validate()
        let declarations = try manifest.declarations()
        var keeper = RecordKeeper(
            copies: copies, threads: MachineShare.threads(threads), memory: MachineShare.memory(memory))
        keeper.nearThreshold = nearBands
        keeper.excludedBenchmarks = try withoutContaminated.map { try BenchmarkSets(folder: $0) }
        keeper.ignoresManifest = manifest.isIgnored
        keeper.qualityMap = try manifest.qualityMap.map { try QualityMap($0) }
        keeper.documentFolder = write
        keeper.progress = progress
        keeper.reportsEstimate = reportsEstimate
        let list = try await keeper.keep(runs, declarations: declarations, into: output)
        let lost = list.written?.lost ?? 0
        return Answer(list: list, shortfall: lost > 0 ? Shortfall(lostDocuments: lost) : nil)
    }
}
