extension ShardFormat {
    /// One JSON array of objects, the text at a key.
    public static let jsonArray = ShardFormat("json-array", .records, of: JSONLinesEntry()) {
        opening throws(StreamFault) in
        try JSONArrayReader(opening)
    }
}

/// Reads one JSON array of objects: an element is a record, and its number in the array is the record's.
///
/// One element is in memory at a time. An element may go over several lines; its line ends outside strings become
/// blanks, so that it can be scanned, and copied, as a record of JSON lines.
struct JSONArrayReader: DocumentReader, ~Copyable {
    static let unit = DocumentUnit.records

    private var elements: JSONArrayElements
    private var records: RecordInterpreter

    init(_ opening: ShardOpening) throws(StreamFault) {
        if let place = AttributePlace(opening.shard) {
            throw StreamFault(
                kind: .missingAttributes,
                reason:
                    "attributes (\(place.path)) describe JSON lines, and this is one array: convert it (jq -c '.[]')")
        }
        elements = try JSONArrayElements(
            try opening.stream(.text), maximumLength: opening.maximumRecordBytes, after: opening.part)
        records = RecordInterpreter(opening)
    }

    var recordsRead: Int { elements.elementsRead }
    var offset: Int { elements.offset }
    var bytesRead: Int { elements.bytesRead }
    var head: [UInt8] { [] }
    var damage: [RecordDamage] {
        elements.missingCommas.map { place in
            RecordDamage(
                kind: .badJSON, offset: place, message: "a comma is missing between two elements of the array")
        } + records.damage
    }

    mutating func next() throws(StreamFault) -> DocumentRecord? {
        guard let element = try elements.next() else { return nil }
        return records.interpret(element)
    }

    func place(ofText offset: Int) -> Int? { records.place(ofText: offset) }

    func rawRecord() -> RawRecord? { records.rawRecord }

    mutating func finish() throws(StreamFault) -> ShardEnd { try elements.finish() }
}
