/// Reads text whose file is one document.
struct TextFileReader: DocumentReader, ~Copyable {
    static let unit = DocumentUnit.file

    private var stream: ShardStream
    private let limit: Int
    /// The file with its byte order mark and the NUL bytes at its end.
    private var file = GrowingBuffer()
    private var padding = 0
    private(set) var damage: [RecordDamage] = []
    private(set) var recordsRead = 0

    init(_ opening: ShardOpening) throws(StreamFault) {
        stream = try opening.stream(.text)
        limit = opening.maximumRecordBytes
    }

    /// A scan cannot resume within the file.
    var offset: Int { 0 }
    var bytesRead: Int { file.bytes.count }
    var head: [UInt8] { Array(file.bytes.prefix(FileHead.length)) }

    private var text: UnsafeBufferPointer<UInt8> {
        ByteOrderMark.removed(from: UnsafeBufferPointer(rebasing: file.bytes.dropLast(padding)))
    }

    mutating func next() throws(StreamFault) -> DocumentRecord? {
        guard recordsRead == 0 else { return nil }
        let isWithinLimit = try stream.read(all: &file, limit: limit)
        recordsRead = 1
        guard isWithinLimit else {
            damage = [
                .tooLong(at: 0, limit: limit, advice: ", --txt-document line makes a document of each line")
            ]
            return DocumentRecord(index: 0, offset: 0)
        }
        padding = file.bytes.count - NULPadding.removed(from: file.bytes).count
        return DocumentRecord(index: 0, offset: 0, document: Document(text: text))
    }

    func place(ofText offset: Int) -> Int? {
        file.bytes.count - padding - text.count + offset
    }

    /// The whole file.
    func rawRecord() -> RawRecord? { RawRecord(bytes: file.bytes, suffix: "txt", isLine: false) }

    mutating func finish() throws(StreamFault) -> ShardEnd {
        var end = try stream.finish()
        if padding > 0 { end.notes.append(NULPadding.note(padding, of: file.bytes.count)) }
        return end
    }
}
