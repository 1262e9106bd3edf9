/// Reads a shard of token ids: ids are counted as they lie, and a document is known by its bytes.
///
/// Ids of another width are other bytes: the same text in a `uint16` and in an `int32` shard is not found to repeat.
struct TokenScanner: ~Copyable {
    private let collector: UnitCollector
    private let shard: Shard
    private let commits: ScanCommits
    /// What was read of the shard before, if a part of it was.
    private let part: ShardPart?
    private let memory: Int
    private var intake: ShardIntake

    init(_ shard: Shard, options: AuditOptions, collector: UnitCollector, commits: ScanCommits) {
        self.shard = shard
        self.collector = collector
        memory = options.memory
        self.commits = commits
        part = commits.begin(shard)
        intake = ShardIntake(shard.path, options: options, collector: collector, after: part)
    }

    /// Reads the shard to its end or to damage that ends it; damage is reported, not thrown.
    ///
    /// Throws ``CorpusError/damaged(_:)`` at the first problem of a strict audit, and ``RunError`` where runs cannot be
    /// written.
    consuming func scan() throws -> ShardReport {
        do {
            let stream = try ShardStream(
                path: shard.location, content: .tokens, memory: memory, progress: collector.progress)
            if case .tokens(let layout) = shard.format {
                return try read(FlatTokenDocuments(stream, layout: layout), index: nil)
            }
            let binSize = FileIdentity(path: shard.location)?.bytes ?? 0
            let location = FormatSelection.index(of: shard.location)
            let index = try CompanionFile(reading: location, path: FormatSelection.index(of: shard.path))
            return try read(MegatronDocuments(stream, binSize: binSize, index: location), index: index)
        } catch let fault as StreamFault {
            let isIndex = shard.format == .megatron && FileIdentity(path: shard.location) != nil
            let kind = isIndex && fault.kind == .missingInput ? .badIndex : fault.kind
            let name = FormatSelection.index(of: shard.path)
            try intake.note(
                kind, record: nil, at: nil,
                isIndex && fault.kind == .missingInput ? "its index \(name) \(fault.reason)" : fault.reason)
            return intake.report(ofUnread: shard, isEmpty: fault.kind == .emptyFile)
        }
    }

    private mutating func read<Documents: TokenDocumentSource & ~Copyable>(
        _ documents: consuming Documents, index: CompanionFile?
    ) throws -> ShardReport {
        let share = collector.share(of: shard.source)
        var position = 0
        reading: while true {
            if position >= part?.records ?? 0 {
                try commits.look(at: documents.bytesRead) {
                    intake.part(of: shard, records: position, offset: documents.bytesRead)
                }
            }
            let next: TokenDocument?
            do throws(StreamFault) {
                next = try documents.next()
            } catch {
                try intake.note(
                    error.kind, record: position, at: documents.bytesRead,
                    "\(error.reason); the \(position) documents before it count")
                break reading
            }
            guard let document = next else { break reading }
            defer { position += 1 }
            // What a part holds is passed over.
            if let part, position < part.records { continue }
            if document.bytes > Int(UInt32.max) {
                try intake.note(
                    .recordTooLong, record: position, at: document.offset,
                    "the document has \(document.bytes) bytes, more than the 4 GiB a unit may have, and is left out"
                        + (shard.format == .megatron ? "" : "; --end-of-document names the id that parts documents"))
            } else {
                try collector.add(
                    document.fingerprint, tokens: UInt32(document.bytes / documents.width),
                    bytes: UInt32(document.bytes),
                    share: share, position: position)
            }
        }
        var file: (FileIdentity, Fingerprint)?
        do throws(StreamFault) {
            file = try documents.finish()
            if let index, FileIdentity(path: FormatSelection.index(of: shard.location)) != index.identity {
                throw StreamFault(kind: .changedInput, reason: "the index changed while it was read")
            }
        } catch {
            try intake.note(error.kind, record: nil, at: documents.bytesRead, error.reason)
            file = nil
        }
        var report = intake.report(of: shard, file: file)
        report.index = index
        return report
    }
}
