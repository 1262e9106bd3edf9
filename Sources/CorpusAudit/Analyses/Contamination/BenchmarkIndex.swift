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

    /// The hashes of the sequences, ascending; one for each place where a sequence is.
    private let hashes: [UInt64]
    /// The number of the sequence at each place of ``hashes``, ascending among equal hashes.
    private let numbers: [UInt32]
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
    var count: Int { hashes.count }

    /// The bytes that the index takes.
    var bytes: Int {
        8 * (hashes.count + filter.words.count) + 4 * (numbers.count + starts.count + firsts.count + landmarks.count)
    }

    /// The hash of words: XXH3-64 of their bytes with one blank between them.
    @inline(__always)
    static func hash(_ start: UnsafePointer<UInt8>, _ bytes: Int) -> UInt64 { datawall_xxh3_64(start, bytes) }

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
            if hashes[middle] < hash { low = middle + 1 } else { high = middle }
        }
        // Where the search ended with the first place from the hash on, that is `high`.
        let end = min(high + 1, hashes.count)
        while low < end {
            if hashes[low] >= hash { return hashes[low] == hash ? low : nil }
            low += 1
        }
        return nil
    }

    /// The numbers of the sequences that are alike from a place on, ascending.
    func numbers(from place: Int) -> ArraySlice<UInt32> {
        var end = place
        while end < hashes.count, hashes[end] == hashes[place] { end += 1 }
        return numbers[place..<end]
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
        private var hashes: [UInt64] = []
        private var parts: [UInt64] = []
        /// The first sequence of each item, and how many there are.
        private var spans: [(first: Int, count: Int)] = []

        /// Adds an item.
        ///
        /// - Returns: Whether there was room for it.
        mutating func add(_ words: NormalizedWords) -> Bool {
            let (ends, first) = (words.ends, hashes.count)
            precondition(ends.count <= BenchmarkIndex.mostWords, "items of more words are refused")
            if let bytes = words.bytes.baseAddress, ends.count >= BenchmarkIndex.words {
                var start = 0
                for word in ends.indices {
                    if word + BenchmarkIndex.words <= ends.count {
                        let end = ends[word + BenchmarkIndex.words - 1].offset
                        hashes.append(BenchmarkIndex.hash(bytes + start, end - start))
                    }
                    if word + BenchmarkIndex.partWords <= ends.count {
                        let end = ends[word + BenchmarkIndex.partWords - 1].offset
                        parts.append(BenchmarkIndex.hash(bytes + start, end - start))
                    }
                    start = ends[word].offset + 1
                }
            }
            spans.append((first, hashes.count - first))
            return hashes.count <= BenchmarkIndex.mostSequences
        }

        /// The index of the items in another order than they were added in.
        consuming func finish(order: [Int]) -> BenchmarkIndex {
            let filter = PartFilter(parts, sequences: hashes.count)
            parts = []
            return BenchmarkIndex(hashes, spans: order.map { spans[$0] }, filter: filter)
        }
    }

    private init(_ added: [UInt64], spans: [(first: Int, count: Int)], filter: PartFilter) {
        var upperBits: UInt64 = 1
        while 1 << (upperBits + 3) < added.count { upperBits += 1 }
        startShift = 64 - upperBits
        // Counting, then placing in the order of numbers keeps numbers of a range ascending.
        var starts = [UInt32](repeating: 0, count: 1 << Int(upperBits) + 1)
        for hash in added { starts[Int(hash >> startShift) + 1] += 1 }
        for range in 1..<starts.count { starts[range] += starts[range - 1] }
        var next = starts
        var hashes = [UInt64](repeating: 0, count: added.count)
        var numbers = [UInt32](repeating: 0, count: added.count)
        var firsts: [UInt32] = []
        var landmarks: [UInt32] = []
        var number: UInt32 = 0
        for (item, span) in spans.enumerated() {
            firsts.append(number)
            for hash in added[span.first..<span.first + span.count] {
                let range = Int(hash >> startShift)
                hashes[Int(next[range])] = hash
                numbers[Int(next[range])] = number
                next[range] += 1
                if number % 64 == 0 { landmarks.append(UInt32(item)) }
                number += 1
            }
        }
        firsts.append(number)
        for range in 0..<starts.count - 1 {
            Self.sort(&hashes, &numbers, Int(starts[range])..<Int(starts[range + 1]))
        }
        (self.hashes, self.numbers, self.starts) = (hashes, numbers, starts)
        (self.firsts, self.landmarks, self.filter) = (firsts, landmarks, filter)
    }

    /// Sorts a few places by hash, then number; numbers ascend already.
    private static func sort(_ hashes: inout [UInt64], _ numbers: inout [UInt32], _ places: Range<Int>) {
        guard places.count > 1 else { return }
        let isSorted = places.dropLast().allSatisfy { hashes[$0] <= hashes[$0 + 1] }
        guard !isSorted else { return }
        let sorted = places.map { (hashes[$0], numbers[$0]) }.sorted { $0 < $1 }
        for (place, entry) in zip(places, sorted) { (hashes[place], numbers[place]) = entry }
    }
}

/// Passes over hashes that are not among some others, by one look at one word for each.
private struct PartFilter: Sendable {
    fileprivate let words: [UInt64]

    /// Twenty bits for each sequence, and no less than what one look costs nothing at.
    init(_ hashes: [UInt64], sequences: Int) {
        var words = [UInt64](repeating: 0, count: min(max(1_024, 20 * sequences / 64), Int(UInt32.max)))
        for hash in hashes { words[Self.place(hash, of: words.count)] |= Self.bits(hash) }
        self.words = words
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
