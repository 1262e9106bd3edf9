/// Reads one shard record by record into a collector.
///
/// This is the hot path: a shard's bytes are decompressed into a window, cut into lines, scanned for their fields,
/// unescaped, hashed and counted without leaving this module.
struct ShardScanner: ~Copyable {
    private let options: AuditOptions
    private let collector: UnitCollector
    private let shard: Shard
    private var problems = ProblemLog()
    private var sources: SourceShares
    private var replacedSequences = 0

    init(_ shard: Shard, options: AuditOptions, collector: UnitCollector) {
        self.shard = shard
        self.options = options
        self.collector = collector
        sources = SourceShares(default: shard.source)
    }

    /// Reads the shard to its end or to damage that ends it; damage is reported, not thrown.
    ///
    /// Throws ``CorpusError/damaged(_:)`` at the first problem of a strict audit, and ``RunError`` where runs cannot be
    /// written.
    consuming func scan() throws -> ShardReport {
        collector.begin(shard: shard.path)
        let stream: ShardStream
        do throws(StreamFault) {
            stream = try ShardStream(path: shard.location, memory: options.memory, progress: collector.progress)
        } catch {
            try log(nil, nil, error.kind, error.reason)
            let nothing = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
            // An empty file is read to its end: it is an input, of nothing.
            return ShardReport(
                shard: shard,
                identity: FileIdentity(path: shard.location) ?? FileIdentity(bytes: 0, modified: 0, inode: 0),
                digest: Fingerprint(of: nothing), problems: problems, wasRead: error.kind == .emptyFile)
        }
        var reader = RecordReader(stream, maximumLength: options.maximumRecordBytes)
        var scanner = FieldScanner(shard.fields)
        reading: while true {
            let next: RecordReader.Record?
            do throws(StreamFault) {
                next = try reader.next()
            } catch {
                try log(
                    reader.recordsRead, reader.bytesRead, error.kind,
                    "\(error.reason); the \(reader.recordsRead) records before it count")
                break reading
            }
            guard let record = next else { break reading }
            if record.isTooLong {
                try log(
                    record.index, record.offset, .recordTooLong,
                    "the record is longer than \(options.maximumRecordBytes) bytes and is left out; "
                        + "--max-record raises the limit")
            } else {
                try take(record, &scanner)
            }
        }
        var report = ShardReport(
            shard: shard, identity: FileIdentity(bytes: 0, modified: 0, inode: 0),
            digest: Fingerprint(high: 0, low: 0))
        do throws(StreamFault) {
            (report.identity, report.digest) = try reader.finish()
        } catch {
            try log(nil, reader.bytesRead, error.kind, error.reason)
            report.wasRead = false
        }
        report.shares = collector.shares
        report.problems = problems
        report.replacedSequences = replacedSequences
        return report
    }

    private mutating func take(_ record: RecordReader.Record, _ scanner: inout FieldScanner) throws {
        let bytes = trimByteOrderMark(record)
        guard !isBlank(bytes) else { return }
        let skipped = record.bytes.count - bytes.count
        func place(_ offset: Int) -> Int { record.offset + skipped + offset }

        let fields: FieldValues
        do throws(RecordFault) {
            fields = try scanner.scan(bytes)
        } catch {
            return try log(record.index, place(error.offset), error.kind, "the record is not JSON: \(error.reason)")
        }
        guard let text = fields.text else {
            let path = shard.fields.text
            if let kind = fields.textKind {
                return try log(
                    record.index, record.offset, .textNotAString,
                    "\(kind.rawValue) stands at the text key `\(path)`, not a string")
            }
            return try log(
                record.index, record.offset, .missingKey, "the record has no key `\(path)`; --text-key names another")
        }
        if let offset = fields.duplicateKeyOffset {
            try log(record.index, place(offset), .duplicateKey, "a key stands twice; the last one counts")
        }
        if let offset = fields.loneSurrogateOffset {
            try log(
                record.index, place(offset), .loneSurrogate,
                "half of a surrogate pair in an escape; it counts as U+FFFD")
        }
        let quality = try quality(fields, record)
        let share = try share(fields, record)
        guard !fields.textIsASCII, UTF8Validation.firstInvalidOffset(text) != nil else {
            return try collector.add(text, share: share, quality: quality, position: record.index)
        }
        let raw = UTF8Validation.firstInvalidOffset(bytes) ?? fields.textOffset
        try log(record.index, place(raw), .invalidUTF8, "the text is not UTF-8; each bad sequence counts as U+FFFD")
        let (mended, replaced) = UTF8Validation.repaired(text)
        replacedSequences += replaced
        try mended.withUnsafeBufferPointer {
            try collector.add($0, share: share, quality: quality, position: record.index)
        }
    }

    // MARK: Fields

    private mutating func quality(_ fields: FieldValues, _ record: RecordReader.Record) throws -> QualityWeight {
        guard let path = shard.fields.quality else { return .one }
        guard let raw = fields.quality, let score = JSONNumber.value(of: raw) else {
            try log(
                record.index, record.offset, .missingQuality,
                "no number stands at the quality key `\(path)`; the record counts with quality 1")
            return .one
        }
        let weight = shard.fields.qualityMap?.weight(of: score) ?? score
        guard let quality = QualityWeight(weight) else {
            try log(
                record.index, record.offset, .missingQuality,
                "the quality \(weight) is not from 0 to 16.777215; the record counts with quality 1 "
                    + "(--quality-map turns scores into weights)")
            return .one
        }
        return quality
    }

    private mutating func share(_ fields: FieldValues, _ record: RecordReader.Record) throws -> Int {
        guard let path = shard.fields.source else { return sources.defaultShare(in: collector) }
        guard let name = fields.source, !name.isEmpty else {
            try log(
                record.index, record.offset, .missingSource,
                "no name stands at the source key `\(path)`; the record counts for source `\(shard.source)`")
            return sources.defaultShare(in: collector)
        }
        return sources.share(named: name, in: collector)
    }

    private func trimByteOrderMark(_ record: RecordReader.Record) -> UnsafeBufferPointer<UInt8> {
        guard record.index == 0, record.bytes.starts(with: [0xEF, 0xBB, 0xBF]) else { return record.bytes }
        return UnsafeBufferPointer(rebasing: record.bytes[3...])
    }

    @inline(__always)
    private func isBlank(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        bytes.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
    }

    private mutating func log(
        _ record: Int?, _ offset: Int?, _ kind: ProblemKind, _ message: String
    ) throws(CorpusError) {
        let problem = Problem(shard: shard.path, record: record, byteOffset: offset, kind: kind, message: message)
        if options.isStrict { throw .damaged(problem) }
        problems.add(problem)
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
