/// A format that users may name: how its files are recognised.
///
/// A new format is a folder next to the others, with a reader, a ``ShardFormat`` and an entry, and one line in
/// ``FormatRegistry/standard``.
protocol FormatEntry: Sendable {
    /// The format's name for `--format` and manifests.
    var name: String { get }

    /// How the names of its files end in lower case, before the suffix of a compression.
    var suffixes: [String] { get }

    /// The possible first bytes of its files.
    var signatures: [[UInt8]] { get }

    /// The format that a shard has under some options.
    func format(_ selection: FormatSelection) -> ShardFormat

    /// The format that has a name in audits and commits; `nil` for a name that is another entry's.
    func format(named name: String) -> ShardFormat?

    /// The decision about a file if no format was named; `nil` leaves it to other entries.
    func recognise(_ file: FileEvidence, _ selection: FormatSelection) -> FormatSelection.Decision?

    /// The decision about a file if the user named this format.
    func require(_ file: FileEvidence, _ selection: FormatSelection) -> FormatSelection.Decision
}

extension FormatEntry {
    var signatures: [[UInt8]] { [] }

    func format(named name: String) -> ShardFormat? {
        let format = format(FormatSelection())
        return format.description == name ? format : nil
    }

    /// Whether the first bytes are those of the format.
    func isSigned(_ file: FileEvidence) -> Bool { signatures.contains { file.head.content.starts(with: $0) } }

    func recognise(_ file: FileEvidence, _ selection: FormatSelection) -> FormatSelection.Decision? {
        isSigned(file) ? .shard(format(selection)) : nil
    }

    func require(_ file: FileEvidence, _ selection: FormatSelection) -> FormatSelection.Decision {
        file.isNamed || isSigned(file) || file.name.ends(in: suffixes)
            ? .shard(format(selection)) : .skip(file.leftOver)
    }
}

/// The facts about a file before it is read.
struct FileEvidence {
    let name: ShardName
    let head: FileHead
    /// The kind of content, by the head.
    let content: FileContent
    /// Whether the file was named itself, not found in a folder: then any name will do.
    let isNamed: Bool
    /// Whether the `.idx` of a `.bin`, or the `.bin` of an `.idx`, is there.
    let hasPartner: Bool

    init(_ name: ShardName, _ head: FileHead, isNamed: Bool, hasPartner: Bool) {
        self.name = name
        self.head = head
        content = FileContent(head)
        self.isNamed = isNamed
        self.hasPartner = hasPartner
    }

    /// The kind of a file that does not have the requested format.
    var leftOver: SkipKind {
        switch content {
        case .other(let kind): kind
        case .tokens(let header): header.format == .llmC ? .llmC : .numPy
        case .jsonArray: .jsonArray
        case .prettyJSON: .prettyJSON
        case .jsonLines: .jsonLines
        case .empty: name.foreignKind ?? .empty
        case .text: name.foreignKind ?? (name.isJSON ? .jsonLines : .plainText)
        case .damaged, .unknown: name.foreignKind ?? (name.isTokens ? .tokenIDs : .binary)
        }
    }
}

/// The formats of shards that can be read.
///
/// A registry is a value: tests add their own formats to a copy.
struct FormatRegistry: Sendable {
    /// The entries in the order in which messages list them.
    ///
    /// Recognition starts with the last one, so that a special format comes before the general ones.
    private(set) var entries: [any FormatEntry] = []

    /// The formats that are built in.
    static let standard = FormatRegistry([
        JSONLinesEntry(), TextEntry(), MegatronEntry(), FlatTokenEntry(width: .two), FlatTokenEntry(width: .four),
        ParquetEntry(),
        DocumentsEntry(),
    ])

    /// Creates a registry of entries with different names.
    init(_ entries: [any FormatEntry]) {
        precondition(Set(entries.map(\.name)).count == entries.count, "two formats have one name")
        self.entries = entries
    }

    /// The same registry with one more format.
    func adding(_ entry: any FormatEntry) -> FormatRegistry { FormatRegistry(entries + [entry]) }

    /// The entry with a name that users give; `nil` if there is none.
    func entry(named name: String) -> (any FormatEntry)? { entries.first { $0.name == name } }

    /// The format with a name from audits and commits; `nil` if there is none.
    func format(named name: String) -> ShardFormat? {
        for entry in entries {
            if let format = entry.format(named: name) { return format }
        }
        return nil
    }

    /// The decision about a file if no format was named.
    func recognise(_ file: FileEvidence, _ selection: FormatSelection) -> FormatSelection.Decision {
        for entry in entries.reversed() {
            if let decision = entry.recognise(file, selection) { return decision }
        }
        return .skip(file.leftOver)
    }
}

extension FormatRegistry: Hashable {
    static func == (first: FormatRegistry, second: FormatRegistry) -> Bool {
        first.entries.map(\.name) == second.entries.map(\.name)
    }

    func hash(into hasher: inout Hasher) { hasher.combine(entries.map(\.name)) }
}
