import TokenCounting
import UnicodeText

/// The analysis that every scan makes: one worker's records of units, by which what is distinct is counted.
///
/// It gives each document its fingerprint, and further analyses build on that. It belongs to one thread.
final class ExactDuplicates {
    // This object belongs to one thread, and nothing that is called while an unchecked property is being changed comes back
    // to this object. Checking that at every document took 1 % of an audit.
    @exclusivity(unchecked) private var table: RecordTable
    private let options: AuditOptions
    private let memory: Int
    /// Whether texts are looked up so that further analyses learn which repeat.
    private let findsRepeats: Bool
    private var session: any TokenCountingSession
    /// The session where records are not plain: what they hold for tokens are then the numbers of its rows.
    private var rowSession: RowCountingSession?
    /// Whether documents may have scores.
    private var hasScores: Bool
    private let folder: TextFolder?
    private let sample: SampleShare?
    /// Whether units are counted at all; a lone estimate from bytes needs no counts.
    private let isCounting: Bool
    private let store: RunStore
    /// Is told of a sample of the units, if anyone looks.
    private let progress: ScanProgress?

    /// Runs that are full, of which no commit knows yet.
    private var fullRuns: [Run] = []

    private var shard: Shard?
    /// Sources of the current shard, and the number each has among the run's origins, once it has one.
    @exclusivity(unchecked) private var sources: [(name: ByteName, origin: Int?)] = []

    private var splitter: UnitSplitter
    private var counts: [UInt32] = []
    /// Units on their way into the table, so many of `batch`.
    ///
    /// Owned: allocated in `init`, freed in `deinit`, used only by the worker's thread.
    private let batch = UnsafeMutableBufferPointer<UnitRecord>.allocate(capacity: 64)
    private var batched = 0

    /// Starts with documents with or without scores; the first score makes room for scores, too.
    ///
    /// Throws ``RunError/machineFailed(reason:)`` where there is no memory for records.
    init(
        options: AuditOptions, memory: Int, store: RunStore, hasScores: Bool, findsRepeats: Bool,
        progress: ScanProgress?
    ) throws(RunError) {
        self.options = options
        self.memory = memory
        self.hasScores = hasScores
        self.findsRepeats = findsRepeats
        self.progress = progress
        let tokenizers = 1 + options.furtherTokenizers.count
        precondition(tokenizers <= AuditOptions.mostTokenizers, "too many tokenizers for one pass")
        rowSession = Self.rowSession(options, hasScores: hasScores)
        session = rowSession ?? options.tokenizer.makeSession()
        folder = options.normalization.makeFolder()
        sample = options.sampleShare.map { SampleShare($0) }
        isCounting = tokenizers > 1 || options.tokenizer.identity.estimatingRatio == nil
        self.store = store
        table = try Self.table(
            options, memory: memory, store, hasScores: hasScores, findsRepeats: findsRepeats)
        splitter = UnitSplitter(level: options.level)
    }

    private static func rowSession(_ options: AuditOptions, hasScores: Bool) -> RowCountingSession? {
        guard hasScores || !options.furtherTokenizers.isEmpty else { return nil }
        return RowCountingSession(
            CombinedCounter([options.tokenizer] + options.furtherTokenizers), hasScores: hasScores)
    }

