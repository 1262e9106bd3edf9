import ParquetReading

/// Reads the rows of a Parquet file, row group by row group.
///
/// A scan resumes at the start of a row group. Damage costs the rest of its row group.
struct ParquetDocumentReader: DocumentReader, ~Copyable {
    static let unit = DocumentUnit.records

    /// The open file, which is read once more for its digest at the end.
    private var bytes: ByteSource
    private let fileBytes: Int
    private let file: ParquetFile
    private let reader: ParquetReader
    private let fields: ParquetFields
    private let opening: ShardOpening
    let layout: ShardLayout?

    /// The next row group to read, and the end of those to read.
    private var nextGroup: Int
    private let endGroup: Int
    /// The row after the current row group.
    private var groupEnd = 0
    /// The first row to read; an earlier scan took the rows before it.
    private let firstRow: Int
    /// The rows in memory.
    ///
    /// Texts are pointers into it, so it is kept, with its memory, until it is replaced.
    private var batch: ParquetBatch?
    private var rowsTaken = 0

    private(set) var recordsRead: Int
    /// The bytes of texts before the current row group, or before the next one between two groups.
    private(set) var offset: Int
    private(set) var bytesRead: Int
    private var bytesReported = 0
    private(set) var damage: [RecordDamage] = []
    /// A source that is a number, in digits.
    private var digits = GrowingBuffer()
    private var line = GrowingBuffer()
    /// A text that is joined from several columns.
    private var joined = GrowingBuffer()

    init(_ opening: ShardOpening) throws(StreamFault) {
        guard !opening.shard.isStream else {
            throw StreamFault(kind: .unreadFormat, reason: SkipKind.parquet.reason)
        }
        let bytes = try opening.source(nil)
        let fileBytes = FileIdentity(descriptor: bytes.descriptor)?.bytes ?? 0
        guard fileBytes > 0 else {
            throw StreamFault(kind: .emptyFile, reason: "the file is empty")
        }
        let file: ParquetFile
        let reader: ParquetReader
        let fields: ParquetFields
        let prepared = opening.division?.prepared as? PreparedParquet
        if let prepared, let division = opening.division {
            // The rows come from the file that was divided, the identity from this one.
            guard try bytes.unchangedIdentity().hasSameContent(as: division.identity) else {
                throw StreamFault(kind: .changedInput, reason: "the file changed while it was read")
            }
            (file, fields) = (prepared.file, prepared.fields)
        } else {
            do throws(ParquetError) {
                file = try ParquetFile(try ParquetSource(descriptor: bytes.descriptor))
            } catch { throw StreamFault(error) }
            fields = try ParquetFields(opening, of: file)
        }
        do throws(ParquetError) {
            reader = try ParquetReader(file, columns: fields.columns)
        } catch { throw StreamFault(error) }
        self.bytes = bytes
        self.fileBytes = fileBytes
        self.file = file
        self.reader = reader
        self.fields = fields
        self.opening = opening
        layout = prepared?.layout ?? ShardLayout(of: file, text: fields.text)
        let groups = file.rowGroups
        let pieceRow = opening.piece.map { $0.isDigest ? file.rowCount : groups[$0.first].firstRow }
        let firstRow = pieceRow ?? opening.part?.records ?? 0
        self.firstRow = firstRow
        recordsRead = firstRow
        offset = opening.part?.offset ?? 0
        bytesRead = offset
        nextGroup =
            opening.piece?.first
            ?? groups.firstIndex { $0.firstRow + $0.rowCount > firstRow } ?? groups.count
        endGroup = opening.piece?.end ?? groups.count
        if opening.piece != nil { bytesReported = share(ofRows: firstRow) }
    }

    /// A file is looked at before it is opened.
    var head: [UInt8] { [] }

    // MARK: Rows

    mutating func next() throws(StreamFault) -> DocumentRecord? {
        if !damage.isEmpty { damage.removeAll(keepingCapacity: true) }
        while rowsTaken == batch?.count ?? 0 {
            switch try nextBatch() {
            case .rows: continue
            case .damage(let record): return record
            case .end: return nil
            }
        }
        guard let batch else { return nil }
        let row = rowsTaken
        rowsTaken += 1
        recordsRead = batch.firstRow + rowsTaken
        defer { if recordsRead == groupEnd { offset = bytesRead } }
        return document(at: row, of: batch)
    }

