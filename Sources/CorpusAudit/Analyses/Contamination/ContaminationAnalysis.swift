import UnicodeText

/// Looks for sequences of eight words of evaluation sets in the documents of a scan.
struct ContaminationAnalysis: DocumentAnalysis {
    let sets: BenchmarkSets

    var kinds: [EntryKind] { [SequenceHit.kind] }

    func makeSession(memory: Int, store: RunStore) -> any DocumentAnalysisSession {
        Session(sets.index, memory: memory, store: store)
    }

    /// One worker's hits.
    private final class Session: DocumentAnalysisSession {
        private let index: BenchmarkIndex
        private var hits: EntrySorter<SequenceHit>

        init(_ index: BenchmarkIndex, memory: Int, store: RunStore) {
            self.index = index
            hits = EntrySorter(memory: memory, store: store)
        }

        func add(_ document: ScannedDocument) throws(RunError) {
            if document.isRepeat { return }
            let (bytes, ends) = (document.words.normalized.bytes, document.words.normalized.ends)
            guard let bytes = bytes.baseAddress, let ends = ends.baseAddress.map({ ($0, ends.count) }) else { return }
            try find(bytes, ends.0, ends.1, in: document.fingerprint)
        }

        /// Finds the sequences of a document.
        ///
        /// Each sequence of eight words contains one of the parts that are looked at, so that sequences are looked up
        /// only around parts that may be in an item.
        private func find(
            _ bytes: UnsafePointer<UInt8>, _ ends: UnsafePointer<NormalizedWords.End>, _ count: Int,
            in fingerprint: Fingerprint
        ) throws(RunError) {
            let (words, partWords) = (BenchmarkIndex.words, BenchmarkIndex.partWords)
            var hit = SequenceHit(hash: 0, fingerprint: fingerprint, position: 0, count: 0)
            // Parts that may stand in an item, one after the other; the one behind them does not, or was not looked at.
            var passing = 0..<0
            var part = 0
            while part + partWords <= count {
                defer { part += BenchmarkIndex.partStep }
                guard mayContainPart(part, bytes, ends) else { continue }
                // A sequence has five parts, so that all five may be in an item.
                var first = part
                let earliest = max(0, part - words + partWords)
                if passing.upperBound == part {
                    first = max(earliest, passing.lowerBound)
                } else {
                    let bound = max(earliest, passing.upperBound + 1)
                    while first > bound, mayContainPart(first - 1, bytes, ends) { first -= 1 }
                }
                var end = part + 1
                let latest = min(part + BenchmarkIndex.partStep, count - partWords + 1)
                while end < latest, mayContainPart(end, bytes, ends) { end += 1 }
                passing = first..<end
                var place = first
                while place + BenchmarkIndex.partStep <= end {
                    let start = place == 0 ? 0 : ends[place - 1].offset + 1
                    let hash = BenchmarkIndex.hash(bytes + start, ends[place + words - 1].offset - start)
                    if index.place(of: hash) != nil {
                        // Words that repeat make one entry, however often they do.
                        if hit.count > 0, hit.hash == hash, Int(hit.position) + Int(hit.count) == place {
                            hit.count += 1
                        } else {
                            if hit.count > 0 { try hits.add(hit) }
                            hit.hash = hash
                            hit.position = UInt32(clamping: place)
                            hit.count = 1
                        }
                    }
                    place += 1
                }
            }
            if hit.count > 0 { try hits.add(hit) }
        }

        /// Whether the part of a sequence that begins with a word may be in an item.
        @inline(__always)
        private func mayContainPart(
            _ word: Int, _ bytes: UnsafePointer<UInt8>, _ ends: UnsafePointer<NormalizedWords.End>
        ) -> Bool {
            let start = word == 0 ? 0 : ends[word - 1].offset + 1
            let end = ends[word + BenchmarkIndex.partWords - 1].offset
            return index.mayContainPart(BenchmarkIndex.partHash(bytes + start, end - start))
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
