import OrderedJSON

/// Entries of one kind, in order: in memory, or in a file.
struct EntryRun: Sendable {
    let kind: EntryKind
    /// How many there are.
    let count: Int
    private let place: Place

    private enum Place: Sendable {
        /// A ``HeldEntries`` of the kind's entries.
        case memory(any HeldRun)
        case file(SortedFile)
    }

    /// A run of entries in memory.
    init<Entry>(_ held: HeldEntries<Entry>) {
        kind = Entry.kind
        count = held.count
        place = .memory(held)
    }

    /// Opens a file of entries of a kind.
    ///
    /// - Throws: ``RunError`` where it is missing, damaged, or of another kind.
    init(opening path: String, kind: EntryKind) throws(RunError) {
        let (file, _, footer) = try SortedFile.open(path, magic: Self.magic) { header in
            header.stride == kind.stride && header.entriesPerBlock == Self.entriesPerBlock(kind) && header.own == (0, 0)
        }
        do throws(JSONPathError) {
            let footer = try EntryFooter(footer: footer)
            guard footer.kind == kind.name else {
                throw JSONPathError(path: "kind", reason: "must be \(kind.name), not \(footer.kind)")
            }
            guard footer.count == file.count else {
                throw JSONPathError(path: "entries", reason: "must be \(file.count), not \(footer.count)")
            }
        } catch { throw .damaged(path: path, reason: "in its footer, \(error)") }
        self.kind = kind
        count = file.count
        place = .file(file)
    }

    private static let magic = Array("DWALLENT".utf8)

    private static func entriesPerBlock(_ kind: EntryKind) -> Int { max(1, 64_000 / kind.stride) }

    /// Bytes that walking one run of a kind takes: its block, once as it is read and once as it is walked.
    static func bytesPerRun(_ kind: EntryKind) -> Int { 2 * entriesPerBlock(kind) * kind.stride + 1_024 }

    /// The file's name, where there is one.
    var fileName: String? { if case .file(let file) = place { file.name } else { nil } }

    /// Bytes of memory that the entries take.
    var memoryBytes: Int {
        if case .memory = place { count * (kind.stride + 7) / 8 * 8 + MappedMemory.hugePage } else { 0 }
    }

    /// Walks the entries whose keys' leads are in a range.
    ///
    /// - Throws: ``RunError`` where they are of another kind, or a block is damaged.
    func cursor<Entry>(
        of type: Entry.Type, from low: UInt64 = 0, below high: UInt64? = nil
    ) throws(RunError) -> EntryCursor<Entry> {
        switch place {
        case .file(let file) where kind == Entry.kind:
            return try EntryCursor(file, from: low, below: high) { _, _ in nil }
        case .memory(let held as HeldEntries<Entry>):
            return held.cursor(from: low, below: high)
        default:
            throw .damaged(
                path: fileName ?? "memory",
                reason: "its entries are of the kind \(kind.name) with \(kind.stride) bytes each, not of "
                    + "\(Entry.kindName) with \(Entry.kind.stride)")
        }
    }

    /// The same entries in a file of a store.
    func written(to store: RunStore) throws(RunError) -> EntryRun {
        guard case .memory(let held) = place else { return self }
        let path = try store.newPath()
        try held.write(to: path, isDurable: store.isDurable)
        return try EntryRun(opening: path, kind: kind)
    }

    /// A writer of a file that ``init(opening:kind:)`` opens.
    static func writer<Entry>(
        of type: Entry.Type, creating path: String, isDurable: Bool
    ) throws(RunError) -> EntryWriter<Entry> {
        try EntryWriter(
            creating: path,
            header: .init(magic: magic, stride: Entry.kind.stride, entriesPerBlock: entriesPerBlock(Entry.kind)),
            isDurable: isDurable)
    }
}

extension EntryWriter {
    /// Ends a file that ``EntryRun/writer(of:creating:isDurable:)`` began.
    consuming func finish() throws(RunError) {
        try finish { Array(EntryFooter(kind: Entry.kindName, count: $0).json.compactText.utf8) }
    }
}

/// Entries in memory, whatever they are.
private protocol HeldRun: Sendable {
    func write(to path: String, isDurable: Bool) throws(RunError)
}

extension HeldEntries: HeldRun {
    fileprivate func write(to path: String, isDurable: Bool) throws(RunError) {
        var writer = try EntryRun.writer(of: Entry.self, creating: path, isDurable: isDurable)
        for entry in entries { try writer.append(entry) }
        try writer.finish()
    }
}

/// What is behind the entries of a file.
private struct EntryFooter: JSONRecord {
    var kind = ""
    var count = 0

    static let blank = EntryFooter()
    static let fields: [JSONField<EntryFooter>] = [
        .init("format", constant: "datawall-entries"),
        .init("kind", \.kind, "The kind of the entries."),
        .init("entries", \.count, "How many there are.", .count),
    ]
}
