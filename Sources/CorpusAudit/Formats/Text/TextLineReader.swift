/// Reads text whose lines are documents.
struct TextLineReader: DocumentReader, ~Copyable {
    static let unit = DocumentUnit.lines

    private var lines: RecordReader
    private let limit: Int
    private(set) var damage: [RecordDamage] = []
    private var line = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    private var textStart = 0

    init(_ opening: ShardOpening) throws(StreamFault) {
        lines = try RecordReader(
            try opening.stream(.text), maximumLength: opening.maximumRecordBytes, after: opening.part,
            memory: opening.window)
        limit = opening.maximumRecordBytes
    }

    var recordsRead: Int { lines.recordsRead }
    var offset: Int { lines.offset }
    var bytesRead: Int { lines.bytesRead }
    var head: [UInt8] { lines.head }

    mutating func next() throws(StreamFault) -> DocumentRecord? {
        if !damage.isEmpty { damage.removeAll(keepingCapacity: true) }
        guard let record = try lines.next() else { return nil }
        var found = DocumentRecord(index: record.index, offset: record.offset)
        // A file with only a byte order mark has no line, like an empty file.
        if lines.bytesRead == ByteOrderMark.bytes.count, record.bytes.elementsEqual(ByteOrderMark.bytes) {
            return found
        }
        guard !record.isTooLong else {
            damage.append(.tooLong(at: record.offset, limit: limit))
            return found
        }
        line = record.bytes
        textStart = record.offset + record.bytes.count - record.content.count
        if record.index > 0, textStart > record.offset { damage.append(.innerMark(at: record.offset)) }
        found.document = Document(text: record.text)
        return found
    }

    func place(ofText offset: Int) -> Int? { textStart + offset }

    /// The line as it is; `nil` for a blank one.
    func rawRecord() -> RawRecord? {
        let text = line.last == UInt8(ascii: "\r") ? line.count - 1 : line.count
        let mark = line.starts(with: ByteOrderMark.bytes) ? ByteOrderMark.bytes.count : 0
        return text > mark ? RawRecord(bytes: line, suffix: "txt", isLine: true) : nil
    }

    mutating func finish() throws(StreamFault) -> ShardEnd { try lines.finish() }
}

extension RecordDamage {
    /// The damage of a text that is longer than the limit; `advice` names alternatives to raising it.
    static func tooLong(at offset: Int?, limit: Int, advice: String = "") -> RecordDamage {
        RecordDamage(
            kind: .recordTooLong, offset: offset,
            message: "the document is longer than \(limit) bytes and is left out; --max-record raises the limit"
                + advice)
    }
}
