import CDataWallVector
import CDataWallXXHash
import UnicodeText

/// Where sequences of eight words are in evaluation sets.
///
/// Sequences are numbered item by item, in the order of their first words. Each takes at most ``bytesPerSequence`` bytes,
/// and each item four more.
struct BenchmarkIndex: Sendable {
    /// The words of a sequence.
    static let words = 8
    /// The words of a part of a sequence.
    ///
    /// Of five parts that follow each other one is enough to look at: each sequence contains exactly one of every fifth.
    static let partWords = datawall_part_words
    /// The words from one part that is looked at to the next.
    static let partStep = datawall_part_step
    /// The most words of an item.
    static let mostWords = Int(UInt16.max)
    /// The most sequences of all items.
    static let mostSequences = Int(UInt32.max) - 1
    /// The most bytes that the index takes for a sequence.
    static let bytesPerSequence = 16

    /// A sequence and where it is.
    private struct Place: SortedEntry {
        // Halves, so that no padding is between the members.
        private let low: UInt32
        private let high: UInt32
        var number: UInt32

        var key: UInt64 { UInt64(high) << 32 | UInt64(low) }

        init(hash: UInt64, number: UInt32) {
            low = UInt32(truncatingIfNeeded: hash)
            high = UInt32(truncatingIfNeeded: hash >> 32)
            self.number = number
        }

        static func precedes(_ left: Place, _ right: Place) -> Bool {
            left.key != right.key ? left.key < right.key : left.number < right.number
        }
    }

    /// The places by the sequences' hashes, then by their numbers.
    private var places: [Place]
    /// The first place of each range of hashes, by their upper bits; one more at the end.
    private let starts: [UInt32]
    private let startShift: UInt64
    /// The number of each item's first sequence, and behind them the number of all.
    private let firsts: [UInt32]
    /// The item of every 64th sequence.
    private let landmarks: [UInt32]
    /// The hashes of all parts, and of few others.
    let filter: PartFilter

    /// How many places there are.
    var count: Int { places.count }

    /// The bytes that the index takes.
    var bytes: Int {
        12 * places.count + 8 * filter.words.count + 4 * (starts.count + firsts.count + landmarks.count)
    }

    /// The hash of a sequence's words: XXH3-64 of their bytes with one blank between them.
    @inline(__always)
    static func hash(_ start: UnsafePointer<UInt8>, _ bytes: Int) -> UInt64 { datawall_xxh3_64(start, bytes) }

    /// Asks for what ``prefetchPlaces(of:)`` reads.
    @inline(__always)
    func prefetchRange(of hash: UInt64) {
        starts.withUnsafeBufferPointer { starts in
            datawall_prefetch(starts.baseAddress.map { $0 + Int(truncatingIfNeeded: hash >> startShift) })
        }
    }

    /// Asks for what ``place(of:)`` reads.
    @inline(__always)
    func prefetchPlaces(of hash: UInt64) {
        let range = Int(truncatingIfNeeded: hash >> startShift)
        let (low, high) = (Int(starts[range]), Int(starts[range + 1]))
        places.withUnsafeBufferPointer { places in
            guard let start = places.baseAddress else { return }
            datawall_prefetch(start + low)
            datawall_prefetch(start + (low + high) / 2)
        }
    }

    /// The first place of a sequence; `nil` where there is none.
    @inline(__always)
    func place(of hash: UInt64) -> Int? {
        let range = Int(truncatingIfNeeded: hash >> startShift)
        var (low, high) = (Int(starts[range]), Int(starts[range + 1]))
        // Most ranges have a few places; those with many are of sequences that are in many items.
        while high - low > 16 {
            let middle = (low + high) / 2
            if places[middle].key < hash { low = middle + 1 } else { high = middle }
        }
        // Where the search ended with the first place from the hash on, that is `high`.
        let end = min(high + 1, places.count)
        while low < end {
            let found = places[low].key
            if found >= hash { return found == hash ? low : nil }
            low += 1
        }
        return nil
    }

    /// The numbers of the sequences that are alike from a place on, ascending.
    func numbers(from place: Int) -> some Sequence<UInt32> {
        var end = place
        while end < places.count, places[end].key == places[place].key { end += 1 }
        return places[place..<end].lazy.map(\.number)
    }

