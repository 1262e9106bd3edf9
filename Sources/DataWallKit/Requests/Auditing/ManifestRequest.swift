import CorpusAudit

/// The manifest that weighs the records of finished scans: a file, the scan's own, or none.
public struct ManifestRequest: Sendable {
    /// The path of the manifest; `nil` where the runs were scanned without one.
    public var path: String?

    /// Whether runs that were scanned under a manifest may go without it.
    public var isIgnored = false

    /// The map from scores to weights for sources without one in the manifest.
    public var qualityMap: String?

    /// Creates a request for the manifest that the runs were scanned with.
    public init() {}

    /// Refuses a manifest that is given and ignored.
    func validate() throws(RequestError) {
        guard path == nil || !isIgnored else { throw RequestError("Give --manifest or --no-manifest, not both.") }
    }

    /// The manifest's declarations of sources.
    func declarations() throws -> [SourceDeclaration] {
        try path.map { try Corpus.declarations(manifest: $0) } ?? []
    }

    /// The differences between the manifest, or the lack of one, and those of the scans, with their consequences.
    func notes(_ folders: [String]) throws -> [String] {
        guard path != nil || isIgnored else { return [] }
        let changes = try RunMerger.manifestDifferences(folders, declarations: try declarations())
        guard !changes.isEmpty else { return [] }
        guard let path else {
            return [
                "the manifest of the scan is left out: every source has the weight 1, no cap and no quality map of its "
                    + "own, and sources are in the order of their names"
            ]
        }
        return changes.prefix(20).map { "\(path) is not the manifest of the scan: \($0)" }
            + (changes.count > 20 ? ["and \(changes.count - 20) more differences"] : [])
            + ["weights, caps, quality maps and the order of sources are those of \(path)"]
    }
}
