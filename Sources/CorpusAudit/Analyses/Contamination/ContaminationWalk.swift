/// Finds what documents that come in the order of their fingerprints have in common with evaluation sets.
struct ContaminationWalk {
    /// The longest sequence of words that an item and a document have in common.
    struct Match: Sendable, Equatable {
        /// The item.
        var item = 0
        /// How many words there are.
        var words = 0
        /// The first one in the item.
        var itemPosition = 0
        /// The first one in the document.
        var documentPosition = 0
    }

    /// A sequence of eight words in an item, and how many of them in a row end with it.
    private struct Row: Equatable {
        var number: UInt32
        var count: UInt32
    }

    private let sets: BenchmarkSets
    /// The places of sequences that do not count, ascending.
    private let boilerplate: [UInt32]
    private var hits: KWayMerge<DocumentHit>
    private var next: DocumentHit?
    /// What the current text has in common with items, and the sequences that are in it.
    private(set) var matches: [Match] = []
    /// The place of each item in ``matches``; 0 for none, else one more.
    private var slots: [UInt32]
    /// A bit for each sequence of the items that is in some text so far; empty where that is not recorded.
    private(set) var covered: [UInt64] = []
    private var before: [Row] = []
    private var now: [Row] = []

    init(
        _ cursors: [EntryCursor<DocumentHit>], of found: ContaminationHits, recordsCover: Bool
    ) throws(RunError) {
        (sets, boilerplate) = (found.sets, found.boilerplate)
        if recordsCover { covered = [UInt64](repeating: 0, count: sets.index.count / 64 + 1) }
        slots = [UInt32](repeating: 0, count: sets.items.count)
        hits = KWayMerge(cursors)
        next = try hits.next()
    }

    /// Goes on to a text, of which ``matches`` has then what items share with it.
    ///
    /// - Parameter fingerprint: The text; texts come in the order of their fingerprints.
    /// - Throws: ``RunError`` for hits of a text that did not come.
    mutating func advance(to fingerprint: Fingerprint) throws(RunError) {
        if !matches.isEmpty {
            for match in matches { slots[match.item] = 0 }
            matches.removeAll(keepingCapacity: true)
        }
        guard let first = next, first.fingerprint <= fingerprint else { return }
        before.removeAll(keepingCapacity: true)
        var end = -1
        while let hit = next, hit.fingerprint <= fingerprint {
            guard hit.fingerprint == fingerprint else {
                throw .damaged(
                    path: "the hits of evaluation sets",
                    reason: "they name a text that no run holds, \(hit.fingerprint)")
            }
            if isBoilerplate(hit.place) {
                next = try hits.next()
                continue
            }
            let numbers = sets.index.numbers(from: Int(hit.place))
            let position = Int(hit.position)
            if position != end { before.removeAll(keepingCapacity: true) }
            for step in 0..<Int(hit.count) {
                extend(numbers, at: position + step)
                // Words that repeat add nothing more once no row grows.
                let isSteady = now == before
                swap(&now, &before)
                if isSteady { break }
            }
            end = position + Int(hit.count)
            next = try hits.next()
        }
    }

    private func isBoilerplate(_ place: UInt32) -> Bool {
        var (low, high) = (0, boilerplate.count)
        while low < high {
            let middle = (low + high) / 2
            if boilerplate[middle] < place { low = middle + 1 } else { high = middle }
        }
        return low < boilerplate.count && boilerplate[low] == place
    }

    /// Makes the rows that end with a sequence out of those that end one word before.
    private mutating func extend(_ numbers: some Sequence<UInt32>, at position: Int) {
        let recordsCover = !covered.isEmpty
        now.removeAll(keepingCapacity: true)
        var place = 0
        for number in numbers {
            let item = sets.index.item(of: number)
            let first = sets.index.first(of: item)
            var count: UInt32 = 1
            if number > first {
                while place < before.count, before[place].number < number - 1 { place += 1 }
                if place < before.count, before[place].number == number - 1 { count += before[place].count }
            }
            now.append(Row(number: number, count: count))
            if recordsCover { covered[Int(number >> 6)] |= 1 << UInt64(number & 63) }
            add(item, Int(number - first), count: Int(count), at: position)
        }
    }

    private mutating func add(_ item: Int, _ itemPosition: Int, count: Int, at position: Int) {
        if slots[item] == 0 {
            matches.append(Match(item: item))
            slots[item] = UInt32(matches.count)
        }
        let slot = Int(slots[item]) - 1
        let words = count + BenchmarkIndex.words - 1
        if words > matches[slot].words {
            matches[slot] = Match(
                item: item, words: words, itemPosition: itemPosition - count + 1, documentPosition: position - count + 1
            )
        }
    }

    /// Whether a text is contaminated by an item.
    mutating func isContaminated(_ fingerprint: Fingerprint) throws(RunError) -> Bool {
        try advance(to: fingerprint)
        return matches.contains { sets.isContaminated($0.item, by: $0.words) }
    }

    /// The sequences of an item that are in some text so far, by their first words.
    func positions(of item: Int) -> PlaceSet {
        var positions = PlaceSet()
        let (first, next) = (Int(sets.index.first(of: item)), Int(sets.index.first(of: item + 1)))
        for number in first..<next where covered[number >> 6] >> UInt64(number & 63) & 1 != 0 {
            positions.insert(number - first)
        }
        return positions
    }

    /// Ends the walk behind the last text.
    func finish() throws(RunError) {
        if let next {
            throw .damaged(
                path: "the hits of evaluation sets", reason: "they name a text that no run holds, \(next.fingerprint)")
        }
    }
}