    /// The item that a sequence is in.
    func item(of number: UInt32) -> Int {
        let mark = Int(number) / 64
        var low = Int(landmarks[mark])
        var high = mark + 1 < landmarks.count ? Int(landmarks[mark + 1]) : firsts.count - 2
        while low < high {
            let middle = (low + high + 1) / 2
            if firsts[middle] <= number { low = middle } else { high = middle - 1 }
        }
        return low
    }

    /// The number of an item's first sequence; behind the last item, how many there are.
    func first(of item: Int) -> UInt32 { firsts[item] }

    /// Gathers the sequences of items.
    struct Builder {
        private var places: [Place] = []
        private var filter: PartFilter
        /// The hashes of the parts of the item in hand.
        private var parts: [UInt64] = []
        /// How many sequences each item has; at most as many as words.
        private var counts: [UInt16] = []

        /// Creates a builder with room for the items of about so many bytes.
        init(bytes: Int) {
            // Words have five letters or so, and a blank; memory is taken as it is written to.
            places.reserveCapacity(bytes / 6)
            filter = PartFilter(sequences: bytes / 6)
        }

        /// Adds an item.
        ///
        /// - Returns: Whether there was room for it.
        mutating func add(_ words: NormalizedWords) -> Bool {
            let (ends, before) = (words.ends, places.count)
            precondition(BenchmarkIndex.partStep + BenchmarkIndex.partWords == BenchmarkIndex.words + 1)
            precondition(ends.count <= BenchmarkIndex.mostWords, "items of more words are refused")
            if let bytes = words.bytes.baseAddress, ends.count >= BenchmarkIndex.words {
                var start = 0
                for word in ends.indices {
                    if word + BenchmarkIndex.words <= ends.count {
                        let end = ends[word + BenchmarkIndex.words - 1].offset
                        // Numbers are given at the end.
                        places.append(Place(hash: BenchmarkIndex.hash(bytes + start, end - start), number: 0))
                    }
                    if word + BenchmarkIndex.partWords <= ends.count {
                        let end = ends[word + BenchmarkIndex.partWords - 1].offset
                        parts.append(datawall_part_hash(bytes + start, end - start))
                    }
                    start = ends[word].offset + 1
                }
                filter.insert(parts)
                parts.removeAll(keepingCapacity: true)
            }
            counts.append(UInt16(places.count - before))
            return places.count <= BenchmarkIndex.mostSequences
        }

        /// The index of the items in another order than they were added in; the builder is empty then.
        mutating func finish(order: [Int]) -> BenchmarkIndex {
            filter.fit(sequences: places.count)
            // Taken out, so that it can be changed where it is.
            var taken: [Place] = []
            swap(&places, &taken)
            let index = BenchmarkIndex(&taken, counts: counts, order: order, filter: filter)
            self = Builder(bytes: 0)
            return index
        }
    }

    /// Takes the places that were added, item by item, and leaves none.
    private init(_ added: inout [Place], counts: [UInt16], order: [Int], filter: PartFilter) {
        var begins: [UInt32] = []
        begins.reserveCapacity(counts.count)
        var sum: UInt32 = 0
        for count in counts {
            begins.append(sum)
            sum += UInt32(count)
        }
        var firsts: [UInt32] = []
        var landmarks: [UInt32] = []
        firsts.reserveCapacity(order.count + 1)
        landmarks.reserveCapacity(added.count / 64 + 1)
        var number: UInt32 = 0
        for (item, place) in order.enumerated() {
            firsts.append(number)
            let begin = Int(begins[place])
            for place in begin..<begin + Int(counts[place]) {
                added[place].number = number
                if number % 64 == 0 { landmarks.append(UInt32(item)) }
                number += 1
            }
        }
        firsts.append(number)
        added.withUnsafeMutableBufferPointer { $0.sortEntries() }
        var upperBits: UInt64 = 1
        while 1 << (upperBits + 3) < added.count { upperBits += 1 }
        startShift = 64 - upperBits
        var starts = [UInt32](repeating: 0, count: 1 << Int(upperBits) + 1)
        for place in added { starts[Int(place.key >> startShift) + 1] += 1 }
        for range in 1..<starts.count { starts[range] += starts[range - 1] }
        places = []
        swap(&places, &added)
        self.starts = starts
        (self.firsts, self.landmarks, self.filter) = (firsts, landmarks, filter)
    }
}
