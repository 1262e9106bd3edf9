/// One thread's token counting: scratch space and memo, without locks.
///
/// A session is used by one thread at a time and is called once a document, never once a word or a byte, so that
/// the call through the existential costs nothing measurable.
public protocol TokenCountingSession: AnyObject {
    /// Counts the tokens of each unit of a document.
    ///
    /// Each unit is counted separately: no token spans the end of a unit.
    ///
    /// - Parameters:
    ///   - document: The document's UTF-8 bytes. Bytes that are not UTF-8 count as U+FFFD would.
    ///   - unitEnds: The offset just past each unit, ascending; the first unit starts at 0, each other one where the
    ///     one before it ends. At the document level this is only the document's length.
    ///   - counts: Receives one count per unit; as long as `unitEnds`.
    /// - Complexity: O(*n*) in the bytes of the document, up to a logarithm for pathological texts.
    func count(_ document: Span<UInt8>, unitEnds: Span<Int>, into counts: inout MutableSpan<UInt32>)

    /// The number of invalid UTF-8 sequences that this session has counted as U+FFFD.
    ///
    /// One for each *maximal subpart*, as The Unicode Standard recommends. A counter that does not look inside the
    /// text, such as ``ByteRatioCounter``, reports none.
    var replacedSequences: Int { get }
}

extension TokenCountingSession {
    /// None: for counters that do not look inside the text.
    public var replacedSequences: Int { 0 }
}
