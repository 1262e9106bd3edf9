import TokenCounting
import UnicodeText

/// One worker's share of an audit: takes documents, keeps their unit records, writes them out when they fill memory.
///
/// A collector belongs to one thread. Its documents may come from a shard or from memory; which of the two cannot be
/// told from what it gathers.
final class UnitCollector {
    private var table: RecordTable
    private let options: AuditOptions
    private var session: any TokenCountingSession
    /// The session where records are not plain: what they hold for tokens are then the numbers of its rows.
    private var rowSession: RowCountingSession?
    /// Whether documents may have scores.
    private var hasScores: Bool
    private let level: Audit.Level
    private let folder: TextFolder?
    private let sample: SampleShare?
    /// Whether units are counted at all; a lone estimate from bytes needs no counts.
    private let isCounting: Bool
    private let store: RunStore
    /// Is told of documents and of a sample of the units, if anyone looks.
    let progress: ScanProgress?
    /// Ends the reading once it is requested.
    let stop: StopSignal?
    private var untoldDocuments = 0

    /// Runs that are full, of which no commit knows yet.
    private var fullRuns: [Run] = []

    private var shard: Shard?
    /// Sources of the shard in hand, and the number each has among the run's origins, once it has one.
    private(set) var shares: [ShardReport.Share] = []
    private var originOfShare: [Int?] = []
    private var shareOfSource: [ByteName: Int] = [:]

    private var splitter: UnitSplitter
    private var counts: [UInt32] = []
    /// Units on their way into the table, so many of `batch`.
    ///
    /// Owned: allocated in `init`, freed in `deinit`, used by the collector's thread alone.
    private let batch = UnsafeMutableBufferPointer<UnitRecord>.allocate(capacity: 64)
    private var batched = 0

    /// Makes a collector for documents with or without scores; the first score makes room for scores, too.
    ///
    /// Throws ``RunError/machineFailed(reason:)`` where there is no memory for records.
    init(
        options: AuditOptions, store: RunStore, hasScores: Bool = false, progress: ScanProgress? = nil,
        stop: StopSignal? = nil
    ) throws(RunError) {
        self.progress = progress
        self.stop = stop
        self.options = options
        self.hasScores = hasScores
        let tokenizers = 1 + options.furtherTokenizers.count
        precondition(tokenizers <= AuditOptions.mostTokenizers, "too many tokenizers for one pass")
        rowSession = Self.rowSession(options, hasScores: hasScores)
        session = rowSession ?? options.tokenizer.makeSession()
        level = options.level
        folder = options.normalization.makeFolder()
        sample = options.sampleShare.map { SampleShare($0) }
        isCounting = tokenizers > 1 || options.tokenizer.identity.estimatingRatio == nil
        self.store = store
        table = try Self.table(options, store, hasScores: hasScores)
        splitter = UnitSplitter(level: options.level)
    }

    private static func rowSession(_ options: AuditOptions, hasScores: Bool) -> RowCountingSession? {
        guard hasScores || !options.furtherTokenizers.isEmpty else { return nil }
        return RowCountingSession(
            CombinedCounter([options.tokenizer] + options.furtherTokenizers), hasScores: hasScores)
    }

    private static func table(
        _ options: AuditOptions, _ store: RunStore, hasScores: Bool
    ) throws(RunError) -> RecordTable {
        // A lookup pays where units are many and small, or where counting one costs more than finding it.
        let isIndexed =
            options.level != .document || (!options.tokenizer.identity.isEstimate && options.sampleShare == nil)
        var memory = options.memory / max(1, options.threads)
        let layout = RecordLayout(tokenizers: 1 + options.furtherTokenizers.count, hasScores: hasScores)
        if !layout.isPlain {
            // Each record may need a row of its own.
            let record = MemoryLayout<UnitRecord>.stride + RecordOrder.roomPerRecord
            memory = memory / (record + RowCountingSession.bytesPerRow(layout)) * record
        }
        return try RecordTable(
            isIndexed: isIndexed && !options.keepsEveryPosition, joinsShards: !store.isDurable, memory: memory)
    }

