import UnicodeText

/// Counts the tokens of several tokenizers in one pass over a text.
///
/// Tokenizers that cut text by the same pattern, as o200k and Llama 4 do, share the scan and one memo of all their
/// counts; the others run one after the other. The counts equal those of each tokenizer run by itself.
public struct CombinedCounter: Sendable {
    /// The tokenizers, in the order of the counts.
    public let counters: [any TokenCounter]

    /// Combines tokenizers.
    ///
    /// Those that are a ``VocabularyCounter`` may share a scan; others run separately.
    public init(_ counters: [any TokenCounter]) {
        self.counters = counters
    }

    /// The tokenizers' identities, in the order of the counts.
    public var identities: [TokenizerIdentity] { counters.map(\.identity) }

    /// The groups of tokenizers that share a scan, as indices into ``counters``; a tokenizer that shares no scan is a
    /// group of its own.
    public var groups: [[Int]] {
        var groups: [[Int]] = []
        for (index, counter) in counters.enumerated() {
            let group = groups.firstIndex { members in
                guard let first = Self.model(counters[members[0]]), let model = Self.model(counter) else {
                    return false
                }
                return members.count < SharedTally.mostMembers && first.sharesScan(with: model)
            }
            if let group { groups[group].append(index) } else { groups.append([index]) }
        }
        return groups
    }

    /// Makes a session for the calling thread.
    public func makeSession() -> CombinedCountingSession {
        CombinedCountingSession(
            parts: groups.map { members in
                guard members.count > 1, case .pretokens(let first)? = Self.model(counters[members[0]]) else {
                    return .alone(members[0], counters[members[0]].makeSession())
                }
                let models = members.compactMap { index -> TokenizerModel? in
                    guard case .pretokens(let model)? = Self.model(counters[index]) else { return nil }
                    return model
                }
                return .shared(members, SharedSession(first.makeSharedCount(models), composes: first.form))
            }, tokenizers: counters.count)
    }

    private static func model(_ counter: any TokenCounter) -> ReadModel? { (counter as? VocabularyCounter)?.model }
}

extension ReadModel {
    /// Whether one scan serves both: the same pattern over the same text.
    func sharesScan(with other: ReadModel) -> Bool {
        guard case .pretokens(let mine) = self, case .pretokens(let others) = other else { return false }
        return mine.pattern == others.pattern && (mine.form == nil) == (others.form == nil) && mine.addedTokens == nil
            && others.addedTokens == nil
    }
}

/// One thread's counting for a ``CombinedCounter``.
public final class CombinedCountingSession {
    enum Part {
        case alone(Int, any TokenCountingSession)
        case shared([Int], SharedSession)
    }

    private let parts: [Part]
    private let tokenizers: Int
    private var scratch: [UInt32] = []

    init(parts: [Part], tokenizers: Int) {
        self.parts = parts
        self.tokenizers = tokenizers
    }

    /// How many sequences that were not UTF-8 have been counted as U+FFFD since the session was made.
    public var replacedSequences: Int {
        switch parts.first {
        case .alone(_, let session): session.replacedSequences
        case .shared(_, let session): session.replacedSequences
        case nil: 0
        }
    }

    /// Counts the tokens of each unit of a document for each tokenizer.
    ///
    /// - Parameters:
    ///   - document: The document's UTF-8 bytes. Bytes that are not UTF-8 count as U+FFFD would.
    ///   - unitEnds: The offset just past each unit, ascending, as for ``TokenCountingSession``.
    ///   - counts: Receives the first tokenizer's counts of all units, then the second's, and so on.
    /// - Complexity: O(*n* · *s*) in the bytes of the document and the number of scans.
    public func count(_ document: Span<UInt8>, unitEnds: Span<Int>, into counts: inout MutableSpan<UInt32>) {
        let units = unitEnds.count
        precondition(counts.count == units * tokenizers, "one count per unit and tokenizer")
        for part in parts {
            switch part {
            case .alone(let index, let session):
                scratch.removeAll(keepingCapacity: true)
                scratch.append(contentsOf: repeatElement(0, count: units))
                var span = scratch.mutableSpan
                session.count(document, unitEnds: unitEnds, into: &span)
                for unit in 0..<units { counts[index * units + unit] = scratch[unit] }
            case .shared(let members, let session):
                session.count(document, unitEnds: unitEnds) { unit, totals in
                    for (member, index) in members.enumerated() {
                        counts[index * units + unit] = UInt32(clamping: totals[member])
                    }
                }
            }
        }
    }
}

/// A scan that counts for several tokenizers.
final class SharedSession {
    /// Counts a valid text, or an empty one, and returns the totals so far; `true` starts afresh before.
    typealias Count = (UnsafePointer<UInt8>?, Int, Bool) -> [Int]

    private let countText: Count
    private var front: TextFront

    init(_ countText: @escaping Count, composes: CanonicalComposition?) {
        self.countText = countText
        front = TextFront(composes: composes, addedTokens: nil)
    }

    var replacedSequences: Int { front.replacedSequences }

    func count(_ document: Span<UInt8>, unitEnds: Span<Int>, _ body: (Int, [Int]) -> Void) {
        precondition(unitEnds.isEmpty || unitEnds[unitEnds.count - 1] <= document.count, "units end in the document")
        document.withUnsafeBufferPointer { document in
            var start = 0
            for unit in unitEnds.indices {
                let end = unitEnds[unit]
                precondition(end >= start, "units end in ascending order")
                var totals = countText(nil, 0, true)
                if let bytes = document.baseAddress {
                    front.forEachPiece(of: bytes + start, end - start) { piece, length, _ in
                        totals = countText(piece, length, false)
                    } token: {
                    }
                }
                body(unit, totals)
                start = end
            }
        }
    }
}
