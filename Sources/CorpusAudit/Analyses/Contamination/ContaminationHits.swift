/// The hits of a scan that count: those in documents few enough.
struct ContaminationHits: Sendable {
    /// Documents above which a sequence is boilerplate.
    static let mostDocuments = 1_000

    let sets: BenchmarkSets
    /// Runs of ``DocumentHit``.
    let runs: [EntryRun]
    /// Sequences that are boilerplate.
    let boilerplate: Int
    private let store: RunStore

    /// Leaves boilerplate out, and brings hits into the order of documents.
    ///
    /// - Throws: ``RunError`` where a file cannot be read or written; `CancellationError`.
    init(_ hits: [EntryRun], sets: BenchmarkSets, memory: Int, stop: StopSignal) throws {
        let pass = MergePass(memory: memory / 2, store: RunStore(.temporary))
        let walked = try pass.consolidate(hits, of: SequenceHit.self, stop: stop)
        var common: [UInt64] = []
        var documents = 0
        var last: SequenceHit?
        try pass.merge(walked, stop: stop) { (hit: SequenceHit) in
            if hit.hash != last?.hash { documents = 0 }
            if hit.hash != last?.hash || hit.fingerprint != last?.fingerprint { documents += 1 }
            if documents > Self.mostDocuments, common.last != hit.hash { common.append(hit.hash) }
            last = hit
        }
        store = RunStore(.temporary)
        var sorter = EntrySorter<DocumentHit>(memory: memory / 2, store: store)
        var next = common[...]
        last = nil
        var place = 0
        try pass.merge(walked, stop: stop) { (hit: SequenceHit) in
            // The same text may have been met by several tasks.
            if hit == last { return }
            if hit.hash != last?.hash { place = sets.index.places(of: hit.hash).lowerBound }
            last = hit
            while let first = next.first, first < hit.hash { next.removeFirst() }
            if next.first == hit.hash { return }
            try sorter.add(
                DocumentHit(fingerprint: hit.fingerprint, position: hit.position, place: UInt32(place)))
        }
        runs = try sorter.takeRuns()
        boilerplate = common.count
        self.sets = sets
    }

    /// Walks the hits in a range of fingerprints, together with texts in their order.
    func walk(from low: UInt64, below high: UInt64?) throws(RunError) -> ContaminationWalk {
        var cursors: [EntryCursor<DocumentHit>] = []
        for run in runs { cursors.append(try run.cursor(of: DocumentHit.self, from: low, below: high)) }
        return try ContaminationWalk(cursors, sets: sets)
    }
}

/// Finds what documents that come in the order of their fingerprints have in common with evaluation sets.
struct ContaminationWalk {
    /// What a document and an item have in common.
    struct Match {
        /// The longest sequence of words that is in both.
        var longest = 0
        /// The first words of the sequences of eight that are in both.
        var positions: Set<Int> = []

        /// Adds a sequence that ends a row of so many words in common.
        fileprivate mutating func add(_ position: Int, words: Int) {
            positions.insert(position)
            longest = max(longest, words)
        }
    }

    private let sets: BenchmarkSets
    private var hits: KWayMerge<DocumentHit>
    private var next: DocumentHit?

    fileprivate init(_ cursors: [EntryCursor<DocumentHit>], sets: BenchmarkSets) throws(RunError) {
        self.sets = sets
        hits = KWayMerge(cursors)
        next = try hits.next()
    }

    /// Goes on to a text; returns what it has in common with items.
    mutating func advance(to fingerprint: Fingerprint) throws(RunError) -> [Int: Match] {
        guard let first = next, first.fingerprint <= fingerprint else { return [:] }
        var matches: [Int: Match] = [:]
        // For each item and position at which the word before ended a sequence, how many sequences follow each other there.
        var open: [Place: Int] = [:]
        var last: UInt32?
        while let hit = next, hit.fingerprint <= fingerprint {
            guard hit.fingerprint == fingerprint else {
                throw .damaged(
                    path: "the hits of evaluation sets",
                    reason: "they name a text that no run holds, \(hit.fingerprint)")
            }
            var going: [Place: Int] = [:]
            for place in sets.index.places(startingAt: Int(hit.place)) {
                let length = (last == hit.position &- 1 ? open[place.before] ?? 0 : 0) + 1
                going[place] = length
                matches[place.item, default: Match()].add(place.position, words: length + BenchmarkIndex.words - 1)
            }
            (open, last) = (going, hit.position)
            next = try hits.next()
        }
        return matches
    }

    /// Whether a text is contaminated by an item.
    mutating func isContaminated(_ fingerprint: Fingerprint) throws(RunError) -> Bool {
        try advance(to: fingerprint).contains { sets.isContaminated($0.key, by: $0.value.longest) }
    }

    /// Ends the walk behind the last text.
    func finish() throws(RunError) {
        if let next {
            throw .damaged(
                path: "the hits of evaluation sets", reason: "they name a text that no run holds, \(next.fingerprint)")
        }
    }

    private typealias Place = BenchmarkIndex.Place
}
