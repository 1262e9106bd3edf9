/// Makes band entries of the documents of a scan.
struct NearAnalysis: DocumentAnalysis {
    let options: NearOptions

    var kinds: [EntryKind] { [BandEntry.kind] + (options.sample == nil ? [] : [SampledText.kind]) }

    func makeSession(memory: Int, store: RunStore) -> any DocumentAnalysisSession {
        NearAnalysisSession(self, memory: memory, store: store)
    }
}

/// How near duplicates are found.
public struct NearOptions: Sendable, Equatable {
    /// The share of texts that are looked at, above 0 and below 1; `nil` looks at all.
    ///
    /// Texts are chosen by a hash of their first minimum, which two texts of the similarity *J* have in common with the
    /// chance *J*. So of a pair with one text in the sample the other is often missed: a sample finds too few near copies.
    public var sample: Double?

    /// How many pairs of each number of shared bands the audit names for people to look at.
    public var pairs = 0

    /// The most pairs that ``pairs`` may ask for.
    public static let mostPairs = 1_000

    /// Creates options.
    ///
    /// - Parameter sample: The share of texts that are looked at.
    public init(sample: Double? = nil) { self.sample = sample }

    /// About how many bytes of temporary files the search takes.
    ///
    /// Where documents have 3,000 bytes, band entries take 13 % of the text, and pairs and what follows from them as much
    /// again. Many documents that are alike take more.
    ///
    /// - Parameter corpus: The corpus; compressed text is taken for four times as long as its file.
    /// - Returns: The estimate.
    public func temporaryBytes(for corpus: Corpus) -> Int {
        let text = corpus.shards.reduce(0.0) { sum, shard in
            let path = shard.path.lowercased()
            let isCompressed = path.hasSuffix(".zst") || path.hasSuffix(".gz")
            return sum + Double(shard.byteCount) * (isCompressed ? 4 : 1)
        }
        return Int(min(text * (sample ?? 1) * 0.26, 0x1p62))
    }
}

/// A text that is in the sample of ``NearOptions``.
struct SampledText: SpilledEntry {
    static let kindName = "minhash-14x8-w5-sampled"

    var fingerprint: Fingerprint
    var key: Fingerprint { fingerprint }
}

/// One worker's band entries.
private final class NearAnalysisSession: DocumentAnalysisSession {
    private let signature = NearSignature()
    private let sample: Double?
    private var bands: EntrySorter<BandEntry>
    private var sampled: EntrySorter<SampledText>

    init(_ analysis: NearAnalysis, memory: Int, store: RunStore) {
        sample = analysis.options.sample
        bands = EntrySorter(memory: memory, store: store)
        // Of one byte in a hundred: each sampled text has fourteen times as many bytes of bands.
        sampled = EntrySorter(memory: sample == nil ? 0 : memory / 16, store: store)
    }

    func add(_ document: ScannedDocument) throws(RunError) {
        if document.isRepeat { return }
        signature.read(document.words.normalized)
        guard signature.isPresent else { return }
        if let sample {
            guard Double(signature.sampleHash) < sample * 0x1p32 else { return }
            try sampled.add(SampledText(fingerprint: document.fingerprint))
        }
        let node = NearNode(fingerprint: document.fingerprint, bytes: UInt32(clamping: document.words.textBytes))
        for band in 0..<NearMethod.bands {
            try bands.add(BandEntry(key: signature.key(ofBand: band), node: node))
        }
    }

    func takeRuns() throws(RunError) -> [EntryRun] { try bands.takeRuns() + sampled.takeRuns() }
}
