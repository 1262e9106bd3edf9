/// How a shard holds its documents: a name, and what reads them.
///
/// A format comes from its own folder, which adds it here as a static member; `FormatRegistry` lists the formats that
/// users may name. Two formats are equal if their names are.
public struct ShardFormat: Sendable {
    /// What a format's documents are made of.
    enum Content {
        /// Records with named fields, one of which is the text.
        case records
        /// Text.
        case text
        /// Documents with columns of their own: text, and where the writer knows them source and quality.
        case documents
        /// Token ids, which may start with any bytes: their compression is known by the name.
        case tokens
    }

    /// The name in audits and commits, with the options that decide what a document is: `jsonl`, `uint16-eod-50256`.
    public let description: String
    let content: Content
    /// What recognises the format.
    let entry: any FormatEntry
    /// The path of the file that is read with a shard, if one is.
    let companion: (@Sendable (_ path: String) -> String)?
    /// Reads a shard for an audit, specialised for the format's reader.
    let scan: @Sendable (consuming ShardPass) throws -> ShardReport
    /// Takes a sample of a shard.
    let sample: @Sendable (ShardSampler, inout CorpusSample) throws(RunError) -> Void
    /// Divides a large shard for several threads: the pieces that were not read before, of so many bytes each; `nil` where
    /// the format's shards, or this one, are read by one thread.
    var divide: (@Sendable (ShardOpening, _ known: [ShardPiece], _ pieceBytes: Int) -> ShardDivision?)?
    /// Copies the records of a shard that stay; `nil` where documents have no text.
    let copy: (@Sendable (ShardCopier) throws -> ShardCopier.Result)?

    /// Whether the shard holds token ids rather than text.
    public var holdsTokens: Bool { content == .tokens }

    /// Whether the shard holds records with fields.
    var hasFields: Bool { content == .records }

    /// Whether documents of a shard may have scores, if its fields are so.
    func mayHaveScores(_ fields: FieldSelection) -> Bool {
        content == .documents || hasFields && fields.quality != nil
    }

    /// Creates a format of documents with a text.
    ///
    /// - Parameters:
    ///   - name: The name in audits and commits.
    ///   - content: What the documents are made of.
    ///   - entry: What recognises the format.
    ///   - open: Opens a shard at its start, or after a part of it.
    init<Reader: DocumentReader & ~Copyable>(
        _ name: String, _ content: Content, of entry: any FormatEntry,
        open: @escaping @Sendable (ShardOpening) throws(StreamFault) -> Reader
    ) {
        self.init(name, content, of: entry, companion: nil) { pass in
            try pass.read(open)
        } sample: { (sampler, sample) throws(RunError) in
            try sampler.read(open, into: &sample)
        } copy: { copier in
            try copier.copy(open)
        }
    }

    /// Creates a format from its two passes.
    init(
        _ name: String, _ content: Content, of entry: any FormatEntry,
        companion: (@Sendable (String) -> String)?,
        scan: @escaping @Sendable (consuming ShardPass) throws -> ShardReport,
        sample: @escaping @Sendable (ShardSampler, inout CorpusSample) throws(RunError) -> Void,
        copy: (@Sendable (ShardCopier) throws -> ShardCopier.Result)? = nil
    ) {
        description = name
        self.content = content
        self.entry = entry
        self.companion = companion
        self.scan = scan
        self.sample = sample
        self.copy = copy
    }

    /// Reads a format's name; `nil` for anything else.
    public init?(name: String) {
        guard let format = FormatRegistry.standard.format(named: name) else { return nil }
        self = format
    }
}

extension ShardFormat: Hashable, CustomStringConvertible {
    /// Whether two formats have the same name.
    public static func == (first: ShardFormat, second: ShardFormat) -> Bool { first.description == second.description }

    /// Hashes the name.
    public func hash(into hasher: inout Hasher) { hasher.combine(description) }
}

/// What a reader needs to open a shard.
struct ShardOpening {
    let shard: Shard
    /// The longest record that is read, in bytes.
    let maximumRecordBytes: Int
    /// What a compressed shard may ask for.
    let memory: Int
    let progress: ScanProgress?
    let stop: StopSignal?
    /// What was read of the shard before, if a part of it was.
    var part: ShardPart?
    /// The row groups to read, where threads share the shard, and how it was divided.
    var piece: ShardPiece?
    var division: ShardDivision?
    /// The memory of the lines, which readers of one thread pass on.
    var window = WindowMemory()
    /// Whether records will be copied: then a reader reads all of them that it can write.
    var copiesRecords = false
    /// The scratch file that a command has copied the shard to, if it has.
    private(set) var staged: StagedObject?

    /// Has a command copy the shard to a scratch file, if that is how it is fetched.
    mutating func stage() throws(StreamFault) {
        guard let command = shard.command, command.usesFile, let object = shard.object else { return }
        staged = try StagedObject(shard, command: command, object: object, stop: stop)
    }

    /// The shard's bytes as they are stored.
    func source(_ progress: ScanProgress?) throws(StreamFault) -> ByteSource {
        if let staged { return try ByteSource(path: staged.path, progress: progress, stop: stop) }
        guard let object = shard.object else {
            return try ByteSource(path: shard.location, progress: progress, stop: stop)
        }
        guard let command = shard.command else {
            let size = FileIdentity(path: shard.location)?.bytes
            if size == nil, shard.location.contains("://") {
                throw StreamFault(
                    kind: .missingInput,
                    reason: "it is in a store, and nothing fetches it: add --open COMMAND, such as "
                        + "--open 'aws s3 cp {path} -'")
            }
            if let size, size != object.bytes {
                throw StreamFault(
                    kind: .changedObject,
                    reason: "the file has \(size) bytes, and the listing says \(object.bytes): list the files again")
            }
            return try ByteSource(path: shard.location, progress: progress, stop: stop)
        }
        return ByteSource(
            command: CommandStream(shard, command: command, object: object, stop: stop), progress: progress, stop: stop)
    }

    /// The shard's decompressed bytes.
    func stream(_ content: ShardFormat.Content) throws(StreamFault) -> ShardStream {
        try ShardStream(try source(progress), name: shard.path, content: content, memory: memory)
    }
}
