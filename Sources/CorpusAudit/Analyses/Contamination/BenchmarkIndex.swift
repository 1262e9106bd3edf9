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
    static let partWords = 4
    /// The words from one part that is looked at to the next.
    static let partStep = words - partWords + 1
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
    private let places: [Place]
    /// The first place of each range of hashes, by their upper bits; one more at the end.
    private let starts: [UInt32]
    private let startShift: UInt64
    /// The number of each item's first sequence, and behind them the number of all.
    private let firsts: [UInt32]
    /// The item of every 64th sequence.
    private let landmarks: [UInt32]
    /// Three bits in one word for the hash of each part.
    private let filter: PartFilter

    /// How many places there are.
    var count: Int { places.count }

    /// The bytes that the index takes.
    var bytes: Int {
        12 * places.count + 8 * filter.words.count + 4 * (starts.count + firsts.count + landmarks.count)
    }

    /// The hash of a sequence's words: XXH3-64 of their bytes with one blank between them.
    @inline(__always)
    static func hash(_ start: UnsafePointer<UInt8>, _ bytes: Int) -> UInt64 { datawall_xxh3_64(start, bytes) }

    /// A hash of a part's words that serves the filter alone: of its first and last sixteen bytes, and its length.
    ///
    /// Parts that differ in between have one hash: then more is looked up, and nothing else is found. `bytes` are those of
    /// the words with one blank between them; there must be one behind the last word, too.
    @inline(__always)
    static func partHash(_ start: UnsafePointer<UInt8>, _ bytes: Int) -> UInt64 {
        // Four words and four blanks are eight bytes at least, so that all of what is read belongs to the part.
        let last = bytes + 1 - 8
        let step = min(last, 8)
        func load(_ offset: Int) -> UInt64 {
            UnsafeRawPointer(start).loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        }
        let outer = (load(0) ^ 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(by: load(last) ^ 0xD6E8_FEB8_6659_FD93)
        let inner = (load(step) ^ 0xA076_1D64_78BD_642F)
            .multipliedFullWidth(by: load(last - step) ^ 0xE703_7ED1_A0B4_28DB)
        return (outer.high ^ outer.low) &+ (inner.high ^ inner.low) &* UInt64(truncatingIfNeeded: 2 * bytes + 1)
    }

    /// Whether a part of a sequence may be in an item.
    @inline(__always)
    func mayContainPart(_ hash: UInt64) -> Bool { filter.mayContain(hash) }

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
        /// The first sequence of each item, and how many there are.
        private var spans: [(first: Int, count: Int)] = []

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
            let (ends, first) = (words.ends, places.count)
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
                        parts.append(BenchmarkIndex.partHash(bytes + start, end - start))
                    }
                    start = ends[word].offset + 1
                }
                filter.insert(parts)
                parts.removeAll(keepingCapacity: true)
            }
            spans.append((first, places.count - first))
            return places.count <= BenchmarkIndex.mostSequences
        }

        /// The index of the items in another order than they were added in.
        consuming func finish(order: [Int]) -> BenchmarkIndex {
            filter.fit(sequences: places.count)
            return BenchmarkIndex(places, spans: order.map { spans[$0] }, filter: filter)
        }
    }

    private init(_ added: consuming [Place], spans: [(first: Int, count: Int)], filter: PartFilter) {
        var places = added
        var firsts: [UInt32] = []
        var landmarks: [UInt32] = []
        var number: UInt32 = 0
        for (item, span) in spans.enumerated() {
            firsts.append(number)
            for place in span.first..<span.first + span.count {
                places[place].number = number
                if number % 64 == 0 { landmarks.append(UInt32(item)) }
                number += 1
            }
        }
        firsts.append(number)
        places.withUnsafeMutableBufferPointer { $0.sortEntries() }
        var upperBits: UInt64 = 1
        while 1 << (upperBits + 3) < places.count { upperBits += 1 }
        startShift = 64 - upperBits
        var starts = [UInt32](repeating: 0, count: 1 << Int(upperBits) + 1)
        for place in places { starts[Int(place.key >> startShift) + 1] += 1 }
        for range in 1..<starts.count { starts[range] += starts[range - 1] }
        (self.places, self.starts) = (places, starts)
        (self.firsts, self.landmarks, self.filter) = (firsts, landmarks, filter)
    }
}

/// Passes over hashes that are not among some others, by one look at one word for each.
private struct PartFilter: Sendable {
    fileprivate private(set) var words: [UInt64]

    /// The fewest words: what one look costs nothing at.
    private static let fewestWords = 840

    /// A filter for the parts of about so many sequences, eight bits for each.
    ///
    /// More would let fewer pass, and the look at it would leave the processor's nearer memory sooner, which costs more.
    init(sequences: Int) {
        let wanted = min(sequences / 8, Int(UInt32.max) - Self.fewestWords)
        // A number that many others divide, for ``fit(sequences:)``.
        words = [UInt64](repeating: 0, count: (wanted / Self.fewestWords + 1) * Self.fewestWords)
    }

    /// Takes hashes, all in one loop, so that their cache misses overlap.
    mutating func insert(_ hashes: [UInt64]) {
        words.withUnsafeMutableBufferPointer { words in
            for hash in hashes { words[Self.place(hash, of: words.count)] |= Self.bits(hash) }
        }
    }

    /// Makes the filter smaller where there are fewer sequences than expected: no more than eight bits for each.
    ///
    /// Words that lie side by side become one, which is where a smaller filter has their hashes.
    mutating func fit(sequences: Int) {
        let wanted = max(sequences / 8, Self.fewestWords)
        let divisor = (1...Self.fewestWords).first { words.count % $0 == 0 && words.count / $0 <= wanted }
        guard let divisor, divisor > 1 else { return }
        words = (0..<words.count / divisor).map { place in
            words[place * divisor..<(place + 1) * divisor].reduce(0, |)
        }
    }

    @inline(__always)
    func mayContain(_ hash: UInt64) -> Bool {
        let bits = Self.bits(hash)
        return words[Self.place(hash, of: words.count)] & bits == bits
    }

    @inline(__always)
    private static func place(_ hash: UInt64, of count: Int) -> Int {
        Int(truncatingIfNeeded: ((hash >> 32) &* UInt64(truncatingIfNeeded: count)) >> 32)
    }

    @inline(__always)
    private static func bits(_ hash: UInt64) -> UInt64 {
        1 << (hash & 63) | 1 << (hash >> 6 & 63) | 1 << (hash >> 12 & 63)
    }
}
