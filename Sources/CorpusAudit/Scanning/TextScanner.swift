/// Reads a shard of text: each line is a document, or the file is one.
struct TextScanner: ~Copyable {
    private let options: AuditOptions
    private let collector: UnitCollector
    private var intake: ShardIntake

    init(_ shard: Shard, options: AuditOptions, collector: UnitCollector, commits: ScanCommits) {
        self.options = options
        self.collector = collector
        intake = ShardIntake(shard, options: options, collector: collector, commits: commits)
    }

    private var shard: Shard { intake.shard }

    /// Reads the shard to its end or to damage that ends it; damage is reported, not thrown.
    ///
    /// Throws ``CorpusError/damaged(_:)`` at the first problem of a strict audit, and ``RunError`` where runs cannot be
    /// written.
    consuming func scan() throws -> ShardReport {
        let stream: ShardStream
        do throws(StreamFault) {
            stream = try ShardStream(
                path: shard.location, name: shard.path, content: .text, memory: options.memory,
                progress: collector.progress, stop: collector.stop)
        } catch { return try intake.refuse(error) }
        return try shard.format == .textLines ? scanLines(stream) : scanFile(stream)
    }

    private mutating func scanLines(_ stream: consuming ShardStream) throws -> ShardReport {
        var reader: RecordReader
        do throws(StreamFault) {
            reader = try RecordReader(stream, maximumLength: options.maximumRecordBytes, after: intake.part)
        } catch { return try intake.refuse(error) }
        let share = collector.share(of: shard.source)
        let isStream = shard.isStream
        while true {
            try intake.pause(afterRecords: reader.recordsRead, at: reader.offset)
            let next: RecordReader.Record?
            do throws(StreamFault) {
                next = try reader.next()
            } catch {
                try intake.note(
                    error.kind, record: reader.recordsRead, at: reader.bytesRead,
                    "\(error.reason); the \(reader.recordsRead) lines before it count")
                break
            }
            guard let record = next else { break }
            if isStream, record.index == 0, let fault = FormatSelection.refusal(of: shard, head: reader.head) {
                return try intake.refuse(fault)
            }
            // A file of nothing but a byte order mark holds no line, as an empty file holds none.
            if reader.bytesRead == ByteOrderMark.bytes.count, record.bytes.elementsEqual(ByteOrderMark.bytes) {
                continue
            }
            if record.isTooLong {
                try tooLong(record.index, record.offset)
            } else {
                let start = record.offset + record.bytes.count - record.content.count
                if record.index > 0, start > record.offset { try intake.noteInnerMark(of: record) }
                try intake.take(record.text, share: share, score: nil, position: record.index) { start + $0 }
            }
        }
        return try intake.finish(at: reader.bytesRead) { () throws(StreamFault) in try reader.finish() }
    }

    private mutating func scanFile(_ stream: consuming ShardStream) throws -> ShardReport {
        var bytes: [UInt8] = []
        let isWithinLimit: Bool
        do throws(StreamFault) {
            isWithinLimit = try stream.read(all: &bytes, limit: options.maximumRecordBytes)
        } catch {
            try intake.note(error.kind, record: 0, at: bytes.count, "\(error.reason); the document in it is left out")
            return try intake.finish(at: bytes.count) { () throws(StreamFault) in try stream.finish() }
        }
        if shard.isStream, let fault = FormatSelection.refusal(of: shard, head: Array(bytes.prefix(FileHead.length))) {
            return try intake.refuse(fault)
        }
        let size = bytes.count
        let padding = bytes.withUnsafeBufferPointer { $0.count - NULPadding.removed(from: $0).count }
        bytes.removeLast(padding)
        if isWithinLimit { try take(file: bytes) } else { try tooLong(0, 0) }
        return try intake.finish(at: size) { () throws(StreamFault) in
            var end = try stream.finish()
            if padding > 0 { end.notes.append(NULPadding.note(padding, of: size)) }
            return end
        }
    }

    private mutating func take(file bytes: [UInt8]) throws {
        let share = collector.share(of: shard.source)
        try bytes.withUnsafeBufferPointer { bytes in
            let text = ByteOrderMark.removed(from: bytes)
            try intake.take(text, share: share, score: nil, position: 0) { bytes.count - text.count + $0 }
        }
    }

    private mutating func tooLong(_ record: Int, _ offset: Int) throws {
        try intake.note(
            .recordTooLong, record: record, at: offset,
            "the document is longer than \(options.maximumRecordBytes) bytes and is left out; "
                + "--max-record raises the limit"
                + (shard.format == .textFile ? ", --txt-document line makes a document of each line" : ""))
    }
}