    private static func table(
        _ options: AuditOptions, memory: Int, _ store: RunStore, hasScores: Bool, findsRepeats: Bool
    ) throws(RunError) -> RecordTable {
        // A lookup pays where units are many and small, or where it saves more than it costs.
        let isIndexed =
            findsRepeats || options.level != .document
            || (!options.tokenizer.identity.isEstimate && options.sampleShare == nil)
        var memory = memory
        let layout = RecordLayout(tokenizers: 1 + options.furtherTokenizers.count, hasScores: hasScores)
        if !layout.isPlain {
            // Each record may need a row of its own.
            let record = PackedRecords.bytesPerRecord + RecordOrder.roomPerRecord
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
        table = try Self.table(options, memory: memory, store, hasScores: true, findsRepeats: findsRepeats)
        if let shard { table.origins.begin(shard) }
    }

    deinit { batch.deallocate() }

    /// Starts a shard; documents that follow are in it, and their sources are numbered anew.
    func begin(_ shard: Shard, sources: [ByteName]) {
        self.shard = shard
        table.origins.begin(shard)
        self.sources = sources.map { ($0, nil) }
    }

    /// Adds a source of the current shard; its number is that of those before it.
    func add(source: ByteName) { sources.append((source, nil)) }

    /// Sets the score of the documents that follow.
    func setScore(_ score: Double?) throws(RunError) {
        if score != nil, !hasScores { try beginScores() }
        rowSession?.score = score
    }

    /// The runs since the last call, the one in the making included.
    func takeRuns() throws(RunError) -> [Run] {
        try closeRun(staysInMemory: true)
        defer { fullRuns = [] }
        return fullRuns
    }

    // MARK: Documents

    /// The fingerprint of a unit.
    func fingerprint(of unit: UnsafeBufferPointer<UInt8>) -> Fingerprint {
        folder?.withFolded(valid: unit) { Fingerprint(of: $0) } ?? Fingerprint(of: unit)
    }

    /// Asks for what a lookup of the fingerprint reads.
    func prefetch(_ fingerprint: Fingerprint) { table.prefetch(fingerprint) }

    /// Takes a document that is not empty; returns whether its text is known to be a repeat.
    ///
    /// `tokens` are those of a document whose count is known.
    func addDocument(
        _ text: UnsafeBufferPointer<UInt8>, _ fingerprint: Fingerprint, source: Int, position: Int, tokens: UInt32?
    ) throws(RunError) -> Bool {
        if table.isFull { try closeRun(staysInMemory: false) }
        tell(fingerprint)
        // The text of a document is all that is counted, so an equal fingerprint means an equal count; not so once
        // texts are normalized, or units leave their terminators out.
        let isSameText = tokens == nil && folder == nil
        let held = isSameText || findsRepeats ? table.tokens(of: fingerprint) : nil
        let counted: UInt32
        if !isCounted(fingerprint) {
            counted = rowSession?.row() ?? 0
        } else if let tokens {
            counted = rowSession?.row(tokens: tokens) ?? tokens
        } else if isSameText, let held {
            counted = rowSession?.row(like: held) ?? held
        } else {
            counted = count(text)
        }
        table.insert(
            UnitRecord(
                fingerprint, tokens: counted, bytes: UInt32(text.count), origin: try origin(of: source),
                position: position))
        return held != nil
    }

    /// Has the record of the document that was taken last handed out in order, where an analysis has entries of it.
    func joinLastRecord() { table.markLast() }

    /// Takes a document that was counted and fingerprinted where it was read: token ids.
    func addDocument(
        _ fingerprint: Fingerprint, tokens: UInt32, bytes: UInt32, source: Int, position: Int
    ) throws(RunError) {
        if table.isFull { try closeRun(staysInMemory: false) }
        tell(fingerprint)
        rowSession?.score = nil
        table.insert(
            UnitRecord(
                fingerprint, tokens: rowSession?.row(tokens: tokens) ?? tokens, bytes: bytes,
                origin: try origin(of: source), position: position))
    }

    /// Takes the paragraphs or lines of a document; returns how many of them are empty.
    func addUnits(
        _ text: UnsafeBufferPointer<UInt8>, source: Int, position: Int
    ) throws(RunError) -> Int {
        splitter.split(text)
        let ends = splitter.ends
        counts.removeAll(keepingCapacity: true)
        counts.append(contentsOf: repeatElement(rowSession?.row() ?? 0, count: ends.count))
        if sample == nil, isCounting {
            var target = counts.mutableSpan
            session.count(text.span, unitEnds: ends.span, into: &target)
        }
        var origin = try origin(of: source)
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
            if table.free < batch.count {
                try closeRun(staysInMemory: false)
                origin = try self.origin(of: source)
                rowSession?.carryOver(&counts, from: index + 1)
            }
        }
        self.batched = batched
        return emptyUnits
    }

    @inline(__always)
    private func tell(_ fingerprint: Fingerprint) {
        if let progress, RepeatSample.mayHold(fingerprint) { progress.add(fingerprint) }
    }

    /// Whether a unit's tokens are counted rather than estimated from a sample.
    @inline(__always)
    private func isCounted(_ fingerprint: Fingerprint) -> Bool {
        isCounting && sample.map { $0.holds(fingerprint) } ?? true
    }

    private func count(_ text: UnsafeBufferPointer<UInt8>) -> UInt32 {
        let ends: InlineArray<1, Int> = [text.count]
        var counts: InlineArray<1, UInt32> = [0]
        var target = counts.mutableSpan
        session.count(text.span, unitEnds: ends.span, into: &target)
        return counts[0]
    }

    // MARK: Runs

    /// Puts the batch into the table, where there is room for one at any time.
    private func insertBatch() {
        table.insert(UnsafeBufferPointer(rebasing: batch[..<batched]))
        batched = 0
    }

    private func origin(of source: Int) throws(RunError) -> Int {
        if let known = sources[source].origin { known } else { try newOrigin(source) }
    }

    private func newOrigin(_ source: Int) throws(RunError) -> Int {
        if table.origins.all.count > UnitRecord.maximumOrigin { try closeRun(staysInMemory: false) }
        let origin = table.origins.add(source: sources[source].name)
        sources[source].origin = origin
        return origin
    }

    /// Makes a run of the current records.
    ///
    /// A run stays in memory only when no further one will grow next to it: then both would exceed the limit.
    private func closeRun(staysInMemory: Bool) throws(RunError) {
        insertBatch()
        if table.count > 0 {
            fullRuns.append(
                try store.keep(
                    try table.take(), rows: rowSession?.takeRows(), origins: table.origins.all,
                    staysInMemory: staysInMemory))
        }
        table.origins.removeAll()
        for source in sources.indices { sources[source].origin = nil }
    }
}