    /// Makes room for scores, where documents had none up to now.
    private func beginScores() throws(RunError) {
        try closeRun(staysInMemory: false)
        hasScores = true
        rowSession = Self.rowSession(options, hasScores: true)
        session = rowSession ?? session
        table = try Self.table(options, store, hasScores: true)
        if let shard { table.origins.begin(shard) }
    }

    deinit { batch.deallocate() }

    /// Starts a shard; documents that follow lie in it.
    ///
    /// `shares` are what is known of it from documents that came before.
    func begin(_ shard: Shard, shares: [ShardReport.Share] = []) {
        tellDocuments()
        self.shard = shard
        table.origins.begin(shard)
        self.shares = shares
        originOfShare = Array(repeating: nil, count: shares.count)
        shareOfSource = Dictionary(uniqueKeysWithValues: shares.enumerated().map { ($1.source, $0) })
    }

    /// The number of a source among those of the shard in hand.
    func share(of source: String) -> Int {
        let name = ByteName(source)
        if let known = shareOfSource[name] { return known }
        shareOfSource[name] = shares.count
        shares.append(ShardReport.Share(source: name))
        originOfShare.append(nil)
        return shares.count - 1
    }

    /// Takes a document.
    ///
    /// `position` is its record in the shard; `tokens` are those of a document whose count is known.
    func add(
        _ text: UnsafeBufferPointer<UInt8>, share: Int, score: Double?, position: Int, tokens: UInt32? = nil
    ) throws(RunError) {
        countDocument(share)
        if score != nil, !hasScores { try beginScores() }
        rowSession?.score = score
        if level == .document {
            try addDocument(text, share: share, position: position, tokens: tokens)
        } else {
            try addUnits(text, share: share, position: position)
        }
    }

    /// Takes a document that was counted and fingerprinted where it was read: token ids.
    func add(
        _ fingerprint: Fingerprint, tokens: UInt32, bytes: UInt32, share: Int, position: Int
    ) throws(RunError) {
        countDocument(share)
        guard bytes > 0 else { return shares[share].emptyUnits += 1 }
        if table.isFull { try closeRun(staysInMemory: false) }
        tell(fingerprint)
        rowSession?.score = nil
        table.insert(
            UnitRecord(
                fingerprint, tokens: rowSession?.row(tokens: tokens) ?? tokens, bytes: bytes,
                origin: try origin(of: share), position: position))
    }

    /// The runs since the last call, the one in the making included; the collector is done with its shards.
    func takeRuns() throws(RunError) -> [Run] {
        tellDocuments()
        try closeRun(staysInMemory: true)
        defer { fullRuns = [] }
        return fullRuns
    }

    private func countDocument(_ share: Int) {
        shares[share].documents += 1
        untoldDocuments += 1
        if untoldDocuments == 1_024 { tellDocuments() }
    }

    private func tellDocuments() {
        if untoldDocuments > 0 { progress?.add(documents: untoldDocuments) }
        untoldDocuments = 0
    }

    @inline(__always)
    private func tell(_ fingerprint: Fingerprint) {
        if let progress, RepeatSample.mayHold(fingerprint) { progress.add(fingerprint) }
    }

    private func newOrigin(_ share: Int) throws(RunError) -> Int {
        if table.origins.all.count > UnitRecord.maximumOrigin { try closeRun(staysInMemory: false) }
        let origin = table.origins.add(source: shares[share].source)
        originOfShare[share] = origin
        return origin
    }

    /// Makes a run of the records in hand.
    ///
    /// A run stays in memory only when no further one will grow beside it: then both would exceed the limit.
    private func closeRun(staysInMemory: Bool) throws(RunError) {
        insertBatch()
        if table.count > 0 {
            fullRuns.append(
                try store.keep(
                    try table.take(), rows: rowSession?.takeRows(), origins: table.origins.all,
                    staysInMemory: staysInMemory))
        }
        table.origins.removeAll()
        for share in originOfShare.indices { originOfShare[share] = nil }
    }