    private enum Step {
        case rows
        case damage(DocumentRecord)
        case end
    }

    /// Reads the next batch, beginning row groups on the way.
    private mutating func nextBatch() throws(StreamFault) -> Step {
        try bytes.checkMayGoOn()
        // The reader reuses the memory of batches that nobody keeps.
        self.batch = nil
        rowsTaken = 0
        var batch: ParquetBatch?
        do throws(ParquetError) {
            batch = try reader.next()
            if batch == nil {
                guard nextGroup < endGroup else { return .end }
                let group = file.rowGroups[nextGroup]
                nextGroup += 1
                groupEnd = group.firstRow + group.rowCount
                try reader.start(group)
                return .rows
            }
        } catch {
            return .damage(try lose(error))
        }
        self.batch = batch
        guard let batch else { return .end }
        // An earlier scan took the rows before the first one to read.
        rowsTaken = min(batch.count, max(0, firstRow - batch.firstRow))
        reportProgress(rows: batch.firstRow + batch.count)
        return .rows
    }

    /// Passes over the rest of a row group that is damaged.
    private mutating func lose(_ error: ParquetError) throws(StreamFault) -> DocumentRecord {
        let kind = ProblemKind(error)
        guard !kind.isOfTheMachine else { throw StreamFault(error) }
        let group = file.rowGroups[nextGroup - 1]
        let first = max(error.row ?? recordsRead, group.firstRow, firstRow)
        damage = [
            RecordDamage(
                kind: kind, offset: nil,
                message: "\(error); the last \(groupEnd - first) of the \(group.rowCount) rows of this row group are "
                    + "left out")
        ]
        recordsRead = groupEnd
        offset = bytesRead
        return DocumentRecord(index: first, offset: nil)
    }

    /// Reports the file's bytes for the rows read, in proportion.
    private mutating func reportProgress(rows: Int) {
        let reached = share(ofRows: rows)
        opening.progress?.add(bytes: reached - bytesReported)
        bytesReported = reached
    }

    /// The share of the file's bytes that some rows have.
    private func share(ofRows rows: Int) -> Int {
        Int(Double(rows) / Double(max(1, file.rowCount)) * Double(fileBytes))
    }

    // MARK: Documents

    private mutating func document(at row: Int, of batch: ParquetBatch) -> DocumentRecord {
        var found = DocumentRecord(index: batch.firstRow + row, offset: nil)
        if let condition = opening.shard.fields.condition {
            do throws(RecordDamage) {
                let holds = try condition.holds(at: nil) { field in
                    Self.conditionValue(batch.columns[fields.conditionPlaces[field]], at: row)
                }
                if !holds {
                    found.document = Document(
                        source: fields.sourcePlace.flatMap { source(batch.columns[$0], at: row) }, isFiltered: true)
                    return found
                }
            } catch {
                damage = [error]
                return found
            }
        }
        guard
            let text = fields.furtherTextPlaces.isEmpty
                ? Self.text(batch.columns[fields.textPlace], at: row) : joinedText(at: row, of: batch)
        else {
            damage = [
                RecordDamage(
                    kind: .missingKey, offset: nil,
                    message: "the text column '\(fields.text.path)' is null in this row")
            ]
            return found
        }
        bytesRead += text.count
        guard text.count <= opening.maximumRecordBytes else {
            damage = [.tooLong(at: nil, limit: opening.maximumRecordBytes)]
            return found
        }
        found.document = Document(
            text: text, source: fields.sourcePlace.flatMap { source(batch.columns[$0], at: row) },
            score: fields.qualityPlace.map { Self.score(batch.columns[$0], at: row) } ?? .unasked)
        return found
    }

