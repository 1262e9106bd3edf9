import UnicodeText

/// Reads one shard record by record into a collector.
///
/// This is the hot path: a shard's bytes are decompressed into a window, cut into lines, scanned for their fields,
/// unescaped, hashed and counted without leaving this module.
struct ShardScanner: ~Copyable {
    private let options: AuditOptions
    private let collector: UnitCollector
    private var intake: ShardIntake
    private var sources: SourceShares

    init(_ shard: Shard, options: AuditOptions, collector: UnitCollector, commits: ScanCommits) {
        self.options = options
        self.collector = collector
        intake = ShardIntake(shard, options: options, collector: collector, commits: commits)
        sources = SourceShares(default: shard.source)
    }

    private var shard: Shard { intake.shard }

    /// Reads the shard to its end or to damage that ends it; damage is reported, not thrown.
    ///
    /// Throws ``CorpusError/damaged(_:)`` at the first problem of a strict audit, and ``RunError`` where runs cannot be
    /// written.
    consuming func scan() throws -> ShardReport {
        var reader: RecordReader
        do throws(StreamFault) {
            let stream = try ShardStream(
                path: shard.location, name: shard.path, memory: options.memory, progress: collector.progress,
                stop: collector.stop)
            reader = try RecordReader(stream, maximumLength: options.maximumRecordBytes, after: intake.part)
        } catch { return try intake.refuse(error) }
        var scanner = FieldScanner(shard.fields)
        let isStream = shard.isStream
        while true {
            try intake.pause(afterRecords: reader.recordsRead, at: reader.offset)
            let next: RecordReader.Record?
            do throws(StreamFault) {
                next = try reader.next()
            } catch {
                try intake.note(
                    error.kind, record: reader.recordsRead, at: reader.bytesRead,
                    "\(error.reason); the \(reader.recordsRead) records before it count")
                break
            }
            guard let record = next else { break }
            if isStream, record.index == 0, let fault = FormatSelection.refusal(of: shard, head: reader.head) {
                return try intake.refuse(fault)
            }
            let document: RecordDocument?
            do throws(RecordDamage) {
                document = try scanner.document(in: record, limit: options.maximumRecordBytes)
            } catch {
                try intake.note(error.kind, record: record.index, at: error.offset, error.message)
                continue
            }
            if let document { try take(document, of: record) }
        }
        return try intake.finish(at: reader.bytesRead) { () throws(StreamFault) in try reader.finish() }
    }

    private mutating func take(_ document: RecordDocument, of record: RecordReader.Record) throws {
        let fields = document.fields
        if let offset = fields.duplicateKeyOffset {
            try intake.note(
                .duplicateKey, record: record.index, at: document.offset + offset,
                "a key stands twice; the last one counts")
        }
        if let offset = fields.loneSurrogateOffset {
            try intake.note(
                .loneSurrogate, record: record.index, at: document.offset + offset,
                "half of a surrogate pair in an escape; it counts as U+FFFD")
        }
        if let offset = fields.nonFiniteOffset {
            try intake.note(
                .nonFiniteNumber, record: record.index, at: document.offset + offset,
                "NaN or an infinity, which JSON does not have, in a field that is not read; the record counts")
        }
        if record.index > 0, document.bytes.count < record.bytes.count { try intake.noteInnerMark(of: record) }
        let score = try score(fields, record)
        let share = try share(fields, record)
        // The text lies unescaped: where it is no UTF-8 is sought again in the bytes it was read from.
        try intake.take(
            document.text, isASCII: fields.textIsASCII, share: share, score: score, position: record.index
        ) { _ in document.offset + (UTF8Check.firstFault(document.bytes) ?? fields.textOffset) }
    }

    // MARK: Fields

    /// The score as it is read; what it weighs is decided at the merge.
    private mutating func score(_ fields: FieldValues, _ record: RecordReader.Record) throws -> Double? {
        guard let path = shard.fields.quality else { return nil }
        guard let raw = fields.quality, let score = JSONNumber.value(of: raw) else {
            let isNonFinite = fields.quality.map {
                ["NaN", "Infinity", "-Infinity"].contains(String(decoding: $0, as: UTF8.self))
            }
            try intake.note(
                .missingQuality, record: record.index, at: record.offset,
                (isNonFinite == true ? "NaN or an infinity" : "no number")
                    + " stands at the quality key `\(path)`; the record counts with quality 1")
            return nil
        }
        if QualityWeight(score) == nil {
            try intake.note(
                .unusableQuality, record: record.index, at: record.offset,
                isCertain: shard.fields.qualityMap == nil,
                "the quality \(score) is not from 0 to 16.777215; without a map that turns scores into weights "
                    + "(--quality-map) the record counts with quality 1")
        }
        return score
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
