import UnicodeText

/// Where sequences of eight words are in evaluation sets: at most 15 bytes for each.
struct BenchmarkIndex: Sendable {
    /// The words of a sequence.
    static let words = 8
    /// The most words of an item.
    static let mostWords = Int(UInt16.max)

    /// The hashes of the sequences, ascending; one for each place where a sequence stands.
    private let hashes: [UInt64]
    private let items: [UInt32]
    private let positions: [UInt16]
    /// Bits by the upper bits of a hash, eight for each sequence: most others are passed over by one look.
    private let filter: [UInt64]
    private let filterShift: UInt64

    /// A place where a sequence stands.
    struct Place: Hashable {
        var item: Int
        /// Its first word in the item.
        var position: Int

        /// The place one word before.
        var before: Place { Place(item: item, position: position - 1) }
    }

    /// How many places there are.
    var count: Int { hashes.count }

    @inline(__always)
    func mayHold(_ hash: UInt64) -> Bool {
        let bit = hash >> filterShift
        return filter[Int(truncatingIfNeeded: bit >> 6)] >> (bit & 63) & 1 != 0
    }

    /// The places of a sequence; empty where there is none.
    func places(of hash: UInt64) -> Range<Int> {
        var (low, high) = (0, hashes.count)
        while low < high {
            let middle = (low + high) / 2
            if hashes[middle] < hash { low = middle + 1 } else { high = middle }
        }
        var end = low
        while end < hashes.count, hashes[end] == hash { end += 1 }
        return low..<end
    }

    /// All places of the sequence that is at a place, and behind it.
    func places(startingAt first: Int) -> [Place] {
        var found: [Place] = []
        var place = first
        while place < hashes.count, hashes[place] == hashes[first] {
            found.append(Place(item: Int(items[place]), position: Int(positions[place])))
            place += 1
        }
        return found
    }

    /// Gathers the sequences of items.
    struct Builder {
        private struct Entry {
            var hash: UInt64
            var item: UInt32
            var position: UInt16
        }
        private var entries: [Entry] = []

        mutating func add(_ words: NormalizedWords, item: Int) {
            // Nothing in the closure throws.
            try? WordSequences.forEach(of: BenchmarkIndex.words, in: words) { (hash, place) throws(RunError) in
                precondition(place <= BenchmarkIndex.mostWords, "items of more words are refused")
                entries.append(Entry(hash: hash, item: UInt32(item), position: UInt16(place)))
            }
        }

        consuming func finish() -> BenchmarkIndex {
            entries.sort { ($0.hash, $0.item, $0.position) < ($1.hash, $1.item, $1.position) }
            return BenchmarkIndex(
                hashes: entries.map(\.hash), items: entries.map(\.item), positions: entries.map(\.position))
        }
    }

    private init(hashes: [UInt64], items: [UInt32], positions: [UInt16]) {
        var bits: UInt64 = 6
        while 1 << bits < 8 * hashes.count { bits += 1 }
        filterShift = 64 - bits
        var filter = [UInt64](repeating: 0, count: 1 << Int(bits - 6))
        for hash in hashes {
            let bit = hash >> filterShift
            filter[Int(bit >> 6)] |= 1 << (bit & 63)
        }
        (self.hashes, self.items, self.positions, self.filter) = (hashes, items, positions, filter)
    }
}
