import UnicodeText

/// Looks for sequences of eight words of evaluation sets in the documents of a scan.
struct ContaminationAnalysis: DocumentAnalysis {
    let sets: BenchmarkSets
    let normalization: Normalization

    var kinds: [EntryKind] { [SequenceHit.kind] }

    func makeSession(memory: Int, store: RunStore) -> any DocumentAnalysisSession {
        Session(self, memory: memory, store: store)
    }

    /// One worker's hits.
    private final class Session: DocumentAnalysisSession {
        private let words = NormalizedWords()
        private let folder: TextFolder?
        private let index: BenchmarkIndex
        private var hits: EntrySorter<SequenceHit>

        init(_ analysis: ContaminationAnalysis, memory: Int, store: RunStore) {
            folder = analysis.normalization.makeFolder()
            index = analysis.sets.index
            hits = EntrySorter(memory: memory, store: store)
        }

        func add(_ document: ScannedDocument) throws(RunError) {
            if document.isRepeat { return }
            // What is looked into is what the fingerprint is of, so that equal fingerprints have equal entries.
            if let folder {
                folder.withFolded(valid: document.text) { words.read($0) }
            } else {
                words.read(document.text)
            }
            try WordSequences.forEach(of: BenchmarkIndex.words, in: words) { (hash, place) throws(RunError) in
                guard index.mayHold(hash), !index.places(of: hash).isEmpty else { return }
                try hits.add(
                    SequenceHit(hash: hash, fingerprint: document.fingerprint, position: UInt32(clamping: place)))
            }
        }

        func takeRuns() throws(RunError) -> [EntryRun] { try hits.takeRuns() }
    }
}

/// A sequence of words of an evaluation set in a document.
struct SequenceHit: SpilledEntry, Hashable {
    static let kindName = "w5-sequences-of-8"

    var hash: UInt64
    var fingerprint: Fingerprint
    /// The first word in the document.
    var position: UInt32

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
    /// The first place of the sequence in the ``BenchmarkIndex``.
    var place: UInt32

    var key: Fingerprint { fingerprint }

    static func precedes(_ left: DocumentHit, _ right: DocumentHit) -> Bool {
        left.fingerprint != right.fingerprint ? left.fingerprint < right.fingerprint : left.position < right.position
    }
}
