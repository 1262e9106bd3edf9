/// The results of passes A to D for each text, which a count of exact copies joins: pass E.
struct NearMarks: Sendable {
    /// Runs of ``NearMark``.
    let runs: [EntryRun]
    /// Bytes of memory.
    let memory: Int
    /// The place for runs that do not fit in memory.
    let store: RunStore
    /// Texts whose owners' places are wanted.
    var wanted: Set<Fingerprint> = []

    /// Starts the join of one thread with the texts in a range of fingerprints.
    func join(
        from low: UInt64, below high: UInt64?, tokenizers: Int, sources: Int, threads: Int
    ) throws(RunError) -> NearJoin {
        NearJoin(
            try walk(from: low, below: high), tokenizers: tokenizers, sources: sources, memory: memory / (2 * threads),
            store: store, wanted: wanted)
    }

    /// Walks the marks in a range of fingerprints, together with texts in their order.
    func walk(from low: UInt64, below high: UInt64?) throws(RunError) -> NearMarkWalk {
        var cursors: [EntryCursor<NearMark>] = []
        for run in runs { cursors.append(try run.cursor(of: NearMark.self, from: low, below: high)) }
        return try NearMarkWalk(cursors)
    }

    /// Adds the near copies whose leader another source owns to the sums of each tokenizer.
    ///
    /// - Parameters:
    ///   - shares: The texts of clusters that all joins gave.
    ///   - sums: The sums.
    ///   - stop: Ends the work once it is requested.
    /// - Throws: ``RunError`` where a file cannot be read or written; `CancellationError`.
    func addOverlap(_ shares: [EntryRun], to sums: inout [AuditSums], stop: StopSignal) throws {
        var leader: ClusterShare?
        try MergePass(memory: memory / 2, store: store).merge(shares, stop: stop) { (share: ClusterShare) in
            guard share.tokenizer < sums.count, share.source < sums[0].sources.count else {
                throw RunError.damaged(
                    path: "the texts of clusters", reason: "they name a source or a tokenizer that is not there")
            }
            if share.isLeader { leader = share }
            guard !share.isLeader, let leader, leader.key == share.key, leader.source != share.source else { return }
            let pair = Int(min(leader.source, share.source)) << 12 | Int(max(leader.source, share.source))
            let sum = AuditSums.Overlap(units: 1, tokens: Int(share.tokens))
            sums[Int(share.tokenizer)].nearOverlap.merge([pair: sum], uniquingKeysWith: AuditSums.Overlap.sum)
        }
    }
}

/// The sums of a range of fingerprints by each tokenizer, with the texts of clusters in it.
struct CountedPart: Sendable {
    var sums: [AuditSums]
    var clusterShares: [EntryRun] = []
}

/// Finds the marks of texts that come in the order of their fingerprints.
struct NearMarkWalk {
    private var marks: KWayMerge<NearMark>
    private var next: NearMark?
    /// The thresholds at which the current text is a near copy; bit 0 is set if it is in the sample.
    private(set) var thresholds: UInt16 = 0
    /// The clusters of the current text.
    private(set) var clusters: [NearMark] = []

    fileprivate init(_ cursors: [EntryCursor<NearMark>]) throws(RunError) {
        marks = KWayMerge(cursors)
        next = try marks.next()
    }

    /// Goes on to a text; returns whether it has a mark.
    ///
    /// - Throws: ``RunError`` where a mark belongs to no text, or a file cannot be read.
    mutating func advance(to fingerprint: Fingerprint) throws(RunError) -> Bool {
        if thresholds != 0 { thresholds = 0 }
        if !clusters.isEmpty { clusters.removeAll(keepingCapacity: true) }
        while let mark = next, mark.fingerprint <= fingerprint {
            guard mark.fingerprint == fingerprint else { throw Self.stray(mark) }
            thresholds |= mark.thresholds
            if mark.cluster > 0 { clusters.append(mark) }
            next = try marks.next()
        }
        return thresholds != 0 || !clusters.isEmpty
    }

    /// Goes on to a text; returns whether it is a near copy.
    mutating func isNearCopy(_ fingerprint: Fingerprint) throws(RunError) -> Bool {
        try advance(to: fingerprint) && thresholds > 1
    }

    /// Ends the walk after the last text.
    ///
    /// - Throws: ``RunError`` if a mark belongs to no text.
    func finish() throws(RunError) { if let next { throw Self.stray(next) } }

    /// The error for band entries that name a text without a unit record.
    private static func stray(_ mark: NearMark) -> RunError {
        .damaged(path: "the band entries", reason: "they name a text that no run holds, \(mark.fingerprint)")
    }
}

/// Joins the marks of near copies with the owners of distinct texts, over a range of fingerprints.
///
/// A text without a mark counts as it does without a search for near copies. Only one thread may use a join.
final class NearJoin {
    private var walk: NearMarkWalk
    private var isMarked = false
    private var shares: EntrySorter<ClusterShare>
    /// By tokenizer, then by source.
    private var copies: [[[AuditSums.NearCopies]]]
    private let wanted: Set<Fingerprint>
    private var places: [Fingerprint: AuditSums.Place] = [:]

    fileprivate init(
        _ walk: NearMarkWalk, tokenizers: Int, sources: Int, memory: Int, store: RunStore, wanted: Set<Fingerprint>
    ) {
        self.wanted = wanted
        self.walk = walk
        shares = EntrySorter(memory: memory, store: store)
        copies = Array(repeating: Array(repeating: [], count: sources), count: tokenizers)
    }

    /// Takes the owner of a text; texts come in the order of their fingerprints, each by every tokenizer in turn.
    ///
    /// - Throws: ``RunError`` where a mark belongs to no text, or a file cannot be read or written.
    func add(_ fingerprint: Fingerprint, owner: UnitCopy, tokenizer: Int) throws(RunError) {
        if tokenizer == 0 {
            isMarked = try walk.advance(to: fingerprint)
            if !wanted.isEmpty, wanted.contains(fingerprint) {
                places[fingerprint] = AuditSums.Place(rank: owner.rank, position: Int(owner.position))
            }
        }
        guard isMarked else { return }
        let (source, tokens) = (owner.source, owner.tokens)
        for threshold in 0...NearMethod.bands where walk.thresholds >> UInt16(threshold) & 1 != 0 {
            copies[tokenizer][source].add(AuditSums.NearCopies(units: 1, tokens: tokens), at: threshold)
        }
        for mark in walk.clusters where tokenizer == 0 || !mark.isLeader {
            try shares.add(
                ClusterShare(
                    cluster: mark.cluster, isLeader: mark.isLeader, source: source, tokenizer: tokenizer, tokens: tokens
                ))
        }
    }

    /// The sums of the range with its near copies, and the texts of clusters in it.
    ///
    /// - Throws: ``RunError`` where a mark belongs to no text, or a file cannot be written.
    func added(to sums: [AuditSums]) throws(RunError) -> CountedPart {
        try walk.finish()
        var part = CountedPart(sums: sums)
        for tokenizer in copies.indices {
            for (source, copies) in copies[tokenizer].enumerated() {
                part.sums[tokenizer].sources[source].nearCopies = copies
            }
        }
        for tokenizer in part.sums.indices { part.sums[tokenizer].nearPlaces = places }
        part.clusterShares = try shares.takeRuns()
        return part
    }
}
