/// Reads JSON lines: a record a line.
struct JSONLinesReader: DocumentReader, ~Copyable {
    static let unit = DocumentUnit.records

    private var lines: RecordReader
    private var records: RecordInterpreter

    init(_ opening: ShardOpening) throws(StreamFault) {
        lines = try RecordReader(
            try opening.stream(.records), maximumLength: opening.maximumRecordBytes, after: opening.part)
        records = RecordInterpreter(opening)
    }

    var recordsRead: Int { lines.recordsRead }
    var offset: Int { lines.offset }
    var bytesRead: Int { lines.bytesRead }
    var head: [UInt8] { lines.head }
    var damage: [RecordDamage] { records.damage }

    mutating func next() throws(StreamFault) -> DocumentRecord? {
        guard let line = try lines.next() else { return nil }
        return records.interpret(line)
    }

    func place(ofText offset: Int) -> Int? { records.place(ofText: offset) }

    func rawRecord() -> RawRecord? { records.rawRecord }

    mutating func finish() throws(StreamFault) -> ShardEnd { try lines.finish() }
}
