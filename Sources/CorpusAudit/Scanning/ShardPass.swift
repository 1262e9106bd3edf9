import UnicodeText

/// Reads one shard, document by document, into a collector: the one loop for all formats.
///
/// This is the hot path. The loop is generic over the format's reader and compiled for each: a shard's bytes become
/// records, texts, fingerprints and counts without leaving this module.
struct ShardPass: ~Copyable {
    private let options: AuditOptions
    private let collector: UnitCollector
    private var intake: ShardIntake
    private var sources: SourceShares
    private let piece: ShardPiece?
    private let division: ShardDivision?

    /// Makes a pass over a shard, or over a piece of it.
    init(
        _ shard: Shard, piece: ShardPiece? = nil, of division: ShardDivision? = nil, options: AuditOptions,
        collector: UnitCollector, commits: ScanCommits
    ) {
        self.piece = piece
        self.division = division
        self.options = options
        self.collector = collector
        intake = ShardIntake(shard, piece: piece, options: options, collector: collector, commits: commits)
        sources = SourceShares(default: shard.source)
    }

    private var shard: Shard { intake.shard }

    /// Reads the shard to its end or to damage that ends it; damage is reported, not thrown.
    ///
    /// Throws ``CorpusError/damaged(_:)`` at the first problem of a strict audit, ``CorpusError/brokenShard(path:reason:)``
    /// at damage of a shard that counts only whole, and ``RunError`` where runs cannot be written.
    consuming func read<Reader: DocumentReader & ~Copyable>(
        _ open: (ShardOpening) throws(StreamFault) -> Reader
    ) throws -> ShardReport {
        var reader: Reader
        var opening = ShardOpening(
            shard: shard, maximumRecordBytes: options.maximumRecordBytes, memory: options.memory,
            progress: collector.progress, stop: collector.stop, part: intake.part, piece: piece, division: division,
            window: collector.window)
        // The scratch file's room is taken as long as the shard is read.
        defer { withExtendedLifetime(opening) {} }
        do throws(StreamFault) {
            try opening.stage()
            reader = try open(opening)
        } catch {
            try requireWhole(Reader.self, error)
            return try intake.refuse(error)
        }
        if Reader.unit.declaresSource { _ = sources.defaultShare(in: collector) }
        let isReadUnseen = shard.isReadUnseen
        while true {
            try intake.pause(afterRecords: reader.recordsRead, at: reader.offset)
            let next: DocumentRecord?
            do throws(StreamFault) {
                next = try reader.next()
            } catch {
                try requireWhole(Reader.self, error)
                // An object counts whole or not at all.
                if shard.command != nil, error.kind.isOfTheMachine { return try intake.refuse(error) }
                try intake.note(
                    error.kind, record: reader.recordsRead, at: reader.bytesRead,
                    "\(error.reason); \(Reader.unit.remains(after: reader.recordsRead))")
                break
            }
            guard let record = next else { break }
            if isReadUnseen, record.index == 0, let fault = FormatSelection.refusal(of: shard, head: reader.head) {
                return try intake.refuse(fault)
            }
            if !reader.damage.isEmpty {
                for damage in reader.damage {
                    try intake.note(damage.kind, record: record.index, at: damage.offset, damage.message)
                }
            }
            if let document = record.document { try take(document, of: record, from: reader) }
        }
        var report = try intake.finish(at: reader.bytesRead) { () throws(StreamFault) in try reader.finish() }
        report.index = reader.companion
        report.layout = reader.layout
        return report
    }

    /// Ends the scan if no part of a damaged shard may count.
    private func requireWhole<Reader: DocumentReader & ~Copyable>(_: Reader.Type, _ fault: StreamFault) throws {
        guard Reader.countsOnlyWhole, !fault.kind.isOfTheMachine else { return }
        throw CorpusError.brokenShard(path: shard.path, reason: fault.reason)
    }

    private mutating func take<Reader: DocumentReader & ~Copyable>(
        _ document: Document, of record: DocumentRecord, from reader: borrowing Reader
    ) throws {
        if let tokens = document.tokens {
            return try collector.add(
                tokens.fingerprint, tokens: UInt32(tokens.ids), bytes: UInt32(tokens.bytes),
                share: sources.defaultShare(in: collector), position: record.index)
        }
        if document.isFiltered { return collector.countFiltered(try share(document, record)) }
        let score = try score(document, record)
        let share = try share(document, record)
        try intake.take(
            document.text, isASCII: document.isASCII, share: share, score: score, position: record.index
        ) { reader.place(ofText: $0) }
    }

    // MARK: Fields

    /// The original score; the merge decides its weight.
    private mutating func score(_ document: Document, _ record: DocumentRecord) throws -> Double? {
        switch document.score {
        case .unasked: return nil
        case .missing: try noteMissingScore("no number", record)
        case .nonFinite: try noteMissingScore("NaN or an infinity", record)
        case .value(let score):
            if QualityWeight(score) == nil { try noteUnusableScore(score, record) }
            return score
        }
        return nil
    }

    private mutating func noteMissingScore(_ what: String, _ record: DocumentRecord) throws {
        let path = shard.fields.quality.map { "\($0)" } ?? ""
        try intake.note(
            .missingQuality, record: record.index, at: record.offset,
            "\(what) is at the quality key `\(path)`; the record counts with quality 1")
    }

    private mutating func noteUnusableScore(_ score: Double, _ record: DocumentRecord) throws {
        try intake.note(
            .unusableQuality, record: record.index, at: record.offset, isCertain: shard.fields.qualityMap == nil,
            "the quality \(score) is not from 0 to 16.777215; without a map that turns scores into weights "
                + "(--quality-map) the record counts with quality 1")
    }

    private mutating func share(_ document: Document, _ record: DocumentRecord) throws -> Int {
        if let name = document.source, !name.isEmpty { return sources.share(named: name, in: collector) }
        if let path = shard.fields.source, shard.format.hasFields {
            try intake.note(
                .missingSource, record: record.index, at: record.offset,
                "there is no name at the source key `\(path)`; the record counts for source `\(shard.source)`")
        }
        return sources.defaultShare(in: collector)
    }
}

/// Remembers the source of the last record, since neighbours mostly share one.
private struct SourceShares {
    private let defaultSource: String
    private var defaultNumber: Int?
    private var lastName: [UInt8] = []
    private var lastNumber = -1

    init(default source: String) { defaultSource = source }

    mutating func defaultShare(in collector: UnitCollector) -> Int {
        if let defaultNumber { return defaultNumber }
        let number = collector.share(of: defaultSource)
        defaultNumber = number
        return number
    }

    mutating func share(named name: UnsafeBufferPointer<UInt8>, in collector: UnitCollector) -> Int {
        if lastNumber >= 0, name.elementsEqual(lastName) { return lastNumber }
        lastName = Array(name)
        lastNumber = collector.share(of: String(decoding: name, as: UTF8.self))
        return lastNumber
    }
}
