/// The hits of a scan that count: those in documents few enough.
struct ContaminationHits: Sendable {
    /// Documents above which a sequence is boilerplate.
    static let mostDocuments = 1_000

    let sets: BenchmarkSets
    /// Runs of ``DocumentHit``.
    let runs: [EntryRun]
    /// Sequences that are boilerplate.
    let boilerplate: Int
    /// Whether documents are kept as examples.
    var keepsExamples = false
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
            if hit.hash != last?.hash { place = try Self.place(of: hit.hash, in: sets) }
            last = hit
            while let first = next.first, first < hit.hash { next.removeFirst() }
            if next.first == hit.hash { return }
            try sorter.add(
                DocumentHit(
                    fingerprint: hit.fingerprint, position: hit.position, count: hit.count, place: UInt32(place)))
        }
        runs = try sorter.takeRuns()
        boilerplate = common.count
        self.sets = sets
    }

    private static func place(of hash: UInt64, in sets: BenchmarkSets) throws(RunError) -> Int {
        guard let place = sets.index.place(of: hash) else {
            throw .damaged(
                path: "the hits of evaluation sets", reason: "they name a sequence of no item")
        }
        return place
    }

    /// Walks the hits in a range of fingerprints, together with texts in their order.
    func walk(from low: UInt64, below high: UInt64?, recordsCover: Bool) throws(RunError) -> ContaminationWalk {
        var cursors: [EntryCursor<DocumentHit>] = []
        for run in runs { cursors.append(try run.cursor(of: DocumentHit.self, from: low, below: high)) }
        return try ContaminationWalk(cursors, sets: sets, recordsCover: recordsCover)
    }
}
