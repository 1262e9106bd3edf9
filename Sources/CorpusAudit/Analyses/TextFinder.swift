import Synchronization
import TokenCounting

/// Reads the texts of some documents once more.
final class TextFinder: DocumentAnalysis {
    private let wanted: Set<Fingerprint>
    private let found = Mutex<[Fingerprint: [UInt8]]>([:])

    private init(_ wanted: Set<Fingerprint>) { self.wanted = wanted }

    /// The texts of documents that an audit names, by their fingerprints; those that are no longer there are missing.
    ///
    /// - Parameters:
    ///   - documents: The documents.
    ///   - shards: The shards of the corpus, of which those are read that the documents are in.
    ///   - options: The options that the audit was made with.
    ///   - stop: Ends the reading.
    /// - Returns: The texts as they were read.
    /// - Throws: ``CorpusError`` and ``RunError`` where a shard cannot be read, and `CancellationError`.
    static func texts(
        of documents: [Audit.NearDuplicates.Document], in shards: [Shard], options: AuditOptions, stop: StopSignal
    ) throws -> [Fingerprint: [UInt8]] {
        let finder = TextFinder(Set(documents.map(\.fingerprint)))
        let named = Set(documents.map { ByteName($0.shard) })
        var reading = options
        // Damage was told of by the audit, and tokens were counted.
        reading.isStrict = false
        (reading.tokenizer, reading.furtherTokenizers, reading.sampleShare) = (try ByteRatioCounter(), [], nil)
        (reading.nearDuplicates, reading.benchmarks) = (nil, nil)
        reading.furtherAnalyses = [finder]
        _ = try CorpusScan(options: reading, store: RunStore(.temporary), journal: nil, progress: nil)
            .read(shards.filter { named.contains(ByteName($0.path)) }, stop: stop)
        return finder.found.withLock { $0 }
    }

    var kinds: [EntryKind] { [] }

    func makeSession(memory: Int, store: RunStore) -> any DocumentAnalysisSession { Session(self) }

    private final class Session: DocumentAnalysisSession {
        private let finder: TextFinder

        init(_ finder: TextFinder) { self.finder = finder }

        func add(_ document: ScannedDocument) {
            guard finder.wanted.contains(document.fingerprint) else { return }
            let text = Array(document.text)
            // Of texts that are alike after normalization, the same one whichever is read first.
            finder.found.withLock { texts in
                if let known = texts[document.fingerprint], known.lexicographicallyPrecedes(text) { return }
                texts[document.fingerprint] = text
            }
        }

        func takeRuns() -> [EntryRun] { [] }
    }
}
