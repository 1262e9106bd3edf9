/// The texts that occur most often, up to a number of them.
///
/// Which they are depends on only the texts: more occurrences come first, then more bytes, then the lower fingerprint.
/// Lists of disjoint ranges of fingerprints merge to the list of both.
struct TopCopies: Sendable, Equatable {
    /// A text that occurs more than once.
    struct Entry: Sendable, Equatable {
        var fingerprint: Fingerprint
        var occurrences: Int
        var tokens: Int
        var bytes: Int
        /// The owner's origin by source, then path, and its record there.
        var rank: Int
        var position: Int

        fileprivate static func precedes(_ left: Entry, _ right: Entry) -> Bool {
            if left.occurrences != right.occurrences { return left.occurrences > right.occurrences }
            return left.bytes != right.bytes ? left.bytes > right.bytes : left.fingerprint < right.fingerprint
        }
    }

    /// How many texts the list holds at most.
    var limit: Int
    private var entries: [Entry] = []
    /// Occurrences below which no text can make the list any more.
    private var leastOccurrences = 2

    init(limit: Int) { self.limit = limit }

    /// The list: at most ``limit`` texts, the most frequent first.
    var sorted: [Entry] {
        get { Array(entries.sorted(by: Entry.precedes).prefix(limit)) }
        set { entries = newValue }
    }

    /// Whether a text with that many occurrences may make the list.
    @inline(__always)
    func mayHold(occurrences: Int) -> Bool { limit > 0 && occurrences >= leastOccurrences }

    /// Takes in a text.
    ///
    /// - Complexity: O(log *k*) amortised for a list of *k*.
    mutating func add(_ entry: Entry) {
        entries.append(entry)
        guard entries.count >= 2 * limit else { return }
        entries = sorted
        leastOccurrences = max(2, entries.last?.occurrences ?? 2)
    }

    mutating func merge(_ other: TopCopies) {
        for entry in other.entries where mayHold(occurrences: entry.occurrences) { add(entry) }
    }

    /// The list with other tokens.
    func mappingTokens(_ tokens: (Int) -> Int) -> TopCopies {
        var list = self
        for index in entries.indices { list.entries[index].tokens = tokens(entries[index].tokens) }
        return list
    }

    static func == (left: TopCopies, right: TopCopies) -> Bool {
        left.limit == right.limit && left.sorted == right.sorted
    }
}
