/// Reads a shard of token ids: ids are counted as they lie, and a document is known by its bytes.
///
/// Ids of another width are other bytes: the same text in a `uint16` and in an `int32` shard is not found to repeat.
struct TokenScanner: ~Copyable {
    private let collector: UnitCollector
    private let memory: Int
    private var intake: ShardIntake

    init(_ shard: Shard, options: AuditOptions, collector: UnitCollector, commits: ScanCommits) {
        self.collector = collector
        memory = options.memory
        intake = ShardIntake(shard, options: options, collector: collector, commits: commits)
    }

    private var shard: Shard { intake.shard }

    /// Reads the shard to its end or to damage that ends it; damage is reported, not thrown.
    ///
    /// Throws ``CorpusError/damaged(_:)`` at the first problem of a strict audit, and ``RunError`` where runs cannot be
    /// written.
    consuming func scan() throws -> ShardReport {
        do {
            let stream = try ShardStream(
                path: shard.location, content: .tokens, memory: memory, progress: collector.progress,
                stop: collector.stop)
            if case .tokens(let layout) = shard.format {
                return try read(try FlatTokenDocuments(stream, layout: layout), index: nil)
            }
            let binSize = FileIdentity(path: shard.location)?.bytes ?? 0
            let location = FormatSelection.index(of: shard.location)
            let index = try CompanionFile(
                reading: location, path: FormatSelection.index(of: shard.path), stop: collector.stop)
            return try read(MegatronDocuments(stream, binSize: binSize, index: location), index: index)
        } catch let fault as StreamFault {
            guard fault.kind == .missingInput, shard.format == .megatron, FileIdentity(path: shard.location) != nil
            else { return try intake.refuse(fault) }
            let name = FormatSelection.index(of: shard.path)
            return try intake.refuse(StreamFault(kind: .badIndex, reason: "its index \(name) \(fault.reason)"))
        }
    }

    private mutating func read<Documents: TokenDocumentSource & ~Copyable>(
        _ documents: consuming Documents, index: CompanionFile?
    ) throws -> ShardReport {
        let share = collector.share(of: shard.source)
        var position = 0
        while true {
            let isKnown = position < intake.part?.records ?? 0
            if !isKnown { try intake.pause(afterRecords: position, at: documents.bytesRead) }
            let next: TokenDocument?
            do throws(StreamFault) {
                next = try documents.next()
            } catch {
                try intake.note(
                    error.kind, record: position, at: documents.bytesRead,
                    "\(error.reason); the \(position) documents before it count")
                break
            }
            guard let document = next else { break }
            defer { position += 1 }
            // What a part holds is passed over.
            if isKnown { continue }
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
        let shard = shard
        var report = try intake.finish(at: documents.bytesRead) { () throws(StreamFault) in
            let file = try documents.finish()
            if let index, FileIdentity(path: FormatSelection.index(of: shard.location)) != index.identity {
                throw StreamFault(kind: .changedInput, reason: "the index changed while it was read")
            }
            return file
        }
        report.index = index
        return report
    }
}
