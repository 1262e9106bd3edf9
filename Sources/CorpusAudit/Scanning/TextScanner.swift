/// Reads a shard of text: each line is a document, or the file is one.
struct TextScanner: ~Copyable {
    private let options: AuditOptions
    private let collector: UnitCollector
    private let shard: Shard
    private var problems: ShardProblems
    private var replacedSequences = 0

    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    init(_ shard: Shard, options: AuditOptions, collector: UnitCollector) {
        self.shard = shard
        self.options = options
        self.collector = collector
        problems = ShardProblems(of: shard, options: options)
    }

    /// Reads the shard to its end or to damage that ends it; damage is reported, not thrown.
    ///
    /// Throws ``CorpusError/damaged(_:)`` at the first problem of a strict audit, and ``RunError`` where runs cannot be
    /// written.
    consuming func scan() throws -> ShardReport {
        collector.begin(shard: shard.path)
        let stream: ShardStream
        do throws(StreamFault) {
            stream = try ShardStream(
                path: shard.location, content: .text, memory: options.memory, progress: collector.progress)
        } catch {
            try problems.add(error.kind, record: nil, at: nil, error.reason)
            return problems.report(ofUnread: shard, wasRead: error.kind == .emptyFile)
        }
        var report = ShardReport(
            shard: shard, identity: FileIdentity(bytes: 0, modified: 0, inode: 0),
            digest: Fingerprint(high: 0, low: 0))
        if shard.format == .textLines {
            try scanLines(stream, &report)
        } else {
            try scanFile(stream, &report)
        }
        report.shares = collector.shares
        report.problems = problems.log
        report.replacedSequences = replacedSequences
        return report
    }

    private mutating func scanLines(_ stream: consuming ShardStream, _ report: inout ShardReport) throws {
        var reader = RecordReader(stream, maximumLength: options.maximumRecordBytes)
        let share = collector.share(of: shard.source)
        reading: while true {
            let next: RecordReader.Record?
            do throws(StreamFault) {
                next = try reader.next()
            } catch {
                try problems.add(
                    error.kind, record: reader.recordsRead, at: reader.bytesRead,
                    "\(error.reason); the \(reader.recordsRead) lines before it count")
                break reading
            }
            guard let record = next else { break reading }
            // A file of nothing but a byte order mark holds no line, as an empty file holds none.
            if reader.bytesRead == Self.byteOrderMark.count, record.bytes.elementsEqual(Self.byteOrderMark) { continue }
            guard !record.isTooLong else {
                try tooLong(record.index, record.offset)
                continue
            }
            var line = record.bytes
            // The carriage return of a line feed belongs to the end of the line.
            if line.last == UInt8(ascii: "\r") { line = UnsafeBufferPointer(rebasing: line.dropLast()) }
            try take(line, share: share, position: record.index, at: record.offset)
        }
        do throws(StreamFault) {
            (report.identity, report.digest) = try reader.finish()
        } catch {
            try problems.add(error.kind, record: nil, at: reader.bytesRead, error.reason)
            report.wasRead = false
        }
    }

    private mutating func scanFile(_ stream: consuming ShardStream, _ report: inout ShardReport) throws {
        var text: [UInt8] = []
        var length = 0
        var isWhole = true
        let buffer = OwnedBuffer(byteCount: 256 << 10)
        do throws(StreamFault) {
            while true {
                let count = try stream.read(into: buffer.bytes)
                if count == 0 { break }
                length += count
                // Past the limit nothing more is held, and nothing before.
                if length > options.maximumRecordBytes {
                    text = []
                    break
                }
                text += UnsafeRawBufferPointer(rebasing: buffer.bytes[..<count])
            }
        } catch {
            try problems.add(error.kind, record: 0, at: length, "\(error.reason); the document in it is left out")
            isWhole = false
        }
        if length > options.maximumRecordBytes {
            try tooLong(0, 0)
        } else if isWhole {
            let share = collector.share(of: shard.source)
            try text.withUnsafeBufferPointer { try take($0, share: share, position: 0, at: 0) }
        }
        do throws(StreamFault) {
            (report.identity, report.digest) = try stream.finish()
        } catch {
            try problems.add(error.kind, record: nil, at: length, error.reason)
            report.wasRead = false
        }
    }

    private mutating func take(
        _ bytes: UnsafeBufferPointer<UInt8>, share: Int, position: Int, at offset: Int
    ) throws {
        var text = bytes
        if position == 0, text.starts(with: Self.byteOrderMark) {
            text = UnsafeBufferPointer(rebasing: text[Self.byteOrderMark.count...])
        }
        guard let bad = UTF8Validation.firstInvalidOffset(text) else {
            return try collector.add(text, share: share, quality: .one, position: position)
        }
        try problems.add(
            .invalidUTF8, record: position, at: offset + bytes.count - text.count + bad,
            "the text is not UTF-8; each bad sequence counts as U+FFFD")
        let (mended, replaced) = UTF8Validation.repaired(text)
        replacedSequences += replaced
        try mended.withUnsafeBufferPointer {
            try collector.add($0, share: share, quality: .one, position: position)
        }
    }

    private mutating func tooLong(_ record: Int, _ offset: Int) throws(CorpusError) {
        try problems.add(
            .recordTooLong, record: record, at: offset,
            "the document is longer than \(options.maximumRecordBytes) bytes and is left out; "
                + "--max-record raises the limit"
                + (shard.format == .textFile ? ", --txt-document line makes a document of each line" : ""))
    }
}
