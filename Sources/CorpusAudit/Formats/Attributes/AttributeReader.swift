/// Reads the attributes of a shard's records, in step with them.
///
/// The first record of the file describes the first record of the shard, and so on; both name the same document (`id`).
final class AttributeReader {
    private let place: AttributePlace
    private var lines: RecordReader
    private var scanner: FieldScanner
    private let limit: Int
    /// The fields to read: the quality, then those of the condition.
    private let fields: [FieldPath]
    private let hasQuality: Bool
    /// Records read.
    private var recordsRead = 0
    /// The document's name in the current record; empty if it has none.
    private var identifier: [UInt8] = []
    /// Whether all records so far belong to the shard.
    private var isTheirs = true
    private(set) var values: [AttributeValue] = []

    /// Opens the attributes of a shard; `nil` if it has none.
    static func open(_ opening: ShardOpening) throws(StreamFault) -> AttributeReader? {
        guard let place = AttributePlace(opening.shard) else { return nil }
        let lines: RecordReader
        do throws(StreamFault) {
            lines = try RecordReader(
                try ShardStream(path: place.location, memory: opening.memory, stop: opening.stop),
                maximumLength: opening.maximumRecordBytes)
        } catch {
            if error.kind == .outOfMemory || error.kind == .stopped { throw error }
            throw StreamFault(
                kind: .missingAttributes,
                reason: "its attributes \(place.path) cannot be read (\(error.reason)); make them, or ask for others")
        }
        return AttributeReader(place, lines, opening)
    }

    private init(_ place: AttributePlace, _ lines: consuming RecordReader, _ opening: ShardOpening) {
        let selection = opening.shard.fields
        self.lines = lines
        hasQuality = selection.quality?.attributeName != nil
        let asked = (hasQuality ? [selection.quality].compactMap(\.self) : []) + (selection.condition?.fields ?? [])
        fields = asked
        // Tools put their own name in front of a key: NAME__key.
        let paths = asked.flatMap { path in
            guard path.attributeName != nil else { return [path, path] }
            let keys = Array(path.keys.dropFirst(2))
            let prefixed = ["\(place.name)__\(keys[0])"] + keys.dropFirst()
            return [FieldPath(keys: ["attributes"] + keys), FieldPath(keys: ["attributes"] + prefixed)]
        }
        scanner = FieldScanner(FieldSelection(text: FieldPath(key: "id"), source: FieldPath(key: "id")), values: paths)
        limit = opening.maximumRecordBytes
        self.place = place
    }

    /// Reads the attributes of the next record.
    ///
    /// Throws if there are none, or they cannot be read; then no later record can be matched.
    func next() throws(StreamFault) {
        var next = try lines.next()
        while let line = next, line.content.isBlank { next = try lines.next() }
        guard let line = next else { throw fault("they end after \(recordsRead) records, before the shard does") }
        recordsRead += 1
        let record: FieldValues
        do throws(RecordFault) {
            guard !line.isTooLong else { throw RecordFault(.recordTooLong, at: 0, "it is longer than \(limit) bytes") }
            record = try scanner.scan(line.content)
        } catch { throw fault("their record \(recordsRead - 1) is not JSON: \(error.reason)") }
        identifier = record.source.map(Array.init) ?? []
        values = fields.indices.map { index in
            let exact = AttributeValue(scanner.further[2 * index])
            return exact.isMissing ? AttributeValue(scanner.further[2 * index + 1]) : exact
        }
    }

    /// Throws where the current record names another document than the shard's.
    func check(_ other: UnsafeBufferPointer<UInt8>?) throws(StreamFault) {
        guard let other, !other.elementsEqual(identifier) else { return }
        throw fault(
            "their record \(recordsRead - 1) is of the document '\(shown(identifier))', the shard's of '\(shown(Array(other)))'"
        )
    }

    private func shown(_ bytes: [UInt8]) -> String { String(decoding: bytes.prefix(80), as: UTF8.self) }

    private func fault(_ reason: String) -> StreamFault {
        isTheirs = false
        return StreamFault(
            kind: .mismatchedAttributes,
            reason: "the attributes \(place.path) are not those of the shard: \(reason); make them again")
    }

    /// The value of the quality; `nil` if it is a field of the record itself.
    var quality: AttributeValue? { hasQuality ? values.first : nil }

    /// The values of the condition's fields; `nil` for those of the record itself.
    var conditionValues: [AttributeValue?] {
        zip(fields, values).dropFirst(hasQuality ? 1 : 0).map { $0.attributeName == nil ? nil : $1 }
    }

    /// The file, after it has been read to its end, with a note about unread lines.
    func finish() throws(StreamFault) -> (file: CompanionFile, note: ShardEnd.Note?) {
        var left = 0
        while let line = try lines.next() { left += line.content.isBlank ? 0 : 1 }
        let end = try lines.finish()
        let note =
            left == 0 || !isTheirs
            ? nil
            : ShardEnd.Note(
                kind: .mismatchedAttributes, offset: nil,
                reason: "the attributes \(place.path) have \(left) records more than the shard: make them again")
        return (CompanionFile(path: place.path, identity: end.identity, digest: end.digest), note)
    }
}
