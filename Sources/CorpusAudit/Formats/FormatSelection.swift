/// The choice of the formats of shards.
public struct FormatSelection: Sendable, Hashable {
    /// The format of a shard: its name, or `auto`.
    public struct Kind: RawRepresentable, Sendable, Hashable, CaseIterable {
        /// The name that users give.
        public let rawValue: String

        /// Reads a name; `nil` if no format has it.
        public init?(rawValue: String) {
            guard rawValue == Self.auto.rawValue || FormatRegistry.standard.entry(named: rawValue) != nil else {
                return nil
            }
            self.rawValue = rawValue
        }

        init(_ name: String) { rawValue = name }

        /// Decides by first bytes and name.
        ///
        /// Lines of JSON objects are JSON lines, `.txt` is text, `.bin` with an `.idx` next to it is Megatron's; other
        /// formats are named and not read.
        public static let auto = Kind("auto")
        /// JSON lines, or one JSON array of objects.
        public static let jsonl = Kind("jsonl")
        /// Text.
        public static let txt = Kind("txt")
        /// Megatron's `.bin` and `.idx`.
        public static let megatron = Kind("megatron")
        /// Token ids of two bytes.
        public static let uint16 = Kind("uint16")
        /// Token ids of four bytes.
        public static let uint32 = Kind("uint32")
        /// Documents that another program pushes.
        public static let documents = Kind("documents")

        /// `auto`, and the formats in the order in which messages list them.
        public static let allCases = [auto] + FormatRegistry.standard.entries.map { Kind($0.name) }
    }

    /// The kind of document in a text shard.
    public enum TextDocument: String, Sendable, CaseIterable {
        /// The whole file.
        case file
        /// A line.
        case line
    }

    /// The format of shards.
    public var kind: Kind
    /// The kind of document in a text shard.
    public var textDocument: TextDocument
    /// The id that separates documents in flat files of token ids; `nil` if each file is one document.
    public var endOfDocument: UInt32?
    /// The formats there are.
    var registry = FormatRegistry.standard

    /// Creates a selection; by default the content decides, then the name, and a text file is one document.
    public init(kind: Kind = .auto, textDocument: TextDocument = .file, endOfDocument: UInt32? = nil) {
        self.kind = kind
        self.textDocument = textDocument
        self.endOfDocument = endOfDocument
    }

    /// The index that belongs to a Megatron shard.
    static func index(of location: String) -> String {
        (location.hasSuffix(".bin") ? String(location.dropLast(4)) : location) + ".idx"
    }
}

// MARK: Deciding

extension FormatSelection {
    /// The decision about a file.
    enum Decision: Equatable {
        case shard(ShardFormat)
        case skip(SkipKind)
    }

    /// The format of a stream: the selected one, or else by its name, since its bytes cannot be looked at before they
    /// are read.
    func format(ofStream path: String) -> ShardFormat {
        if let entry { return entry.format(self) }
        return ShardName(path).isText ? TextEntry().format(self) : .jsonLines
    }

    /// Why a stream cannot be read in its format, judged by its first bytes.
    ///
    /// Files are checked in the same way when they are found.
    static func refusal(of stream: Shard, head: [UInt8]) -> StreamFault? {
        let format = stream.format
        guard !format.holdsTokens else { return nil }
        let file = FileEvidence(
            ShardName(stream.path), FileHead(content: head, fileSize: .max), isNamed: true, hasPartner: false)
        switch format.entry.require(file, FormatSelection(kind: Kind(format.entry.name))) {
        case .skip(let kind): return StreamFault(kind: .unreadFormat, reason: kind.reason)
        // An array is known before it is read, and a stream is not.
        case .shard: return format.hasFields && file.content == .jsonArray ? .refusedArray : nil
        }
    }

    /// Whether the first bytes of a file may be decompressed to be looked at: token ids may start with any bytes, so
    /// their name decides.
    func looksInside(_ name: ShardName) -> Bool {
        entry?.format(self).holdsTokens != true || name.isCompressed
    }

    /// Decides the format of a file: by its content first, then by its name.
    func decision(for file: FileEvidence) -> Decision {
        if file.name.isIndex, !file.isNamed || kind == .auto {
            return .skip(file.hasPartner ? .index : .indexWithoutBin)
        }
        return entry?.require(file, self) ?? registry.recognise(file, self)
    }

    /// The entry of the format that all shards have; `nil` if they may differ.
    private var entry: (any FormatEntry)? { registry.entry(named: kind.rawValue) }
}

extension StreamFault {
    fileprivate static let refusedArray = StreamFault(kind: .unreadFormat, reason: SkipKind.jsonArray.reason)
}
