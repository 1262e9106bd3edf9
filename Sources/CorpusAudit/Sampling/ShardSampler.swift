import UnicodeText

/// Takes the sample of one shard of text.
struct ShardSampler {
    let shard: Shard
    let number: Int
    let sampler: CorpusSampler
    let output: SampleFolder
    let progress: ScanProgress?
    let stop: StopSignal
    let chosen: SampleShare

    init(
        _ shard: Shard, number: Int, sampler: CorpusSampler, output: SampleFolder, progress: ScanProgress?,
        stop: StopSignal
    ) {
        self.stop = stop
        self.shard = shard
        self.number = number
        self.sampler = sampler
        self.output = output
        self.progress = progress
        chosen = SampleShare(sampler.share)
    }

    func report(
        _ kind: ProblemKind, record: Int? = nil, at offset: Int? = nil, _ message: String, in sample: inout CorpusSample
    ) throws(RunError) {
        if kind == .outOfMemory { throw .outOfMemory("reading \(shard.path)") }
        // The sampler takes back what was written of a shard that was stopped.
        if kind == .stopped { return }
        sample.log.add(
            Problem(shard: shard.path, record: record, byteOffset: offset, kind: kind, message: message))
    }

    /// Reports what was passed over at the end of the shard.
    func note(_ end: ShardEnd, in sample: inout CorpusSample) throws(RunError) {
        for note in end.notes { try report(note.kind, at: note.offset, note.reason, in: &sample) }
    }

    /// Samples records, lines or the file as one document; damage is reported, not thrown.
    func sampleText(into sample: inout CorpusSample) throws(RunError) {
        let stream: ShardStream
        do throws(StreamFault) {
            stream = try ShardStream(
                path: shard.location, name: shard.path, content: shard.format == .jsonLines ? .records : .text,
                memory: sampler.memory, progress: progress, stop: stop)
        } catch { return try report(error.kind, error.reason, in: &sample) }
        if shard.format == .textFile {
            try sampleFile(stream, into: &sample)
        } else {
            try sampleLines(stream, into: &sample)
        }
    }

    // MARK: Lines

    private func sampleLines(_ stream: consuming ShardStream, into sample: inout CorpusSample) throws(RunError) {
        var reader: RecordReader
        do throws(StreamFault) {
            reader = try RecordReader(stream, maximumLength: sampler.maximumRecordBytes)
        } catch { return try report(error.kind, error.reason, in: &sample) }
        var scanner = FieldScanner(shard.fields)
        while true {
            let next: RecordReader.Record?
            do throws(StreamFault) {
                next = try reader.next()
            } catch {
                try report(
                    error.kind, record: reader.recordsRead, at: reader.bytesRead,
                    "\(error.reason); the \(reader.recordsRead) records before it were read", in: &sample)
                break
            }
            guard let record = next else { break }
            if shard.format == .jsonLines {
                try takeRecord(record, &scanner, into: &sample)
            } else {
                try takeLine(record, into: &sample)
            }
        }
        let end: ShardEnd
        do throws(StreamFault) {
            end = try reader.finish()
        } catch { return try report(error.kind, at: reader.bytesRead, error.reason, in: &sample) }
        try note(end, in: &sample)
    }

    private func takeLine(_ record: RecordReader.Record, into sample: inout CorpusSample) throws(RunError) {
        guard !record.isTooLong else { return try tooLong(record.index, at: record.offset, in: &sample) }
        let line = record.text
        guard !line.isEmpty else { return }
        sample.documents += 1
        guard chosen.holds(Self.fingerprint(of: line)) else { return }
        try write(record.bytes, text: line.count, of: shard.source, kind: "txt", into: &sample)
    }

    private func takeRecord(
        _ record: RecordReader.Record, _ scanner: inout FieldScanner, into sample: inout CorpusSample
    ) throws(RunError) {
        let found: RecordDocument?
        do throws(RecordDamage) {
            found = try scanner.document(in: record, limit: sampler.maximumRecordBytes)
        } catch {
            return try report(error.kind, record: record.index, at: error.offset, error.message, in: &sample)
        }
        guard let document = found else { return }
        sample.documents += 1
        guard chosen.holds(Self.fingerprint(of: document.text)) else { return }
        var source = shard.source
        if let path = shard.fields.source {
            if let name = document.fields.source, !name.isEmpty {
                source = String(decoding: name, as: UTF8.self)
            } else {
                try report(
                    .missingSource, record: record.index, at: record.offset,
                    "no name stands at the source key `\(path)`; the record goes to source `\(shard.source)`",
                    in: &sample)
            }
        }
        try write(document.bytes, text: document.text.count, of: source, kind: "jsonl", into: &sample)
    }

    /// Writes a line as it lies, with a line feed.
    private func write(
        _ line: UnsafeBufferPointer<UInt8>, text: Int, of source: String, kind: String, into sample: inout CorpusSample
    ) throws(RunError) {
        let file = try output.file(of: source, shard: shard, number: number, kind: kind)
        file.append(line)
        try file.append(byte: 0x0A, blockBytes: output.blockBytes)
        sample.count(source, bytes: text)
    }

    // MARK: Files

    private func sampleFile(_ stream: consuming ShardStream, into sample: inout CorpusSample) throws(RunError) {
        var bytes: [UInt8] = []
        var end: ShardEnd?
        do throws(StreamFault) {
            if try stream.read(all: &bytes, limit: sampler.maximumRecordBytes) { end = try stream.finish() }
        } catch {
            return try report(
                error.kind, record: 0, at: bytes.count, "\(error.reason); the document in it is left out", in: &sample)
        }
        guard let end else { return try tooLong(0, at: 0, in: &sample) }
        try note(end, in: &sample)
        let isChosen = bytes.withUnsafeBufferPointer { bytes -> Bool in
            chosen.holds(Self.fingerprint(of: ByteOrderMark.removed(from: NULPadding.removed(from: bytes))))
        }
        sample.documents += 1
        guard isChosen else { return }
        let file = try output.file(of: shard.source, shard: shard, number: number, kind: "txt")
        bytes.withUnsafeBufferPointer { file.append($0) }
        sample.count(shard.source, bytes: bytes.count)
    }

    private func tooLong(_ record: Int, at offset: Int, in sample: inout CorpusSample) throws(RunError) {
        try report(
            .recordTooLong, record: record, at: offset,
            "the document is longer than \(sampler.maximumRecordBytes) bytes and is left out; --max-record raises the "
                + "limit" + (shard.format == .textFile ? ", --txt-document line makes a document of each line" : ""),
            in: &sample)
    }

    /// The fingerprint that an audit gives the text, bad sequences mended.
    private static func fingerprint(of text: UnsafeBufferPointer<UInt8>) -> Fingerprint {
        guard UTF8Check.firstFault(text) != nil else { return Fingerprint(of: text) }
        var mended: [UInt8] = []
        _ = UTF8Check.mend(text, into: &mended)
        return mended.withUnsafeBufferPointer { Fingerprint(of: $0) }
    }
}
