#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Writes a share of a corpus's documents, whole, chosen by their texts.
///
/// A document is taken where its fingerprint is among the lowest share of all fingerprints. That depends on its text
/// alone: the same documents come out whatever the files, their order or their compression, all copies of a text come
/// along or none, and a smaller share is part of a larger one. So a sample repeats its sources as the corpus does.
public struct CorpusSampler: Sendable {
    /// The share of distinct texts to take, above 0 and below 1.
    public let share: Double

    /// The longest record that is read.
    public var maximumRecordBytes: Int

    /// Creates a sampler.
    ///
    /// - Parameters:
    ///   - share: The share of distinct texts to take, above 0 and below 1.
    ///   - maximumRecordBytes: The longest record that is read; longer ones become problems.
    /// - Precondition: The share lies between 0 and 1.
    public init(share: Double, maximumRecordBytes: Int = 512 << 20) {
        precondition(share > 0 && share < 1, "a sample's share lies between 0 and 1")
        self.share = share
        self.maximumRecordBytes = maximumRecordBytes
    }

    /// Writes the sample of every source to a folder of its own: `FOLDER/SOURCE/NUMBER-SHARD.jsonl`, records as they lie.
    ///
    /// - Parameters:
    ///   - corpus: The shards, of JSON lines.
    ///   - folder: The folder to write to; it is made, and must be empty where it is there.
    /// - Returns: What was read and written, with the damage met.
    /// - Throws: ``RunError/cannotWrite(path:reason:)`` where the folder is not empty or cannot be written.
    /// - Complexity: O(*n*) in the bytes of the corpus, in memory of one record.
    public func write(_ corpus: Corpus, to folder: String) throws(RunError) -> CorpusSample {
        try Self.makeFolder(folder, mustBeEmpty: true)
        var sample = CorpusSample(share: share)
        sample.problems = corpus.problems
        for (number, shard) in corpus.shards.enumerated() {
            try write(shard, number: number, to: folder, &sample)
        }
        return sample
    }

    private func write(_ shard: Shard, number: Int, to folder: String, _ sample: inout CorpusSample) throws(RunError) {
        func report(_ record: Int?, _ offset: Int?, _ kind: ProblemKind, _ message: String) {
            sample.problems.append(
                Problem(shard: shard.path, record: record, byteOffset: offset, kind: kind, message: message))
        }
        guard shard.format == .jsonLines else {
            return report(nil, nil, .unreadableInput, "only shards of JSON lines can be sampled; it is left out")
        }
        let stream: ShardStream
        do throws(StreamFault) {
            stream = try ShardStream(path: shard.location)
        } catch { return report(nil, nil, error.kind, error.reason) }
        var reader = RecordReader(stream, maximumLength: maximumRecordBytes)
        var scanner = FieldScanner(shard.fields)
        var files: [String: SampleFile] = [:]
        let chosen = SampleShare(share)
        while true {
            let next: RecordReader.Record?
            do throws(StreamFault) {
                next = try reader.next()
            } catch {
                report(
                    reader.recordsRead, reader.bytesRead, error.kind,
                    "\(error.reason); the \(reader.recordsRead) records before it were read")
                break
            }
            guard let record = next else { break }
            guard !record.isTooLong else {
                report(record.index, record.offset, .recordTooLong, "the record is too long and is left out")
                continue
            }
            guard record.bytes.contains(where: { $0 > 0x20 }) else { continue }
            let fields: FieldValues
            do throws(RecordFault) {
                fields = try scanner.scan(record.bytes)
            } catch {
                report(
                    record.index, record.offset + error.offset, error.kind, "the record is not JSON: \(error.reason)")
                continue
            }
            guard let text = fields.text else {
                report(record.index, record.offset, .missingKey, "the record has no text at `\(shard.fields.text)`")
                continue
            }
            sample.documents += 1
            guard chosen.holds(Self.fingerprint(of: text)) else { continue }
            var source = shard.source
            if shard.fields.source != nil, let name = fields.source, !name.isEmpty {
                source = String(decoding: name, as: UTF8.self)
            }
            let file: SampleFile
            if let open = files[source] {
                file = open
            } else {
                let place = folder + "/" + Self.fileName(source)
                try Self.makeFolder(place, mustBeEmpty: false)
                file = try SampleFile(path: place + "/\(number)-" + Self.fileName(Self.baseName(shard.path)) + ".jsonl")
                files[source] = file
            }
            try file.append(record.bytes)
            sample.sources[source, default: CorpusSample.Source()].documents += 1
            sample.sources[source, default: CorpusSample.Source()].bytes += text.count
        }
        for (_, file) in files.sorted(by: { $0.key < $1.key }) { try file.finish() }
    }

    /// The fingerprint that an audit gives the text, bad sequences mended.
    private static func fingerprint(of text: UnsafeBufferPointer<UInt8>) -> Fingerprint {
        guard UTF8Validation.firstInvalidOffset(text) != nil else { return Fingerprint(of: text) }
        return UTF8Validation.repaired(text).0.withUnsafeBufferPointer { Fingerprint(of: $0) }
    }

    // MARK: Names

    private static func baseName(_ path: String) -> String {
        var name = String(path.split(separator: "/").last ?? "stdin")
        for suffix in [".zst", ".gz", ".jsonl", ".json"] where name.hasSuffix(suffix) {
            name.removeLast(suffix.count)
        }
        return name
    }

    /// A name that is safe as one file's: slashes, controls and leading dots are replaced.
    static func fileName(_ name: String) -> String {
        var text = String(
            name.map { $0 == "/" || $0.isNewline || ($0.asciiValue.map { $0 < 0x20 } ?? false) ? "_" : $0 })
        if text.isEmpty || text.hasPrefix(".") { text = "_" + text }
        return text
    }

    private static func makeFolder(_ path: String, mustBeEmpty: Bool) throws(RunError) {
        var made = path.hasPrefix("/") ? "" : "."
        for part in path.split(separator: "/") {
            made += "/" + part
            guard mkdir(made, 0o755) == 0 || errno == EEXIST else {
                throw .cannotWrite(path: path, reason: SystemFile.reason())
            }
        }
        guard mustBeEmpty else { return }
        guard let directory = opendir(path) else { throw .cannotWrite(path: path, reason: SystemFile.reason()) }
        defer { closedir(directory) }
        var entries = 0
        while readdir(directory) != nil { entries += 1 }
        guard entries <= 2 else {
            throw .cannotWrite(path: path, reason: "the folder is not empty; name a new one")
        }
    }
}
