/// The corpus to audit: shards, and the sources they belong to.
public struct Corpus: Sendable {
    /// Sources that a manifest declares, in its order; empty where folders or records name them.
    public var declarations: [SourceDeclaration]
    /// The shards, sorted by path.
    public var shards: [Shard] {
        // A command would find those that were there.
        didSet { if Set(shards) != Set(oldValue) { request = nil } }
    }
    /// Inputs that cannot be read at all: named paths that do not exist, and folders and links below them that cannot
    /// be followed.
    public var problems: [Problem]
    /// Files under the named paths that are not read, by kind.
    public var skipped: [Audit.Skipped]
    /// Remarks on how the paths were understood, one sentence each.
    public var notes: [String] = []
    /// The arguments of the command that selected these shards; `nil` if they were chosen otherwise.
    var request: CorpusRequest?

    /// The most sources an audit holds.
    public static let maximumSources = 4_096

    /// Finds the shards under paths, folders and patterns.
    ///
    /// The content of a file decides its format, then its name. A file in a folder belongs to the source named after
    /// the first folder below the given path (passing through `documents`), or after that path itself. A file that is
    /// named itself belongs to the source of its own folder. If the key of sources is `key`, a folder `key=value` on
    /// the way names the source. A file that several paths or links lead to is read once.
    ///
    /// - Parameters:
    ///   - paths: Files, folders and patterns (`**` crosses folders); `-` is standard input.
    ///   - fields: The fields of a record to read.
    ///   - format: The format of shards.
    ///   - ignored: Files and folders to leave out; the audit lists them as ignored.
    /// - Throws: ``CorpusError/noInput(_:)`` if nothing can be read, ``CorpusError/unknownTokenWidth(path:)``,
    ///   ``CorpusError/repeatedShard(path:)`` for a second standard input. If only some paths are missing, they become
    ///   ``problems``; files that are not read are listed in ``skipped``.
    /// - Complexity: O(*n* log *n*) in the files under the paths. A few kilobytes of each are read.
    public init(
        paths: [String], fields: FieldSelection = FieldSelection(), format: FormatSelection = FormatSelection(),
        ignoring ignored: [IgnorePattern] = []
    ) throws(CorpusError) {
        var listing = CorpusListing(ignoring: ignored)
        for path in paths { try listing.add(path, CorpusListing.Request(format: format)) }
        let shards = listing.shards.map { found in
            var shard = Shard(
                path: found.path, location: found.location, source: found.source, fields: fields, format: found.format)
            if let source = fields.source.flatMap({ CorpusPath.partition($0, of: found.path) }) {
                shard.source = source
                shard.fields.source = nil
            }
            return shard
        }
        try self.init(declarations: [], shards: shards, listing: listing)
        notes = listing.notes.sentences(for: self.shards, namesSources: fields.source == nil, format)
        request = CorpusRequest(paths: paths, fields: fields, format: format, ignored: ignored, skipped: skipped)
    }

    /// The first named input that is not read, at which a strict audit stops.
    var firstLoss: Problem? {
        problems.first ?? Self.reasons(skipped).first { $0.kind == .unreadFormat }
    }

    /// Whether the shards hold token ids rather than text.
    public var holdsTokens: Bool { shards.contains(where: \.format.holdsTokens) }

    init(declarations: [SourceDeclaration], shards: [Shard], listing: CorpusListing) throws(CorpusError) {
        try self.init(
            declarations: declarations, shards: shards, problems: listing.problems, skipped: listing.skipped)
    }

    init(
        declarations: [SourceDeclaration], shards: [Shard], problems: [Problem], skipped: [Audit.Skipped]
    ) throws(CorpusError) {
        self.declarations = declarations
        self.problems = problems
        self.skipped = skipped
        self.shards = shards
        guard !shards.isEmpty else { throw .noInput(problems.filter { !$0.kind.isUnreadFile } + Self.reasons(skipped)) }
        try arrange()
    }

    /// Sorts the shards and checks that they can be audited together.
    mutating func arrange() throws(CorpusError) {
        shards.sort { ByteName($0.path) < ByteName($1.path) }
        if let shard = shards.first(where: { $0.fields.condition != nil && !$0.format.hasFields }) {
            throw .unusableCondition(
                reason:
                    "\(shard.path) has no fields (its format is \(shard.format)); leave such files out by --ignore, or "
                    + "audit them apart")
        }
        if let shard = shards.first(where: { $0.fields.attributeNames.count > 1 }) {
            throw .unusableCondition(
                reason:
                    "it and the quality ask for the attributes \(shard.fields.attributeNames.joined(separator: ", ")), and a "
                    + "shard is read with those of one name: join them first")
        }
        if let tokens = shards.first(where: \.format.holdsTokens),
            let text = shards.first(where: { !$0.format.holdsTokens })
        {
            throw .unsuitableTokens(
                reason: "\(text.path) holds text and \(tokens.path) token ids, between which no copy can be found; "
                    + "audit them apart")
        }
    }

    /// Why nothing can be read, by the kinds of files that are there instead.
    private static func reasons(_ skipped: [Audit.Skipped]) -> [Problem] {
        let unread = skipped.filter(\.mayHoldData)
        return (unread.isEmpty ? skipped : unread).map { entry in
            Problem(
                shard: entry.examples[0], record: nil, byteOffset: nil,
                kind: entry.mayHoldData ? .unreadFormat : .noShards,
                message: entry.reason + (entry.files > 1 ? " (\(entry.files) such files)" : ""))
        }
    }
}
