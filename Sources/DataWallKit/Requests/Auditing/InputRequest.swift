public import CorpusAudit

/// The shards that a command reads, and where a record has its text.
public struct InputRequest: Sendable {
    /// Shards, folders and patterns; `-` is standard input.
    public var paths: [String]

    /// The path of a manifest, instead of ``paths``.
    public var manifest: String?

    /// The path of a listing of objects, instead of ``paths``.
    public var listing: String?

    /// The command that fetches an object of the listing; `nil` if its paths are those of files.
    public var open: String?

    /// The most bytes that scratch files of the command may take at one time.
    public var scratch = 50_000_000_000.0

    /// How many seconds the command may deliver nothing before it is tried again.
    public var openTimeout = 60.0

    /// Names, paths and patterns of files and folders to leave out.
    public var ignore: [String] = []

    /// The name that a stream is listed under.
    public var streamName: String?

    /// The field that holds the text.
    public var textKey = "text"

    /// Further fields, whose texts are appended to that of ``textKey`` with line feeds between them.
    public var furtherTextKeys: [String] = []

    /// The condition that records must fulfil to be read, such as `language = "en" and score >= 3`.
    public var condition: String?

    /// The field that names a record's source.
    public var sourceKey: String?

    /// The field that holds a record's quality score.
    public var qualityKey: String?

    /// Lowest scores and their weights, as `0:0.2,3:1`.
    public var qualityMap: String?

    /// The format of shards, if it is not recognised.
    public var format = FormatSelection()

    /// Creates a request for shards.
    public init(paths: [String] = []) { self.paths = paths }

    /// Creates a request for the shards of a manifest.
    public init(manifest: String) {
        paths = []
        self.manifest = manifest
    }

    /// Whether shards are named.
    public var namesInput: Bool { !paths.isEmpty || manifest != nil || listing != nil }

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
            (
                listing != nil && (!paths.isEmpty || manifest != nil),
                "A --listing names the shards: drop the other shards and --manifest (a merge takes a manifest's weights)."
            ),
            (
                listing != nil && streamName != nil,
                "--name is for a stream, and a --listing names objects: drop --name."
            ),
            (open != nil && listing == nil, "--open fetches the objects of a --listing: name one."),
            (
                Set([textKey] + furtherTextKeys).count <= furtherTextKeys.count,
                "--text-key names one field twice: its text would be joined to itself."
            ),
            (furtherTextKeys.count > 15, "Give --text-key 16 times at most."),
            (!(scratch >= 1 && scratch <= 1e15), "--scratch is a size from 1 byte to 1 PB."),
            (!(openTimeout >= 1 && openTimeout <= 86_400), "--open-timeout is from 1 to 86400 seconds."),
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

    private static let nothingNamed = "Name shards, a --manifest or a --listing, one of the three."

    /// Finds the shards.
    ///
    /// - Returns: The corpus, with remarks if the paths can be understood in more than one way.
    /// - Throws: ``RequestError`` if no input is named, `CorpusError` for shards that cannot be used.
    public func corpus() throws -> Corpus {
        try validate()
        guard namesInput else { throw RequestError(Self.nothingNamed) }
        var fields = try FieldSelection(
            text: FieldPath(textKey), source: sourceKey.map { try FieldPath($0) },
            quality: qualityKey.map { try FieldPath($0) }, qualityMap: qualityMap.map { try QualityMap($0) })
        fields.furtherTexts = try furtherTextKeys.map { try FieldPath($0) }
        fields.condition = try condition.map { try RecordCondition($0) }
        for (option, path) in [("source", fields.source), ("quality", fields.quality)] {
            guard let path, path.hasLists else { continue }
            throw RequestError("--\(option)-key \(path) leads to any number of values: name a field outside of lists.")
        }
        let ignored = ignore.compactMap { IgnorePattern($0) }
        let found =
            if let listing {
                try Corpus(
                    listing: listing,
                    open: open.map {
                        try OpenCommand($0, scratchBytes: Int(scratch), silence: .seconds(openTimeout))
                    }, fields: fields, format: format, ignoring: ignored)
            } else if let manifest {
                try Corpus(manifest: manifest, fields: fields, format: format, ignoring: ignored)
            } else {
                try Corpus(paths: paths, fields: fields, format: format, ignoring: ignored)
            }
        return try streamName.map { try found.naming(stream: $0, format: format) } ?? found
    }
}
