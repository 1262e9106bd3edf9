/// The document in a record of JSON lines, whose fields the scanner found.
///
/// The memory holds until the next scan.
struct RecordDocument {
    /// The record, without a byte order mark.
    let bytes: UnsafeBufferPointer<UInt8>
    /// Where it starts in the decompressed shard.
    let offset: Int
    /// The text, unescaped.
    let text: UnsafeBufferPointer<UInt8>
    /// Whether a condition leaves it out; then it may have no text.
    var isFiltered = false
}

extension UnsafeBufferPointer<UInt8> {
    /// Whether a record is blank.
    var isBlank: Bool { allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D } }

    /// The characters of a text in UTF-8, as Python counts them.
    var characterCount: Int { reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) } }
}

extension FieldScanner {
    /// The document in a record; `nil` for a blank one.
    mutating func document(
        in record: RecordReader.Record, limit: Int, attributes: [AttributeValue?] = []
    ) throws(RecordDamage) -> RecordDocument? {
        guard !record.isTooLong else {
            throw RecordDamage(
                kind: .recordTooLong, offset: record.offset,
                message: "the record is longer than \(limit) bytes and is left out; --max-record raises the limit")
        }
        let bytes = record.content
        guard !bytes.isBlank else { return nil }
        let offset = record.offset + record.bytes.count - bytes.count
        do throws(RecordFault) {
            try find(in: bytes)
        } catch {
            throw RecordDamage(
                kind: error.kind, offset: offset + error.offset, message: "the record is not JSON: \(error.reason)")
        }
        if let condition = selection.condition,
            try !condition.holds(
                at: record.offset,
                { field in
                    guard field < attributes.count, let value = attributes[field] else {
                        return further[field].conditionValue
                    }
                    return value.conditionValue(length: fields.text.map { $0.characterCount })
                })
        {
            let nothing = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
            return RecordDocument(bytes: bytes, offset: offset, text: nothing, isFiltered: true)
        }
        if let text = fields.text { return RecordDocument(bytes: bytes, offset: offset, text: text) }
        if let kind = fields.textKind {
            throw RecordDamage(
                kind: .textNotAString, offset: record.offset,
                message:
                    "\(kind.rawValue) is at the text key `\(selection.texts[fields.faultyText ?? 0])`, not a string"
                    + (selection.joinsTexts
                        ? " or a list of them" : kind == .array ? "; --text-key 'KEY[]' joins lists" : ""))
        }
        if selection.joinsTexts {
            throw RecordDamage(
                kind: .missingKey, offset: record.offset,
                message: "the record has no text at any of the text keys "
                    + selection.texts.map { "`\($0)`" }.joined(separator: ", "))
        }
        throw RecordDamage(
            kind: .missingKey, offset: record.offset,
            message: flatKey(in: bytes).map { flat in
                "the record has no key `\(selection.text)`, but one with a dot in its name: write "
                    + "--text-key '\(flat)'"
            } ?? "the record has no key `\(selection.text)`; --text-key names another"
                + (selection.text.keys.count > 1
                    ? "; lists on the way to it are entered where its keys end in [], as messages[].content" : ""))
    }

    /// The path to a key at the top of a record that is spelt as the text's whole path is, if there is one.
    private func flatKey(in record: UnsafeBufferPointer<UInt8>) -> FieldPath? {
        guard selection.text.keys.count > 1 else { return nil }
        let path = FieldPath(key: selection.text.keys.joined(separator: "."))
        var scanner = FieldScanner(FieldSelection(text: path))
        return (try? scanner.scan(record))?.textKind == nil ? nil : path
    }
}
