/// Looks for sequences of eight words of evaluation sets in the documents of a scan.
struct ContaminationAnalysis: DocumentAnalysis {
    let sets: BenchmarkSets

    var kinds: [EntryKind] { [SequenceHit.kind] }

    func makeSession(memory: Int, store: RunStore) -> any DocumentAnalysisSession {
        Session(sets.index, memory: memory, store: store)
    }

    /// One worker's hits.
    private final class Session: DocumentAnalysisSession {
        private let search: SequenceSearch
        private var hits: EntrySorter<SequenceHit>
        /// The document whose words are to be searched.
        private var last: Fingerprint?

        init(_ index: BenchmarkIndex, memory: Int, store: RunStore) {
            search = SequenceSearch(index)
            hits = EntrySorter(memory: memory, store: store)
        }

        func add(_ document: ScannedDocument) {
            if document.isRepeat { return }
            document.words.read()
            last = document.fingerprint
        }

        func finishLast(_ words: DocumentWords) throws(RunError) -> Bool {
            guard let fingerprint = last.take() else { return false }
            var hit = SequenceHit(hash: 0, fingerprint: fingerprint, position: 0, count: 0)
            try search.forEachSequence(in: words.normalized) { hash, word throws(RunError) in
                // Words that repeat make one entry, however often they do.
                if hit.count > 0, hit.hash == hash, Int(hit.position) + Int(hit.count) == word {
                    hit.count += 1
                } else {
                    if hit.count > 0 { try hits.add(hit) }
                    hit.hash = hash
                    hit.position = UInt32(clamping: word)
                    hit.count = 1
                }
            }
            if hit.count > 0 { try hits.add(hit) }
            return hit.count > 0
        }

        func takeRuns() throws(RunError) -> [EntryRun] { try hits.takeRuns() }
    }
}

/// A sequence of words of an evaluation set in a document, once or several times with one word between their beginnings.
struct SequenceHit: SpilledEntry, Hashable {
    static let kindName = "w5-sequences-of-8"

    var hash: UInt64
    var fingerprint: Fingerprint
    /// The first word in the document.
    var position: UInt32
    /// How many words from there begin the sequence, one after the other.
    var count: UInt32

    var key: UInt64 { hash }

    static func precedes(_ left: SequenceHit, _ right: SequenceHit) -> Bool {
        if left.hash != right.hash { return left.hash < right.hash }
        return left.fingerprint != right.fingerprint
            ? left.fingerprint < right.fingerprint : left.position < right.position
    }
}

/// A hit that counts, in the order of documents.
struct DocumentHit: SpilledEntry {
    static let kindName = "w5-sequences-by-document"

    var fingerprint: Fingerprint
    /// The first word in the document.
    var position: UInt32
    /// How many words from there begin the sequence, one after the other.
    var count: UInt32
    /// The first place of the sequence in the ``BenchmarkIndex``.
    var place: UInt32

    var key: Fingerprint { fingerprint }

    static func precedes(_ left: DocumentHit, _ right: DocumentHit) -> Bool {
        left.fingerprint != right.fingerprint ? left.fingerprint < right.fingerprint : left.position < right.position
    }
}
