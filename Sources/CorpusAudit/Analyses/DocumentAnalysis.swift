import UnicodeText

/// What a scan finds out about documents besides counting what is distinct, in the same pass over them.
///
/// An analysis is told of each document once it is read, and answers with entries of kinds of its own. They are sorted,
/// spilled and committed with the unit records of the same documents, and a merge finds them with these. A new analysis
/// is a folder here and a place in ``AuditOptions/furtherAnalyses``.
protocol DocumentAnalysis: Sendable {
    /// The kinds of its entries.
    var kinds: [EntryKind] { get }

    /// Starts one worker's share of the analysis.
    ///
    /// `memory` is how many bytes its entries may take; more go to the store.
    func makeSession(memory: Int, store: RunStore) throws(RunError) -> any DocumentAnalysisSession
}

/// One worker's share of an analysis; it belongs to the worker's thread.
protocol DocumentAnalysisSession: AnyObject {
    /// Takes a document.
    func add(_ document: ScannedDocument) throws(RunError)

    /// Ends the work on the document that was taken last, whose words are still there though its text is gone.
    ///
    /// Work that is done here overlaps with the memory accesses for the next document. It is called once for each document,
    /// before the next one and before ``takeRuns()``.
    ///
    /// - Returns: Whether the analysis has entries of the document that a merge must join with its unit record.
    func finishLast(_ words: DocumentWords) throws(RunError) -> Bool

    /// The entries of all documents since the last call.
    ///
    /// A commit names this result with the unit records of the same documents: they count together, or not at all.
    func takeRuns() throws(RunError) -> [EntryRun]
}

extension DocumentAnalysisSession {
    // Most have done everything by then. A merge takes the records of such analyses in order, whether joined or not.
    func finishLast(_ words: DocumentWords) -> Bool { true }
}

/// The words of the current document, which are read once, and only if an analysis asks for them.
///
/// They are those of the text that the fingerprint is of, so that equal fingerprints have equal entries.
final class DocumentWords {
    private let words = NormalizedWords()
    private let folder: TextFolder?
    private var text = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    private var isRead = true
    private var countedBytes = 0

    init(_ normalization: Normalization) { folder = normalization.makeFolder() }

    /// Takes a text, which must be UTF-8 and stay where it is until the next one.
    func begin(_ text: UnsafeBufferPointer<UInt8>) {
        self.text = text
        isRead = false
    }

    /// The words.
    var normalized: NormalizedWords {
        read()
        return words
    }

    /// The bytes of the text.
    var textBytes: Int {
        read()
        return countedBytes
    }

    /// Reads the words, if that was not done yet; the text may be gone then.
    func read() {
        guard !isRead else { return }
        isRead = true
        countedBytes = text.count
        guard let folder else { return words.read(valid: text) }
        folder.withFolded(valid: text) { folded in
            words.read(valid: folded)
            countedBytes = folded.count
        }
    }
}

/// A document that a scan has read and that is not empty.
struct ScannedDocument {
    /// Its text, which holds for only the call: UTF-8, as it was read or mended, not normalized.
    let text: UnsafeBufferPointer<UInt8>
    /// The words of its text after normalization, which are valid only during the call, too.
    let words: DocumentWords
    /// The fingerprint that its unit record has: of its normalized text.
    let fingerprint: Fingerprint
    /// Whether a document of the same fingerprint has surely been given since the entries were last taken.
    ///
    /// Then nothing new is to be learnt of its text. Where it is false there may have been one all the same: what does not
    /// fit in memory is forgotten, and with `--every-position` nothing is looked up. So entries of one text may come twice.
    let isRepeat: Bool
    /// Its record in the shard.
    let position: Int
}
