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
        // The sampler removes the files of a shard that was stopped.
        if kind == .stopped { return }
        sample.log.add(
            Problem(shard: shard.path, record: record, byteOffset: offset, kind: kind, message: message))
    }

    /// Reports the bytes skipped at the end of the shard.
    func note(_ end: ShardEnd, in sample: inout CorpusSample) throws(RunError) {
        for note in end.notes { try report(note.kind, at: note.offset, note.reason, in: &sample) }
    }

    /// Samples documents with a text; damage is reported, not thrown.
    func read<Reader: DocumentReader & ~Copyable>(
        _ open: (ShardOpening) throws(StreamFault) -> Reader, into sample: inout CorpusSample
    ) throws(RunError) {
        var reader: Reader
        var opening = ShardOpening(
            shard: shard, maximumRecordBytes: sampler.maximumRecordBytes, memory: sampler.memory, progress: progress,
            stop: stop, copiesRecords: true)
        defer { withExtendedLifetime(opening) {} }
        do throws(StreamFault) {
            try opening.stage()
            reader = try open(opening)
        } catch { return try report(error.kind, error.reason, in: &sample) }
        while true {
            let next: DocumentRecord?
            let raw: RawRecord?
            do throws(StreamFault) {
                next = try reader.next()
                raw = next?.document == nil ? nil : try reader.rawRecord()
            } catch {
                if shard.command != nil, error.kind.isOfTheMachine {
                    return try report(error.kind, error.reason, in: &sample)
                }
                let remains =
                    switch (Reader.unit, reader.recordsRead) {
                    case (.file, _): Reader.unit.remains(after: 0)
                    case (_, 1): "the record before it was read"
                    case (_, let count): "the \(count) records before it were read"
                    }
                try report(
                    error.kind, record: reader.recordsRead, at: reader.bytesRead, "\(error.reason); \(remains)",
                    in: &sample)
                break
            }
            guard let record = next else { break }
            if let document = record.document {
                if document.isFiltered {
                    sample.filtered += 1
                } else if let raw {
                    try take(document, raw, of: record, into: &sample)
                }
            } else {
                for damage in reader.damage {
                    try report(damage.kind, record: record.index, at: damage.offset, damage.message, in: &sample)
                }
            }
        }
        let end: ShardEnd
        do throws(StreamFault) {
            end = try reader.finish()
        } catch { return try report(error.kind, at: reader.bytesRead, error.reason, in: &sample) }
        try note(end, in: &sample)
    }

    private func take(
        _ document: Document, _ raw: RawRecord, of record: DocumentRecord, into sample: inout CorpusSample
    ) throws(RunError) {
        sample.documents += 1
        guard chosen.holds(Self.fingerprint(of: document.text)) else { return }
        var source = shard.source
        if let name = document.source, !name.isEmpty {
            source = String(decoding: name, as: UTF8.self)
        } else if let path = shard.fields.source, shard.format.hasFields {
            try report(
                .missingSource, record: record.index, at: record.offset,
                "there is no name at the source key `\(path)`; the record goes to source `\(shard.source)`",
                in: &sample)
        }
        let file = try output.file(of: source, shard: shard, number: number, kind: raw.suffix)
        file.append(raw.bytes)
        if raw.isLine {
            try file.append(byte: 0x0A, blockBytes: output.blockBytes)
        } else {
            try file.endPiece(blockBytes: output.blockBytes)
        }
        sample.count(source, bytes: document.text.count)
    }

    /// The fingerprint that an audit gives the text, bad sequences mended.
    private static func fingerprint(of text: UnsafeBufferPointer<UInt8>) -> Fingerprint {
        guard UTF8Check.firstFault(text) != nil else { return Fingerprint(of: text) }
        var mended: [UInt8] = []
        _ = UTF8Check.mend(text, into: &mended)
        return mended.withUnsafeBufferPointer { Fingerprint(of: $0) }
    }
}
