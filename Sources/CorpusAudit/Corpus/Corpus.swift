/// What is to be audited: shards, and the sources they belong to.
public struct Corpus: Sendable {
    /// Sources that a manifest declares, in its order; empty where folders or records name them.
    public var declarations: [SourceDeclaration]
    /// The shards, sorted by path.
    public var shards: [Shard]
    /// Named inputs that cannot be read at all.
    public var problems: [Problem]

    /// The most sources an audit holds.
    public static let maximumSources = 4_096

    /// Finds the shards under paths, directories and patterns; each belongs to the source its folder is named after.
    ///
    /// - Parameters:
    ///   - paths: Files, directories and patterns (`**` crosses folders); `-` is standard input.
    ///   - fields: Which fields of a record to read.
    ///   - format: How the formats of shards are told.
    /// - Throws: ``CorpusError/noInput(_:)`` where nothing is found, ``CorpusError/repeatedShard(path:)``,
    ///   ``CorpusError/unknownTokenWidth(path:)``. A path that is missing beside others that are there becomes one of
    ///   ``problems``.
    public init(
        paths: [String], fields: FieldSelection = FieldSelection(), format: FormatSelection = FormatSelection()
    ) throws(CorpusError) {
        declarations = []
        shards = []
        problems = []
        for path in paths {
            switch ShardFinder.find(path, format) {
            case .shards(let found):
                for shard in found {
                    shards.append(
                        Shard(
                            path: shard, location: shard, source: ShardFinder.parentFolder(of: shard), fields: fields,
                            format: try format.format(of: shard)))
                }
            case .nothing(let kind, let reason):
                problems.append(Problem(shard: path, record: nil, byteOffset: nil, kind: kind, message: reason))
            }
        }
        try finish()
    }

    /// Whether the shards hold token ids rather than text.
    public var holdsTokens: Bool { shards.contains(where: \.format.holdsTokens) }

    init(declarations: [SourceDeclaration], shards: [Shard], problems: [Problem]) throws(CorpusError) {
        self.declarations = declarations
        self.shards = shards
        self.problems = problems
        try finish()
    }

    /// Sorts the shards and checks that they can be audited together.
    mutating func finish() throws(CorpusError) {
        guard !shards.isEmpty else { throw .noInput(problems) }
        if let tokens = shards.first(where: \.format.holdsTokens),
            let text = shards.first(where: { !$0.format.holdsTokens })
        {
            throw .unsuitableTokens(
                reason: "\(text.path) holds text and \(tokens.path) token ids, between which no copy can be found; "
                    + "audit them apart")
        }
        shards.sort { ByteName($0.path) < ByteName($1.path) }
        for (shard, next) in zip(shards, shards.dropFirst()) where ByteName(shard.path) == ByteName(next.path) {
            throw ByteName(shard.source) == ByteName(next.source)
                ? .repeatedShard(path: shard.path)
                : .contestedShard(path: shard.path, sources: [shard.source, next.source])
        }
    }
}
