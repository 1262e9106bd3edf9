/// Writes the documents of a list, shard by shard, as lines of JSON compressed with zstd.
struct KeptDocumentWriter: Sendable {
    let folder: WriteFolder
    /// The folder of the list.
    let listFolder: String
    /// The shards in the order of the list.
    let reports: [ShardReport]
    /// The files of their documents, below the folder.
    let names: [String]
    let maximumRecordBytes: Int
    let threads: Int
    let memory: Int
    let progress: ScanProgress?

    /// Throws where a shard cannot be read again, before anything is written.
    static func check(_ reports: [ShardReport]) throws(RunError) {
        for report in reports where report.shares.contains(where: { $0.documents > 0 }) {
            let shard = report.shard
            guard shard.format.copy != nil else {
                throw .unsuitable(
                    path: shard.path,
                    reason: "it holds token ids (\(shard.format)), and documents are written as text; "
                        + "use the list, or keep only the shards of text")
            }
            if report.attempt != nil || shard.isStream {
                throw .unsuitable(
                    path: shard.path,
                    reason: "its documents came through a stream, which cannot be read again; use the list, or "
                        + "scan files")
            }
            if shard.object != nil, FileIdentity(path: shard.location) == nil {
                throw .unsuitable(
                    path: shard.path,
                    reason: "a command fetched it, and documents are written from files; use the list, or copy the "
                        + "shards here and scan the copies")
            }
            try checkSize(report)
        }
    }

    private static func checkSize(_ report: ShardReport) throws(RunError) {
        let bytes = FileIdentity(path: report.shard.location)?.bytes
        guard bytes != report.identity.bytes else { return }
        throw .cannotRead(
            path: report.shard.path,
            reason: bytes.map {
                "it has \($0) bytes, and had \(report.identity.bytes) when it was scanned; scan it again"
            }
                ?? "it is not at \(report.shard.location), where it was scanned; paths count from the scan's working "
                + "folder")
    }

    // MARK: Space

    /// Estimates the disk space of the files, before any is written.
    ///
    /// A compressed shard is assumed to keep its size times the share of documents that stay. For uncompressed ones,
    /// the first MiB of some is compressed, and its ratio applied to all.
    func estimate(_ list: KeepList) throws(RunError) -> KeepEstimate {
        var compressed = 0.0
        var plain = 0.0
        var samples: [String] = []
        for (index, shard) in list.shards.enumerated() where shard.kept > 0 {
            guard try folder.done(index) == nil else { continue }
            let bytes = Double(shard.bytes) * Double(shard.kept) / Double(max(shard.documents, shard.kept))
            if isCompressed(reports[index]) {
                compressed += bytes
            } else {
                plain += bytes
                samples.append(reports[index].shard.location)
            }
        }
        let needed = compressed + plain * (plain > 0 ? try Self.ratio(of: samples) : 1)
        return KeepEstimate(bytes: Int(min(needed.rounded(.up), 0x1p62)), freeBytes: folder.freeBytes)
    }

    private func isCompressed(_ report: ShardReport) -> Bool {
        report.layout.map { $0.codecs != ["UNCOMPRESSED"] } ?? ShardName(report.shard.location).isCompressed
    }

    private static func ratio(of paths: [String]) throws(RunError) -> Double {
        let encoder = ZstdEncoder()
        var before = 0
        var after = 0
        for path in stride(from: 0, to: paths.count, by: max(1, paths.count / sampledShards)).map({ paths[$0] }) {
            let file = try SystemFile(reading: path)
            let block = try file.read(min(file.size, 1 << 20), at: 0)
            before += block.count
            after += encoder.frame(block).count
        }
        return before == 0 ? 1 : Double(after) / Double(before)
    }

    /// How many shards show how well text compresses.
    private static let sampledShards = 8

    // MARK: Writing

    /// Writes the files that an earlier process has not written.
    func write(_ list: KeepList, stop: StopSignal) throws -> KeepList.Written {
        let order = list.shards.indices.sorted { (list.shards[$0].bytes, $1) > (list.shards[$1].bytes, $0) }
        progress?.begin(shards: order.count, bytes: list.shards.reduce(0) { $0 + ($1.kept > 0 ? $1.bytes : 0) })
        let queue = ShardQueue(order)
        let done = try WorkerThreads.map(max(1, min(threads, order.count)), stop: stop) { _, stop in
            let encoder = ZstdEncoder()
            var done: [(shard: Int, done: WriteFolder.Done)] = []
            while let index = queue.next()?.shard {
                try stop.check()
                done.append((index, try finished(index, list.shards[index], encoder, stop)))
                progress?.finishShard()
            }
            return done
        }.flatMap { $0 }
        var written = KeepList.Written()
        for (_, done) in done.sorted(by: { $0.shard < $1.shard }) {
            written.files += done.file == nil ? 0 : 1
            written.documents += done.documents
            written.bytes += done.bytes
            written.lost += done.lost
            for note in done.notes where !written.notes.contains(note) { written.notes.append(note) }
        }
        return written
    }

    private func finished(
        _ index: Int, _ entry: KeepList.Shard, _ encoder: ZstdEncoder, _ stop: StopSignal
    ) throws -> WriteFolder.Done {
        if let done = try folder.done(index) {
            progress?.add(bytes: entry.kept > 0 ? entry.bytes : 0)
            return done
        }
        var done = WriteFolder.Done()
        if entry.kept > 0 {
            let file = try folder.file(named: names[index], encoder: encoder)
            do {
                let result = try copy(reports[index], to: file, positions: "\(listFolder)/\(entry.file)", stop)
                if result.documents > 0 {
                    try file.finish()
                    done.file = names[index]
                    done.bytes = FileIdentity(path: file.path)?.bytes ?? 0
                }
                done.documents = result.documents
                done.lost = result.lost
                done.notes = result.notes
            } catch {
                file.discard()
                throw error
            }
        }
        try folder.finish(index, done)
        return done
    }

    private func copy(
        _ report: ShardReport, to file: SampleFile, positions: String, _ stop: StopSignal
    ) throws -> ShardCopier.Result {
        try Self.checkSize(report)
        let opening = ShardOpening(
            shard: report.shard, maximumRecordBytes: maximumRecordBytes, memory: memory, progress: progress, stop: stop,
            copiesRecords: true)
        guard let copy = report.shard.format.copy else { preconditionFailure("shards were checked before") }
        let result = try copy(
            ShardCopier(opening: opening, positions: try KeptPositions(path: positions), file: file))
        guard result.end.digest == report.digest else {
            throw RunError.cannotRead(
                path: report.shard.path, reason: "its bytes are not those that were scanned; scan it again")
        }
        return result
    }
}
