/// One worker's share of an audit: takes documents and hands them to the analyses.
///
/// A collector belongs to one thread. Its documents may come from a shard or from memory; which of the two cannot be
/// told from what it gathers.
final class UnitCollector {
    private let exactDuplicates: ExactDuplicates
    /// Analyses next to that.
    private let analyses: [any DocumentAnalysisSession]
    private let words: DocumentWords
    private let level: Audit.Level
    /// Is told of documents and of a sample of the units, if anyone looks.
    let progress: ScanProgress?
    /// Ends the reading once it is requested.
    let stop: StopSignal?
    /// The memory in which this thread's shards are read.
    let window = WindowMemory()
    private var untoldDocuments = 0
    /// Whether the analyses have yet to finish a document.
    private var isAnalyzing = false

    /// Sources of the current shard.
    // Unchecked: the collector belongs to one thread, and nothing is called while this is being changed.
    @exclusivity(unchecked) private(set) var shares: [ShardReport.Share] = []
    private var shareOfSource: [ByteName: Int] = [:]

    /// Makes a collector for documents with or without scores; the first score makes room for scores, too.
    ///
    /// Throws ``RunError/machineFailed(reason:)`` where there is no memory for records.
    init(
        options: AuditOptions, store: RunStore, hasScores: Bool = false, progress: ScanProgress? = nil,
        stop: StopSignal? = nil
    ) throws(RunError) {
        self.progress = progress
        self.stop = stop
        level = options.level
        let memory = options.memory / max(1, options.threads) / (1 + options.analyses.count)
        exactDuplicates = try ExactDuplicates(
            options: options, memory: memory, store: store, hasScores: hasScores,
            findsRepeats: !options.analyses.isEmpty, progress: progress)
        var analyses: [any DocumentAnalysisSession] = []
        for analysis in options.analyses { analyses.append(try analysis.makeSession(memory: memory, store: store)) }
        self.analyses = analyses
        words = DocumentWords(options.normalization)
    }

    /// Starts a shard; documents that follow are in it.
    ///
    /// `shares` are what is known of it from documents that came before.
    func begin(_ shard: Shard, shares: [ShardReport.Share] = []) {
        tellDocuments()
        self.shares = shares
        exactDuplicates.begin(shard, sources: shares.map(\.source))
        shareOfSource = Dictionary(uniqueKeysWithValues: shares.enumerated().map { ($1.source, $0) })
    }

    /// The number of a source among those of the current shard.
    func share(of source: String) -> Int {
        let name = ByteName(source)
        if let known = shareOfSource[name] { return known }
        shareOfSource[name] = shares.count
        shares.append(ShardReport.Share(source: name))
        exactDuplicates.add(source: name)
        return shares.count - 1
    }

    /// Takes a document.
    ///
    /// `position` is its record in the shard; `tokens` are those of a document whose count is known.
    func add(
        _ text: UnsafeBufferPointer<UInt8>, share: Int, score: Double?, position: Int, tokens: UInt32? = nil
    ) throws(RunError) {
        countDocument(share)
        try exactDuplicates.setScore(score)
        guard level == .document else {
            return shares[share].emptyUnits += try exactDuplicates.addUnits(text, source: share, position: position)
        }
        guard !text.isEmpty else { return shares[share].emptyUnits += 1 }
        let fingerprint = exactDuplicates.fingerprint(of: text)
        if !analyses.isEmpty {
            // What the lookup reads comes in meanwhile.
            exactDuplicates.prefetch(fingerprint)
            try finishLast()
        }
        let isRepeat = try exactDuplicates.addDocument(
            text, fingerprint, source: share, position: position, tokens: tokens)
        guard !analyses.isEmpty else { return }
        words.begin(text)
        let document = ScannedDocument(
            text: text, words: words, fingerprint: fingerprint, isRepeat: isRepeat, position: position)
        for analysis in analyses { try analysis.add(document) }
        isAnalyzing = true
    }

    /// Takes a document that was counted and fingerprinted where it was read: token ids.
    func add(
        _ fingerprint: Fingerprint, tokens: UInt32, bytes: UInt32, share: Int, position: Int
    ) throws(RunError) {
        countDocument(share)
        guard bytes > 0 else { return shares[share].emptyUnits += 1 }
        try exactDuplicates.addDocument(
            fingerprint, tokens: tokens, bytes: bytes, source: share, position: position)
    }

    /// Ends the work of the analyses on the last document.
    private func finishLast() throws(RunError) {
        guard isAnalyzing else { return }
        isAnalyzing = false
        for analysis in analyses where try analysis.finishLast(words) { exactDuplicates.joinLastRecord() }
    }

    /// The runs since the last call, those in the making included; the collector is done with its shards.
    func takeRuns() throws(RunError) -> GatheredRuns {
        try finishLast()
        tellDocuments()
        var runs = GatheredRuns(units: try exactDuplicates.takeRuns())
        for analysis in analyses { runs.entries += try analysis.takeRuns() }
        return runs
    }

    /// Counts a document that a condition leaves out.
    func countFiltered(_ share: Int) {
        shares[share].filtered += 1
        untoldDocuments += 1
        if untoldDocuments == 1_024 { tellDocuments() }
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
}
