/// Reads shards record by record into a collector.
///
/// This is the hot path: a shard's bytes are decompressed into a window, cut into lines, scanned for their fields,
/// unescaped, hashed and counted without leaving this module.
struct ShardScanner: ~Copyable {
    private let options: AuditOptions
    private let collector: UnitCollector
    private(set) var problems = ProblemLog()
    private(set) var inputs: [ScannedInput] = []

    init(options: AuditOptions, collector: UnitCollector) {
        self.options = options
        self.collector = collector
    }

    /// Reads one shard to its end or to damage that ends it; damage is logged, not thrown.
    ///
    /// - Throws: ``CorpusError/damaged(_:)`` at the first problem of a strict audit; ``CorpusError/tooManyOrigins``.
    mutating func scan(_ shard: Shard, number: Int) throws(CorpusError) {
        let stream: ShardStream
        do {
            stream = try ShardStream(path: shard.location)
        } catch {
            return try log(shard, nil, nil, error.kind, error.reason)
        }
        var reader = RecordReader(stream, maximumLength: options.maximumRecordBytes)
        var scanner = FieldScanner(shard.fields)
        var origin = OriginCache(default: shard.source)
        do {
            while let record = try reader.next() {
                if record.isTooLong {
                    try log(
                        shard, record.index, record.offset, .recordTooLong,
                        "the record is longer than \(options.maximumRecordBytes) bytes and is left out; "
                            + "--max-record raises the limit")
                    continue
                }
                try take(record, of: shard, number: number, scanner: &scanner, origin: &origin)
            }
        } catch let fault as StreamFault {
            try log(
                shard, reader.recordsRead, reader.bytesRead, fault.kind,
                "\(fault.reason); the \(reader.recordsRead) records before it count")
        } catch let error as CorpusError {
            throw error
        } catch {
            preconditionFailure("reading throws faults and corpus errors alone: \(error)")
        }
        do {
            let file = try reader.finish()
            inputs.append(ScannedInput(shard: number, bytes: file.bytes, digest: file.digest))
        } catch {
            try log(shard, nil, reader.bytesRead, error.kind, error.reason)
        }
    }

    private mutating func take(
        _ record: RecordReader.Record, of shard: Shard, number: Int,
        scanner: inout FieldScanner, origin: inout OriginCache
    ) throws(CorpusError) {
        let bytes = trimByteOrderMark(record)
        guard !isBlank(bytes) else { return }
        let skipped = record.bytes.count - bytes.count
        func place(_ offset: Int) -> Int { record.offset + skipped + offset }

        let fields: FieldValues
        do {
            fields = try scanner.scan(bytes)
        } catch {
            return try log(
                shard, record.index, place(error.offset), error.kind, "the record is not JSON: \(error.reason)")
        }
        guard var text = fields.text else {
            let path = shard.fields.text
            if let kind = fields.textKind {
                return try log(
                    shard, record.index, record.offset, .textNotAString,
                    "\(kind.rawValue) stands at the text key `\(path)`, not a string")
            }
            return try log(
                shard, record.index, record.offset, .missingKey,
                "the record has no key `\(path)`; --text-key names another")
        }
        if let offset = fields.duplicateKeyOffset {
            try log(shard, record.index, place(offset), .duplicateKey, "a key stands twice; the last one counts")
        }
        if let offset = fields.loneSurrogateOffset {
            try log(
                shard, record.index, place(offset), .loneSurrogate,
                "half of a surrogate pair in an escape; it counts as U+FFFD")
        }
        // Keeps the mended text alive until it has been counted.
        var mended: [UInt8] = []
        if !fields.textIsASCII, UTF8Validation.firstInvalidOffset(text) != nil {
            let raw = UTF8Validation.firstInvalidOffset(bytes) ?? fields.textOffset
            try log(
                shard, record.index, place(raw), .invalidUTF8,
                "the text is not UTF-8; each bad sequence counts as U+FFFD")
            mended = UTF8Validation.repaired(text)
        }
        let quality = try self.quality(fields, of: shard, record)
        let originNumber = try self.origin(fields, of: shard, record, number: number, cache: &origin)
        if mended.isEmpty {
            collector.add(text, origin: originNumber, quality: quality)
        } else {
            mended.withUnsafeBufferPointer { repaired in
                text = repaired
                collector.add(text, origin: originNumber, quality: quality)
            }
        }
    }

    // MARK: Fields

    private mutating func quality(
        _ fields: FieldValues, of shard: Shard, _ record: RecordReader.Record
    ) throws(CorpusError) -> QualityWeight {
        guard let path = shard.fields.quality else { return .one }
        guard let raw = fields.quality, let score = Double(String(decoding: raw, as: UTF8.self)), score.isFinite else {
            try log(
                shard, record.index, record.offset, .missingQuality,
                "no number stands at the quality key `\(path)`; the record counts with quality 1")
            return .one
        }
        let weight = shard.fields.qualityMap?.weight(of: score) ?? score
        guard let quality = QualityWeight(weight) else {
            try log(
                shard, record.index, record.offset, .missingQuality,
                "the quality \(weight) is not from 0 to 16.777215; the record counts with quality 1 "
                    + "(--quality-map turns scores into weights)")
            return .one
        }
        return quality
    }

    private mutating func origin(
        _ fields: FieldValues, of shard: Shard, _ record: RecordReader.Record, number: Int, cache: inout OriginCache
    ) throws(CorpusError) -> Int {
        guard let path = shard.fields.source else {
            return try cache.defaultOrigin(shard: number, in: collector)
        }
        guard let name = fields.source, !name.isEmpty else {
            try log(
                shard, record.index, record.offset, .missingSource,
                "no name stands at the source key `\(path)`; the record counts for source `\(shard.source)`")
            return try cache.defaultOrigin(shard: number, in: collector)
        }
        return try cache.origin(named: name, shard: number, in: collector)
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
        _ shard: Shard, _ record: Int?, _ offset: Int?, _ kind: ProblemKind, _ message: String
    ) throws(CorpusError) {
        let problem = Problem(shard: shard.path, record: record, byteOffset: offset, kind: kind, message: message)
        if options.isStrict { throw .damaged(problem) }
        problems.add(problem)
    }
}

/// Remembers the origin of the last record, since neighbours mostly share one.
private struct OriginCache {
    private let defaultSource: String
    private var defaultNumber: Int?
    private var lastName: [UInt8] = []
    private var lastNumber = -1

    init(default source: String) { defaultSource = source }

    mutating func defaultOrigin(shard: Int, in collector: UnitCollector) throws(CorpusError) -> Int {
        if let defaultNumber { return defaultNumber }
        let number = try collector.origin(source: defaultSource, shard: shard)
        defaultNumber = number
        return number
    }

    mutating func origin(
        named name: UnsafeBufferPointer<UInt8>, shard: Int, in collector: UnitCollector
    ) throws(CorpusError) -> Int {
        if lastNumber >= 0, name.elementsEqual(lastName) { return lastNumber }
        lastName = Array(name)
        lastNumber = try collector.origin(source: String(decoding: name, as: UTF8.self), shard: shard)
        return lastNumber
    }
}
