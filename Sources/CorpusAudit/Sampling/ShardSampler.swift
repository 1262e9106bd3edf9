/// Takes the sample of one shard of text.
struct ShardSampler {
    let shard: Shard
    let number: Int
    let sampler: CorpusSampler
    let output: SampleFolder
    let progress: ScanProgress?
    let chosen: SampleShare

    init(_ shard: Shard, number: Int, sampler: CorpusSampler, output: SampleFolder, progress: ScanProgress?) {
        self.shard = shard
        self.number = number
        self.sampler = sampler
        self.output = output
        self.progress = progress
        chosen = SampleShare(sampler.share)
    }

    func report(
        _ kind: ProblemKind, record: Int? = nil, at offset: Int? = nil, _ message: String, in sample: inout CorpusSample
    ) {
        sample.log.add(
            Problem(shard: shard.path, record: record, byteOffset: offset, kind: kind, message: message))
    }

    /// Samples records, lines or the file as one document; damage is reported, not thrown.
    func sampleText(into sample: inout CorpusSample) throws(RunError) {
        let stream: ShardStream
        do throws(StreamFault) {
            stream = try ShardStream(
                path: shard.location, content: shard.format == .jsonLines ? .records : .text, memory: sampler.memory,
                progress: progress)
        } catch { return report(error.kind, error.reason, in: &sample) }
        if shard.format == .textFile {
            try sampleFile(stream, into: &sample)
        } else {
            try sampleLines(stream, into: &sample)
        }
    }

    // MARK: Lines

    private func sampleLines(_ stream: consuming ShardStream, into sample: inout CorpusSample) throws(RunError) {
        var reader = RecordReader(stream, maximumLength: sampler.maximumRecordBytes)
        var scanner = FieldScanner(shard.fields)
        while true {
            let next: RecordReader.Record?
            do throws(StreamFault) {
                next = try reader.next()
            } catch {
                report(
                    error.kind, record: reader.recordsRead, at: reader.bytesRead,
                    "\(error.reason); the \(reader.recordsRead) records before it were read", in: &sample)
                break
            }
            guard let record = next else { break }
            if record.isTooLong {
                report(
                    .recordTooLong, record: record.index, at: record.offset,
                    "the record is longer than \(sampler.maximumRecordBytes) bytes and is left out; --max-record raises "
                        + "the limit", in: &sample)
            } else if shard.format == .jsonLines {
                try takeRecord(record, &scanner, into: &sample)
            } else {
                try takeLine(record, into: &sample)
            }
        }
        do throws(StreamFault) {
            _ = try reader.finish()
        } catch { report(error.kind, at: reader.bytesRead, error.reason, in: &sample) }
    }

    private func takeLine(_ record: RecordReader.Record, into sample: inout CorpusSample) throws(RunError) {
        var line = record.index == 0 ? ShardIntake.withoutByteOrderMark(record.bytes) : record.bytes
        // The carriage return of a line feed belongs to the end of the line.
        if line.last == UInt8(ascii: "\r") { line = UnsafeBufferPointer(rebasing: line.dropLast()) }
        guard !line.isEmpty else { return }
        sample.documents += 1
        guard chosen.holds(Self.fingerprint(of: line)) else { return }
        try write(record.bytes, text: line.count, of: shard.source, kind: "txt", into: &sample)
    }

    private func takeRecord(
        _ record: RecordReader.Record, _ scanner: inout FieldScanner, into sample: inout CorpusSample
    ) throws(RunError) {
        let bytes = record.index == 0 ? ShardIntake.withoutByteOrderMark(record.bytes) : record.bytes
        guard bytes.contains(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }) else { return }
        let fields: FieldValues
        do throws(RecordFault) {
            fields = try scanner.scan(bytes)
        } catch {
            return report(
                error.kind, record: record.index, at: record.offset + record.bytes.count - bytes.count + error.offset,
                "the record is not JSON: \(error.reason)", in: &sample)
        }
        guard let text = fields.text else {
            let path = shard.fields.text
            if let kind = fields.textKind {
                return report(
                    .textNotAString, record: record.index, at: record.offset,
                    "\(kind.rawValue) stands at the text key `\(path)`, not a string", in: &sample)
            }
            return report(
                .missingKey, record: record.index, at: record.offset,
                "the record has no key `\(path)`; --text-key names another", in: &sample)
        }
        sample.documents += 1
        guard chosen.holds(Self.fingerprint(of: text)) else { return }
        var source = shard.source
        if let path = shard.fields.source {
            if let name = fields.source, !name.isEmpty {
                source = String(decoding: name, as: UTF8.self)
            } else {
                report(
                    .missingSource, record: record.index, at: record.offset,
                    "no name stands at the source key `\(path)`; the record goes to source `\(shard.source)`",
                    in: &sample)
            }
        }
        try write(bytes, text: text.count, of: source, kind: "jsonl", into: &sample)
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
        do throws(StreamFault) {
            let buffer = OwnedBuffer(byteCount: 256 << 10)
            while bytes.count <= sampler.maximumRecordBytes {
                let count = try stream.read(into: buffer.bytes)
                if count == 0 { break }
                bytes += UnsafeRawBufferPointer(rebasing: buffer.bytes[..<count])
            }
            guard bytes.count <= sampler.maximumRecordBytes else {
                return report(
                    .recordTooLong, record: 0, at: 0,
                    "the document is longer than \(sampler.maximumRecordBytes) bytes and is left out; --max-record raises "
                        + "the limit, --txt-document line makes a document of each line", in: &sample)
            }
            _ = try stream.finish()
        } catch {
            return report(
                error.kind, record: 0, at: bytes.count, "\(error.reason); the document in it is left out", in: &sample)
        }
        let isChosen = bytes.withUnsafeBufferPointer { bytes -> Bool in
            chosen.holds(Self.fingerprint(of: ShardIntake.withoutByteOrderMark(bytes)))
        }
        sample.documents += 1
        guard isChosen else { return }
        let file = try output.file(of: shard.source, shard: shard, number: number, kind: "txt")
        bytes.withUnsafeBufferPointer { file.append($0) }
        sample.count(shard.source, bytes: bytes.count)
    }

    /// The fingerprint that an audit gives the text, bad sequences mended.
    private static func fingerprint(of text: UnsafeBufferPointer<UInt8>) -> Fingerprint {
        guard UTF8Validation.firstInvalidOffset(text) != nil else { return Fingerprint(of: text) }
        return UTF8Validation.repaired(text).0.withUnsafeBufferPointer { Fingerprint(of: $0) }
    }
}
