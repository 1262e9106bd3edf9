/// The format of a shard's documents: a name, and the code that reads them.
///
/// A format comes from its own folder, which adds it here as a static member; `FormatRegistry` lists the formats that
/// users may name. Two formats are equal if their names are.
public struct ShardFormat: Sendable {
    /// The content of a format's documents.
    enum Content {
        /// Records with named fields; one of them is the text.
        case records
        /// Text.
        case text
        /// Documents with separate columns: text, and, if the writer knows them, source and quality.
        case documents
        /// Token ids, which may start with any bytes: their compression is known by the name.
        case tokens
    }

    /// The name in audits and commits, with the options that determine a document: `jsonl`, `uint16-eod-50256`.
    public let description: String
    let content: Content
    /// The entry that recognises the format.
    let entry: any FormatEntry
    /// The path of the file that is read with a shard, if one is.
    let companion: (@Sendable (_ path: String) -> String)?
    /// Reads a shard for an audit, specialised for the format's reader.
    let scan: @Sendable (consuming ShardPass) throws -> ShardReport
    /// Takes a sample of a shard.
    let sample: @Sendable (ShardSampler, inout CorpusSample) throws(RunError) -> Void
    /// Divides a large shard for several threads.
    ///
    /// It returns the pieces of the given size that were not read before; `nil` if one thread reads the format's
    /// shards, or this one.
    var divide: (@Sendable (ShardOpening, _ known: [ShardPiece], _ pieceBytes: Int) -> ShardDivision?)?
    /// Copies the kept records of a shard; `nil` if documents have no text.
    let copy: (@Sendable (ShardCopier) throws -> ShardCopier.Result)?

    /// Whether the shard holds token ids rather than text.
    public var holdsTokens: Bool { content == .tokens }

    /// Whether the shard holds records with fields.
    var hasFields: Bool { content == .records }

    /// Whether documents of a shard with these fields may have scores.
    func mayHaveScores(_ fields: FieldSelection) -> Bool {
        content == .documents || hasFields && fields.quality != nil
    }

    /// Creates a format of documents with a text.
    ///
    /// - Parameters:
    ///   - name: The name in audits and commits.
    ///   - content: The content of the documents.
    ///   - entry: The entry that recognises the format.
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

/// The inputs for opening a shard.
struct ShardOpening {
    let shard: Shard
    /// The longest record that is read, in bytes.
    let maximumRecordBytes: Int
    /// The memory that a compressed shard may request, in bytes.
    let memory: Int
    let progress: ScanProgress?
    let stop: StopSignal?
    /// The part of the shard that was read before, if any.
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

    /// Copies the shard to a scratch file with its command, if the command works that way.
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
