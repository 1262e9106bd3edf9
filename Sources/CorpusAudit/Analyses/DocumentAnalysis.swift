/// What a scan finds out about documents next to counting what is distinct, in the same pass over them.
///
/// An analysis is told of each document once it is read, and answers with entries of kinds of its own. They are sorted,
/// spilled and committed with the unit records of the same documents, and a merge finds them beside these. A new analysis
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

    /// The entries of all documents since the last call.
    ///
    /// A commit names what this returns beside the unit records of the same documents: they count together, or not at all.
    func takeRuns() throws(RunError) -> [EntryRun]
}

/// A document that a scan has read and that is not empty.
struct ScannedDocument {
    /// Its text, which holds for only the call: UTF-8, as it was read or mended, not normalized.
    let text: UnsafeBufferPointer<UInt8>
    /// The fingerprint that its unit record has: of its normalized text.
    let fingerprint: Fingerprint
    /// Whether a document of the same fingerprint has surely been given since the entries were last taken.
    ///
    /// Then nothing new is to be learnt of its text. Where it is false there may have been one all the same: what does not
    /// fit in memory is forgotten, and with `--every-position` nothing is looked up. So entries of one text may come twice.
    let isRepeat: Bool
    /// Its record in the shard.
    let position: Int
    let source: ByteName
}