    /// The texts of several columns, joined by line feeds; null texts are skipped.
    private mutating func joinedText(at row: Int, of batch: ParquetBatch) -> UnsafeBufferPointer<UInt8>? {
        let texts = ([fields.textPlace] + fields.furtherTextPlaces).compactMap { Self.text(batch.columns[$0], at: row) }
        guard texts.count != 1 else { return texts[0] }
        joined.removeAll()
        for (index, text) in texts.enumerated() {
            if index > 0 { guard (try? joined.append("\n")) != nil else { return nil } }
            guard (try? joined.append(UnsafeRawBufferPointer(text))) != nil else { return nil }
        }
        return texts.isEmpty ? nil : joined.bytes
    }

    private static func conditionValue(_ values: ParquetValues, at row: Int) -> RecordCondition.Value {
        switch values {
        case .texts:
            guard let text = text(values, at: row) else { return .missing }
            if JSONNumber.isSpelt(text), let number = JSONNumber.conditionValue(of: text) { return number }
            return .text(String(decoding: text, as: UTF8.self))
        case .scalars(let scalars):
            guard let scalar = scalars[row] else { return .missing }
            switch scalar {
            case .boolean(let value): return .text(value ? "true" : "false")
            case .integer(let value) where value.magnitude >= 1 << 53: return .integer(Int128(value))
            case .unsignedInteger(let value) where value >= 1 << 53: return .integer(Int128(value))
            default: break
            }
            return scalar.number.isFinite ? .number(scalar.number) : .missing
        }
    }

    private static func text(_ values: ParquetValues, at row: Int) -> UnsafeBufferPointer<UInt8>? {
        guard case .texts(let texts) = values, let range = texts.range(at: row) else { return nil }
        // The pointer outlives the closure and not the batch, which keeps the memory.
        return texts.withBuffer { UnsafeBufferPointer(rebasing: $0.bindMemory(to: UInt8.self)[range]) }
    }

    private mutating func source(_ values: ParquetValues, at row: Int) -> UnsafeBufferPointer<UInt8>? {
        guard case .scalars(let scalars) = values else { return Self.text(values, at: row) }
        guard let scalar = scalars[row] else { return nil }
        digits.removeAll()
        guard (try? digits.append(scalar.description)) != nil else { return nil }
        return digits.bytes
    }

    private static func score(_ values: ParquetValues, at row: Int) -> Document.Score {
        switch values {
        case .texts:
            guard let text = text(values, at: row) else { return .missing }
            return JSONNumber.value(of: text).map { .value($0) } ?? .missing
        case .scalars(let scalars):
            guard let score = scalars[row]?.number else { return .missing }
            return score.isFinite ? .value(score) : .nonFinite
        }
    }

    func place(ofText offset: Int) -> Int? { nil }

    /// The row as a record of JSON lines.
    mutating func rawRecord() throws(StreamFault) -> RawRecord? {
        guard let batch, rowsTaken > 0, let writer = fields.writer else { return nil }
        line.removeAll()
        try line.append(writer.record(at: rowsTaken - 1, of: batch))
        return RawRecord(bytes: line.bytes, suffix: "jsonl", isLine: true)
    }

    /// Identity and digest of the whole file, which is read through once more for them; of a piece only the identity.
    mutating func finish() throws(StreamFault) -> ShardEnd {
        if let piece = opening.piece, !piece.isDigest {
            return ShardEnd(identity: try bytes.unchangedIdentity(), digest: .zero)
        }
        let buffer = try OwnedBuffer(byteCount: 1 << 20)
        while try bytes.read(into: buffer.bytes) > 0 {}
        var end = ShardEnd(identity: try bytes.finalIdentity(), digest: bytes.digestValue())
        if let leftOut = fields.writer?.leftOut, !leftOut.isEmpty {
            end.notes.append(
                ShardEnd.Note(
                    kind: .columnsLeftOut,
                    reason: "a line of JSON has no place for \(leftOut.count == 1 ? "the column" : "the columns") "
                        + "\(leftOut.joined(separator: ", ")); the others are written"))
        }
        return end
    }
}

extension ParquetScalar {
    /// The value as a number; truth values are 0 and 1.
    fileprivate var number: Double {
        switch self {
        case .integer(let value): Double(value)
        case .unsignedInteger(let value): Double(value)
        case .float(let value): Double(value)
        case .double(let value): value
        case .boolean(let value): value ? 1 : 0
        }
    }
}
