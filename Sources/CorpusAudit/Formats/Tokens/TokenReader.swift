/// Reads a shard of token ids: ids are counted as they are, and a document is known by its bytes.
///
/// Ids of another width are other bytes: the same text in a `uint16` and in an `int32` shard is not found to repeat.
struct TokenReader<Documents: TokenDocumentSource & ~Copyable>: DocumentReader, ~Copyable {
    static var unit: DocumentUnit { .documents }

    private var documents: Documents
    /// The index that is read next to the shard, with its location.
    private let index: (file: CompanionFile, location: String)?
    /// How many documents a scan before this one has taken.
    private let known: Int
    /// The advice for a document that is too long.
    private let advice: String
    private(set) var recordsRead = 0
    private(set) var damage: [RecordDamage] = []

    init(
        _ documents: consuming Documents, opening: ShardOpening, index: (file: CompanionFile, location: String)? = nil,
        advice: String = ""
    ) {
        self.documents = documents
        self.index = index
        self.advice = advice
        known = opening.part?.records ?? 0
    }

    var offset: Int { documents.bytesRead }
    var bytesRead: Int { documents.bytesRead }
    /// Ids say nothing of their format.
    var head: [UInt8] { [] }
    var companion: CompanionFile? { index?.file }

    mutating func next() throws(StreamFault) -> DocumentRecord? {
        while true {
            damage = []
            guard var document = try documents.next() else { return nil }
            recordsRead += 1
            guard recordsRead > known else { continue }
            var found = DocumentRecord(index: recordsRead - 1, offset: document.offset)
            guard document.bytes <= UnitRecord.maximumBytes else {
                let reason =
                    "the document has \(document.bytes) bytes, more than the 4 GiB a unit may have, and is left out"
                damage = [RecordDamage(kind: .recordTooLong, offset: document.offset, message: reason + advice)]
                return found
            }
            document.ids = document.bytes / documents.width
            found.document = Document(tokens: document)
            return found
        }
    }

    func place(ofText offset: Int) -> Int? { nil }

    /// Samples copy ids in pieces: ``ShardSampler/sampleTokens(into:_:)``.
    func rawRecord() -> RawRecord? { nil }

    mutating func finish() throws(StreamFault) -> ShardEnd {
        let end = try documents.finish()
        if let index, FileIdentity(path: index.location) != index.file.identity {
            throw StreamFault(kind: .changedInput, reason: "the index changed while it was read")
        }
        return end
    }
}
