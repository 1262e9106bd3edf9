/// The hits of a scan, and which of them do not count: those in too many documents.
struct ContaminationHits: Sendable {
    /// Documents above which a sequence is boilerplate.
    static let mostDocuments = 1_000

    let sets: BenchmarkSets
    /// Runs of ``DocumentHit``; of boilerplate those in the first documents.
    let runs: [EntryRun]
    /// The places in the ``BenchmarkIndex`` of sequences that are boilerplate, ascending.
    let boilerplate: [UInt32]
    /// Whether documents are kept as examples.
    var keepsExamples = false
    private let store: RunStore

    /// Counts the documents of each sequence, and brings hits into the order of documents.
    ///
    /// - Throws: ``RunError`` where a file cannot be read or written; `CancellationError`.
    init(_ hits: [EntryRun], sets: BenchmarkSets, memory: Int, stop: StopSignal) throws {
        store = RunStore(.temporary)
        var sorter = EntrySorter<DocumentHit>(memory: memory / 2, store: store)
        var boilerplate: [UInt32] = []
        var last: SequenceHit?
        var (place, documents) = (UInt32(0), 0)
        // In one walk, which reads files once: what is boilerplate is known at the end, and left out where hits are read.
        try MergePass(memory: memory / 2, store: RunStore(.temporary)).merge(hits, stop: stop) { (hit: SequenceHit) in
            // The same text may have been met by several tasks.
            if hit == last { return }
            if hit.hash != last?.hash {
                place = UInt32(try Self.place(of: hit.hash, in: sets))
                documents = 1
            } else if hit.fingerprint != last?.fingerprint {
                documents += 1
            }
            last = hit
            guard documents <= Self.mostDocuments else {
                if boilerplate.last != place { boilerplate.append(place) }
                return
            }
            try sorter.add(
                DocumentHit(fingerprint: hit.fingerprint, position: hit.position, count: hit.count, place: place))
        }
        runs = try sorter.takeRuns()
        self.boilerplate = boilerplate
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
        return try ContaminationWalk(cursors, of: self, recordsCover: recordsCover)
    }
}
