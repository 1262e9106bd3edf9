/// Reads one shard record by record into a collector.
///
/// This is the hot path: a shard's bytes are decompressed into a window, cut into lines, scanned for their fields,
/// unescaped, hashed and counted without leaving this module.
struct ShardScanner: ~Copyable {
    private let options: AuditOptions
    private let collector: UnitCollector
    private let shard: Shard
    private let commits: ScanCommits
    /// What was read of the shard before, if a part of it was.
    private let part: ShardPart?
    private var intake: ShardIntake
    private var sources: SourceShares

    init(_ shard: Shard, options: AuditOptions, collector: UnitCollector, commits: ScanCommits) {
        self.shard = shard
        self.options = options
        self.collector = collector
        self.commits = commits
        part = commits.begin(shard)
        intake = ShardIntake(shard.path, options: options, collector: collector, after: part)
        sources = SourceShares(default: shard.source)
    }

    /// Reads the shard to its end or to damage that ends it; damage is reported, not thrown.
    ///
    /// Throws ``CorpusError/damaged(_:)`` at the first problem of a strict audit, and ``RunError`` where runs cannot be
    /// written.
    consuming func scan() throws -> ShardReport {
        let stream: ShardStream
        do throws(StreamFault) {
            stream = try ShardStream(path: shard.location, memory: options.memory, progress: collector.progress)
        } catch {
            try intake.note(error.kind, record: nil, at: nil, error.reason)
            return intake.report(ofUnread: shard, isEmpty: error.kind == .emptyFile)
        }
        var reader = RecordReader(stream, maximumLength: options.maximumRecordBytes, after: part)
        var scanner = FieldScanner(shard.fields)
        reading: while true {
            try commits.look(at: reader.offset) {
                intake.part(of: shard, records: reader.recordsRead, offset: reader.offset)
            }
            let next: RecordReader.Record?
            do throws(StreamFault) {
                next = try reader.next()
            } catch {
                try intake.note(
                    error.kind, record: reader.recordsRead, at: reader.bytesRead,
                    "\(error.reason); the \(reader.recordsRead) records before it count")
                break reading
            }
            guard let record = next else { break reading }
            if record.isTooLong {
                try intake.note(
                    .recordTooLong, record: record.index, at: record.offset,
                    "the record is longer than \(options.maximumRecordBytes) bytes and is left out; "
                        + "--max-record raises the limit")
            } else {
                try take(record, &scanner)
            }
        }
        let identity: (FileIdentity, Fingerprint)?
        do throws(StreamFault) {
            identity = try reader.finish()
        } catch {
            try intake.note(error.kind, record: nil, at: reader.bytesRead, error.reason)
            identity = nil
        }
        return intake.report(of: shard, file: identity)
    }

    private mutating func take(_ record: RecordReader.Record, _ scanner: inout FieldScanner) throws {
        let bytes = record.index == 0 ? ShardIntake.withoutByteOrderMark(record.bytes) : record.bytes
        guard !isBlank(bytes) else { return }
        let skipped = record.bytes.count - bytes.count
        func place(_ offset: Int) -> Int { record.offset + skipped + offset }

        let fields: FieldValues
        do throws(RecordFault) {
            fields = try scanner.scan(bytes)
        } catch {
            return try intake.note(
                error.kind, record: record.index, at: place(error.offset), "the record is not JSON: \(error.reason)")
        }
        guard let text = fields.text else {
            let path = shard.fields.text
            if let kind = fields.textKind {
                return try intake.note(
                    .textNotAString, record: record.index, at: record.offset,
                    "\(kind.rawValue) stands at the text key `\(path)`, not a string")
            }
            return try intake.note(
                .missingKey, record: record.index, at: record.offset,
                "the record has no key `\(path)`; --text-key names another")
        }
        if let offset = fields.duplicateKeyOffset {
            try intake.note(
                .duplicateKey, record: record.index, at: place(offset), "a key stands twice; the last one counts")
        }
        if let offset = fields.loneSurrogateOffset {
            try intake.note(
                .loneSurrogate, record: record.index, at: place(offset),
                "half of a surrogate pair in an escape; it counts as U+FFFD")
        }
        let quality = try quality(fields, record)
        let share = try share(fields, record)
        // The text lies unescaped: where it is no UTF-8 is sought again in the bytes it was read from.
        try intake.take(
            text, isASCII: fields.textIsASCII, share: share, quality: quality, position: record.index
        ) { _ in place(UTF8Validation.firstInvalidOffset(bytes) ?? fields.textOffset) }
    }

    // MARK: Fields

    private mutating func quality(_ fields: FieldValues, _ record: RecordReader.Record) throws -> QualityWeight {
        guard let path = shard.fields.quality else { return .one }
        guard let raw = fields.quality, let score = JSONNumber.value(of: raw) else {
            try intake.note(
                .missingQuality, record: record.index, at: record.offset,
                "no number stands at the quality key `\(path)`; the record counts with quality 1")
            return .one
        }
        let weight = shard.fields.qualityMap?.weight(of: score) ?? score
        guard let quality = QualityWeight(weight) else {
            try intake.note(
                .missingQuality, record: record.index, at: record.offset,
                "the quality \(weight) is not from 0 to 16.777215; the record counts with quality 1 "
                    + "(--quality-map turns scores into weights)")
            return .one
        }
        return quality
    }

    private mutating func share(_ fields: FieldValues, _ record: RecordReader.Record) throws -> Int {
        guard let path = shard.fields.source else { return sources.defaultShare(in: collector) }
        guard let name = fields.source, !name.isEmpty else {
            try intake.note(
                .missingSource, record: record.index, at: record.offset,
                "no name stands at the source key `\(path)`; the record counts for source `\(shard.source)`")
            return sources.defaultShare(in: collector)
        }
        return sources.share(named: name, in: collector)
    }

    @inline(__always)
    private func isBlank(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        bytes.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
    }
}

/// Remembers the source of the last record, since neighbours mostly share one.
private struct SourceShares {
    private let defaultSource: String
    private var defaultNumber: Int?
    private var lastName: [UInt8] = []
    private var lastNumber = -1

    init(default source: String) { defaultSource = source }

    mutating func defaultShare(in collector: UnitCollector) -> Int {
        if let defaultNumber { return defaultNumber }
        let number = collector.share(of: defaultSource)
        defaultNumber = number
        return number
    }

    mutating func share(named name: UnsafeBufferPointer<UInt8>, in collector: UnitCollector) -> Int {
        if lastNumber >= 0, name.elementsEqual(lastName) { return lastNumber }
        lastName = Array(name)
        lastNumber = collector.share(of: String(decoding: name, as: UTF8.self))
        return lastNumber
    }
}
