/// Reads a shard of text: each line is a document, or the file is one.
struct TextScanner: ~Copyable {
    private let options: AuditOptions
    private let collector: UnitCollector
    private let shard: Shard
    private let commits: ScanCommits
    /// What was read of the shard before, if a part of it was.
    private let part: ShardPart?
    private var intake: ShardIntake

    init(_ shard: Shard, options: AuditOptions, collector: UnitCollector, commits: ScanCommits) {
        self.shard = shard
        self.options = options
        self.collector = collector
        self.commits = commits
        part = commits.begin(shard)
        intake = ShardIntake(shard.path, options: options, collector: collector, after: part)
    }

    /// Reads the shard to its end or to damage that ends it; damage is reported, not thrown.
    ///
    /// Throws ``CorpusError/damaged(_:)`` at the first problem of a strict audit, and ``RunError`` where runs cannot be
    /// written.
    consuming func scan() throws -> ShardReport {
        let stream: ShardStream
        do throws(StreamFault) {
            stream = try ShardStream(
                path: shard.location, content: .text, memory: options.memory, progress: collector.progress)
        } catch {
            try intake.note(error.kind, record: nil, at: nil, error.reason)
            return intake.report(ofUnread: shard, isEmpty: error.kind == .emptyFile)
        }
        let file = try shard.format == .textLines ? scanLines(stream) : scanFile(stream)
        return intake.report(of: shard, file: file)
    }

    private mutating func scanLines(_ stream: consuming ShardStream) throws -> (FileIdentity, Fingerprint)? {
        var reader = RecordReader(stream, maximumLength: options.maximumRecordBytes, after: part)
        let share = collector.share(of: shard.source)
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
                    "\(error.reason); the \(reader.recordsRead) lines before it count")
                break reading
            }
            guard let record = next else { break reading }
            // A file of nothing but a byte order mark holds no line, as an empty file holds none.
            if reader.bytesRead == ShardIntake.byteOrderMark.count,
                record.bytes.elementsEqual(ShardIntake.byteOrderMark)
            {
                continue
            }
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
            return try reader.finish()
        } catch {
            try intake.note(error.kind, record: nil, at: reader.bytesRead, error.reason)
            return nil
        }
    }

    private mutating func scanFile(_ stream: consuming ShardStream) throws -> (FileIdentity, Fingerprint)? {
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
            try intake.note(error.kind, record: 0, at: length, "\(error.reason); the document in it is left out")
            isWhole = false
        }
        if length > options.maximumRecordBytes {
            try tooLong(0, 0)
        } else if isWhole {
            let share = collector.share(of: shard.source)
            try text.withUnsafeBufferPointer { try take($0, share: share, position: 0, at: 0) }
        }
        do throws(StreamFault) {
            return try stream.finish()
        } catch {
            try intake.note(error.kind, record: nil, at: length, error.reason)
            return nil
        }
    }

    private mutating func take(
        _ bytes: UnsafeBufferPointer<UInt8>, share: Int, position: Int, at offset: Int
    ) throws {
        let text = position == 0 ? ShardIntake.withoutByteOrderMark(bytes) : bytes
        try intake.take(text, share: share, quality: .one, position: position) {
            offset + bytes.count - text.count + $0
        }
    }

    private mutating func tooLong(_ record: Int, _ offset: Int) throws(CorpusError) {
        try intake.note(
            .recordTooLong, record: record, at: offset,
            "the document is longer than \(options.maximumRecordBytes) bytes and is left out; "
                + "--max-record raises the limit"
                + (shard.format == .textFile ? ", --txt-document line makes a document of each line" : ""))
    }
}
