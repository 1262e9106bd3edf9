public import CorpusAudit

/// The shards that a command reads, and where a record has its text.
public struct InputRequest: Sendable {
    /// Shards, folders and patterns; `-` is standard input.
    public var paths: [String]

    /// The path of a manifest, instead of ``paths``.
    public var manifest: String?

    /// Names, paths and patterns of files and folders to leave out.
    public var ignore: [String] = []

    /// The name that a stream is listed under.
    public var streamName: String?

    /// The field that holds the text.
    public var textKey = "text"

    /// The field that names a record's source.
    public var sourceKey: String?

    /// The field that holds a record's quality score.
    public var qualityKey: String?

    /// Scores and the weights from each on, as `0:0.2,3:1`.
    public var qualityMap: String?

    /// The format of shards, where it is not recognised.
    public var format = FormatSelection()

    /// Creates a request for shards.
    public init(paths: [String] = []) { self.paths = paths }

    /// Creates a request for the shards of a manifest.
    public init(manifest: String) {
        paths = []
        self.manifest = manifest
    }

    /// Whether shards are named.
    public var namesInput: Bool { !paths.isEmpty || manifest != nil }

    /// Refuses values that contradict each other.
    ///
    /// - Throws: ``RequestError``.
    public func validate() throws(RequestError) {
        try RequestError.refuse([
            (
                !ignore.allSatisfy { IgnorePattern($0) != nil },
                "--ignore names a file, a folder or a pattern; it is empty."
            ),
            (streamName != nil && !namesInput, "--name is for a stream: name '-' or a pipe."),
            (paths.contains(""), "A path is empty."),
            (!paths.isEmpty && manifest != nil, Self.nothingNamed),
            (manifest != nil && sourceKey != nil, "A manifest names its sources itself: drop --source-key."),
            (
                qualityMap != nil && qualityKey == nil,
                "--quality-map needs --quality-key to read the scores from."
            ),
            (
                format.endOfDocument != nil && format.kind != .uint16 && format.kind != .uint32,
                "--end-of-document parts flat token ids: name --format uint16 or uint32 with it."
            ),
            (
                format.kind == .uint16 && (format.endOfDocument ?? 0) > 65_535,
                "No id of two bytes is \(format.endOfDocument ?? 0)."
            ),
        ])
    }

    private static let nothingNamed = "Name shards or a --manifest, one of the two."

    /// Finds the shards.
    ///
    /// - Returns: The corpus, with notes where the paths can be understood in more than one way.
    /// - Throws: ``RequestError`` where nothing is named, `CorpusError` for shards that cannot be used.
    public func corpus() throws -> Corpus {
        try validate()
        guard namesInput else { throw RequestError(Self.nothingNamed) }
        let fields = try FieldSelection(
            text: FieldPath(textKey), source: sourceKey.map { try FieldPath($0) },
            quality: qualityKey.map { try FieldPath($0) }, qualityMap: qualityMap.map { try QualityMap($0) })
        let ignored = ignore.compactMap { IgnorePattern($0) }
        let found =
            if let manifest {
                try Corpus(manifest: manifest, fields: fields, format: format, ignoring: ignored)
            } else {
                try Corpus(paths: paths, fields: fields, format: format, ignoring: ignored)
            }
        return try streamName.map { try found.naming(stream: $0, format: format) } ?? found
    }
}
