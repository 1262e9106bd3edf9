/// Reads JSON lines: a record a line.
struct JSONLinesReader: DocumentReader, ~Copyable {
    static let unit = DocumentUnit.records

    private var lines: RecordReader
    private var records: RecordInterpreter
    /// The attributes next to the shard, where a field asks for them.
    private let attributes: AttributeReader?
    private let hasAttributes: Bool
    private(set) var companion: CompanionFile?
    /// Where the record starts whose attributes are another document's, once one was read: it does not count.
    private var mismatchedOffset: Int?

    init(_ opening: ShardOpening) throws(StreamFault) {
        let attributes = try AttributeReader.open(opening)
        let stream: ShardStream
        do throws(StreamFault) {
            stream = try opening.stream(.records)
        } catch {
            // An empty shard has attributes of no record.
            guard error.kind == .emptyFile, let left = try attributes?.finish().note else { throw error }
            throw StreamFault(kind: left.kind, reason: left.reason)
        }
        lines = try RecordReader(
            stream, maximumLength: opening.maximumRecordBytes, after: opening.part,
            memory: opening.window)
        self.attributes = attributes
        hasAttributes = attributes != nil
        records = RecordInterpreter(opening, readsIdentifiers: hasAttributes)
    }

    var recordsRead: Int { lines.recordsRead - (mismatchedOffset == nil ? 0 : 1) }
    // A scan that goes on within a shard would have to find the place in its attributes, too.
    var offset: Int { hasAttributes ? 0 : lines.offset }
    var bytesRead: Int { mismatchedOffset ?? lines.bytesRead }
    var head: [UInt8] { lines.head }
    var damage: [RecordDamage] { records.damage }

    mutating func next() throws(StreamFault) -> DocumentRecord? {
        if !hasAttributes, let open = lines.openLine, let end = records.scanLine(open.start, before: open.limit) {
            return records.interpret(lines.takeLine(endingAt: end))
        }
        guard let line = try lines.next() else { return nil }
        return hasAttributes && !line.content.isBlank ? try interpretDescribed(line) : records.interpret(line)
    }

    /// Interprets a record with its attributes, which must be those of the same document.
    private mutating func interpretDescribed(_ line: RecordReader.Record) throws(StreamFault) -> DocumentRecord {
        do throws(StreamFault) {
            try attributes?.next()
            records.describe(quality: attributes?.quality, condition: attributes?.conditionValues ?? [])
            let found = records.interpret(line)
            // A damaged record may have no name to compare.
            if found.document != nil { try attributes?.check(records.identifier) }
            return found
        } catch {
            mismatchedOffset = line.offset
            throw error
        }
    }

    func place(ofText offset: Int) -> Int? { records.place(ofText: offset) }

    func rawRecord() -> RawRecord? { records.rawRecord }

    mutating func finish() throws(StreamFault) -> ShardEnd {
        var end = try lines.finish()
        if let found = try attributes?.finish() {
            companion = found.file
            if let note = found.note { end.notes.append(note) }
        }
        return end
    }
}