    private func addDocument(
        _ text: UnsafeBufferPointer<UInt8>, share: Int, position: Int, tokens: UInt32?
    ) throws(RunError) {
        guard !text.isEmpty else {
            shares[share].emptyUnits += 1
            return
        }
        if table.isFull { try closeRun(staysInMemory: false) }
        let fingerprint = fingerprint(of: text)
        tell(fingerprint)
        // The text of a document is all that is counted, so an equal fingerprint means an equal count; not so once
        // texts are normalized, or units leave their terminators out.
        let held = tokens == nil && folder == nil ? table.tokens(of: fingerprint) : nil
        let counted: UInt32
        if !isCounted(fingerprint) {
            counted = rowSession?.row() ?? 0
        } else if let tokens {
            counted = rowSession?.row(tokens: tokens) ?? tokens
        } else if let held {
            counted = rowSession?.row(like: held) ?? held
        } else {
            counted = count(text)
        }
        table.insert(
            UnitRecord(
                fingerprint, tokens: counted, bytes: UInt32(text.count), origin: try origin(of: share),
                position: position))
    }

    private func addUnits(
        _ text: UnsafeBufferPointer<UInt8>, share: Int, position: Int
    ) throws(RunError) {
        splitter.split(text)
        let ends = splitter.ends
        counts.removeAll(keepingCapacity: true)
        counts.append(contentsOf: repeatElement(rowSession?.row() ?? 0, count: ends.count))
        if sample == nil, isCounting {
            var target = counts.mutableSpan
            session.count(text.span, unitEnds: ends.span, into: &target)
        }
        var origin = try origin(of: share)
        // Local while the loop runs: each access to a property of a shared object is checked.
        var counts = counts
        var batched = batched
        var emptyUnits = 0
        var start = 0
        for index in ends.indices {
            let bytes = splitter.text(from: start, to: ends[index], of: text)
            defer { start = ends[index] }
            guard !bytes.isEmpty else {
                emptyUnits += 1
                continue
            }
            let fingerprint = fingerprint(of: bytes)
            tell(fingerprint)
            var tokens = counts[index]
            if let sample, isCounting, sample.holds(fingerprint) {
                tokens = count(UnsafeBufferPointer(rebasing: text[start..<ends[index]]))
            }
            batch[batched] = UnitRecord(
                fingerprint, tokens: tokens, bytes: UInt32(bytes.count), origin: origin,
                position: UnitRecord.position(ofUnit: index, in: position))
            batched += 1
            guard batched == batch.count else { continue }
            self.batched = batched
            insertBatch()
            batched = 0
            if table.capacity - table.count < batch.count {
                try closeRun(staysInMemory: false)
                origin = try self.origin(of: share)
                rowSession?.carryOver(&counts, from: index + 1)
            }
        }
        self.batched = batched
        shares[share].emptyUnits += emptyUnits
    }

    /// Puts the batch into the table, where there is room for one at any time.
    private func insertBatch() {
        table.insert(UnsafeBufferPointer(rebasing: batch[..<batched]))
        batched = 0
    }

    private func origin(of share: Int) throws(RunError) -> Int {
        if let known = originOfShare[share] { known } else { try newOrigin(share) }
    }

    /// Whether a unit's tokens are counted rather than estimated from a sample.
    @inline(__always)
    private func isCounted(_ fingerprint: Fingerprint) -> Bool {
        isCounting && sample.map { $0.holds(fingerprint) } ?? true
    }

    private func fingerprint(of unit: UnsafeBufferPointer<UInt8>) -> Fingerprint {
        folder?.withFolded(valid: unit) { Fingerprint(of: $0) } ?? Fingerprint(of: unit)
    }

    private func count(_ text: UnsafeBufferPointer<UInt8>) -> UInt32 {
        let ends: InlineArray<1, Int> = [text.count]
        var counts: InlineArray<1, UInt32> = [0]
        var target = counts.mutableSpan
        session.count(text.span, unitEnds: ends.span, into: &target)
        return counts[0]
    }
}
