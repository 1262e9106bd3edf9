import UnicodeText

/// Turns JSON records into documents: finds their fields, and says what is damaged or was repaired.
struct RecordInterpreter: ~Copyable {
    private var scanner: FieldScanner
    private let limit: Int
    private(set) var damage: [RecordDamage] = []

    // The last document: its record without a byte order mark, where that starts, and where its text does.
    private var bytes = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    private var start = 0
    private var textStart = 0

    /// What attributes next to the shard say of the next record: its quality, and the values of the condition's fields.
    private var attributeQuality: AttributeValue?
    private var attributes: [AttributeValue?] = []

    init(_ opening: ShardOpening, readsIdentifiers: Bool = false) {
        scanner = FieldScanner(
            opening.shard.fields, values: readsIdentifiers ? [FieldPath(key: "id")] : [], memory: opening.window.text)
        limit = opening.maximumRecordBytes
    }

    /// The last document's record.
    var rawRecord: RawRecord { RawRecord(bytes: bytes, suffix: "jsonl", isLine: true) }

    /// Takes what attributes say of the next record.
    mutating func describe(quality: AttributeValue?, condition: [AttributeValue?]) {
        attributeQuality = quality
        attributes = condition
    }

    /// The name of the last document, a string or a number, where they are read; `nil` where it has none.
    var identifier: UnsafeBufferPointer<UInt8>? {
        let field = scanner.further[scanner.selection.condition?.fields.count ?? 0]
        return field.kind == .string || field.kind == .number ? field.value : nil
    }

    /// Where the fault of the last document's text is: the text is unescaped, so it is sought again in the bytes that
    /// it was read from.
    func place(ofText offset: Int) -> Int { start + (UTF8Check.firstFault(bytes) ?? textStart) }

    /// The end of a line that is a record; see ``FieldScanner/scanLine(_:before:)``.
    mutating func scanLine(
        _ place: UnsafePointer<UInt8>, before limit: UnsafePointer<UInt8>
    ) -> UnsafePointer<UInt8>? {
        scanner.scanLine(place, before: limit)
    }

    /// The document of a record; the record is padded as ``FieldScanner/scan(_:)`` asks.
    @inline(__always)
    mutating func interpret(_ record: RecordReader.Record) -> DocumentRecord {
        if !damage.isEmpty { damage.removeAll(keepingCapacity: true) }
        var found = DocumentRecord(index: record.index, offset: record.offset)
        let document: RecordDocument?
        do throws(RecordDamage) {
            document = try scanner.document(in: record, limit: limit, attributes: attributes)
        } catch {
            damage.append(error)
            return found
        }
        guard let document else { return found }
        bytes = document.bytes
        start = document.offset
        textStart = scanner.fields.textOffset
        if scanner.fields.hasNotes { note(scanner.fields) }
        if record.index > 0, bytes.count < record.bytes.count { damage.append(.innerMark(at: record.offset)) }
        let score = scanner.selection.quality == nil || document.isFiltered ? .unasked : score(scanner.fields, record)
        found.document = Document(
            text: document.text, isASCII: scanner.fields.textIsASCII, source: scanner.fields.source, score: score,
            isFiltered: document.isFiltered)
        return found
    }

    private mutating func note(_ fields: FieldValues) {
        if let offset = fields.duplicateKeyOffset {
            note(.duplicateKey, at: start + offset, "a key occurs twice; the last one counts")
        }
        if let offset = fields.loneSurrogateOffset {
            note(
                .loneSurrogate, at: start + offset, "half of a surrogate pair in an escape; it counts as U+FFFD")
        }
        if let offset = fields.nonFiniteOffset {
            note(
                .nonFiniteNumber, at: start + offset,
                "NaN or an infinity, which JSON does not have, in a field that is not read; the record counts")
        }
    }

    private mutating func note(_ kind: ProblemKind, at offset: Int, _ message: String) {
        damage.append(RecordDamage(kind: kind, offset: offset, message: message))
    }

    private mutating func score(_ fields: FieldValues, _ record: RecordReader.Record) -> Document.Score {
        if let attributeQuality {
            switch attributeQuality.conditionValue(length: fields.text?.characterCount) {
            case .number(let score): return .value(score)
            case .integer(let score): return .value(Double(score))
            case .missing: return .missing
            case .text(let word):
                note(.unusableAttribute, at: record.offset, "the attribute is '\(word.prefix(80))', no number")
            case .other(let what): note(.unusableAttribute, at: record.offset, "the attribute has \(what)")
            }
            return .missing
        }
        guard let raw = fields.quality else { return .missing }
        if let score = JSONNumber.value(of: raw) { return .value(score) }
        return ["NaN", "Infinity", "-Infinity"].contains(String(decoding: raw, as: UTF8.self)) ? .nonFinite : .missing
    }
}

extension RecordDamage {
    /// A record that is not the first has a byte order mark.
    static func innerMark(at offset: Int) -> RecordDamage {
        RecordDamage(
            kind: .innerByteOrderMark, offset: offset,
            message: "a byte order mark in front of the record is ignored; files with one each were joined")
    }
}
