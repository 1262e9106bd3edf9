import CDataWallVector
import UnicodeText

/// Finds the sequences of evaluation sets that are in documents.
///
/// Each sequence of eight words contains one of the parts that are looked at, every fifth. Nearly all parts are in no item.
/// Each step takes those that the step before left, in a loop of its own without branches that depend on what is found, so
/// that their cache misses overlap.
///
/// A value owns the memory that it writes to, and belongs to one thread.
struct SequenceSearch: ~Copyable {
    private struct Sequence: BitwiseCopyable {
        var hash: UInt64
        /// Its first word in the document.
        var word: Int
    }

    /// Parts that are looked at in a step.
    private static let batch = datawall_parts_at_once

    private let index: BenchmarkIndex
    /// Room for the first words of `batch` parts.
    ///
    /// Owned, as `sequences` is: allocated in `init`, freed in `deinit`.
    private let parts: UnsafeMutablePointer<Int64>
    /// Room for the sequences around `batch` parts.
    private let sequences: UnsafeMutablePointer<Sequence>

    init(_ index: BenchmarkIndex) {
        self.index = index
        parts = .allocate(capacity: Self.batch)
        parts.initialize(repeating: 0, count: Self.batch)
        sequences = .allocate(capacity: Self.batch * BenchmarkIndex.partStep)
        sequences.initialize(repeating: Sequence(hash: 0, word: 0), count: Self.batch * BenchmarkIndex.partStep)
    }

    deinit {
        parts.deallocate()
        sequences.deallocate()
    }

    /// Hands over the hash and the first word of each sequence in a text that is in an item, in the order of the words.
    func forEachSequence(
        in words: NormalizedWords, _ take: (_ hash: UInt64, _ word: Int) throws(RunError) -> Void
    ) throws(RunError) {
        guard let text = PartText(words) else { return }
        let step = BenchmarkIndex.partStep
        var first = 0
        while first < text.parts {
            let count = min(Self.batch, (text.parts - first + step - 1) / step)
            let found = index.filter.withView { filter in
                let passing = datawall_passing_parts(
                    text.bytes, text.ends, first, count, filter.words, filter.count, parts)
                return passing == 0 ? 0 : sequences(of: text, around: passing, filter)
            }
            if found > 0 { try lookUp(found, take) }
            first += step * Self.batch
        }
    }

    /// Collects the sequences all of whose parts may be in an item; returns their number.
    ///
    /// A sequence that contains a part has four more, and all five follow each other.
    @inline(__always)
    private func sequences(of text: PartText, around passing: Int, _ filter: PartFilter.View) -> Int {
        let reach = BenchmarkIndex.partStep - 1
        // Of five in a row around a part one begins two words before or behind it.
        var left = 0
        for number in 0..<passing {
            let part = Int(parts[number])
            let before = part >= 2 && filter.mayContain(text.hash(part - 2))
            let behind = part + 2 < text.parts && filter.mayContain(text.hash(part + 2))
            parts[left] = Int64(part)
            left += before || behind ? 1 : 0
        }
        var found = 0
        for number in 0..<left {
            let part = Int(parts[number])
            var first = part
            let earliest = max(0, part - reach)
            while first > earliest, filter.mayContain(text.hash(first - 1)) { first -= 1 }
            var last = part
            let latest = min(part + reach, text.parts - 1)
            while last < latest, filter.mayContain(text.hash(last + 1)) { last += 1 }
            var word = first
            while word + reach <= last {
                // Five for a part at most, as there is room for.
                sequences[found] = Sequence(hash: text.sequenceHash(word), word: word)
                found += 1
                word += 1
            }
        }
        return found
    }

    /// Hands over those of the sequences noted that are in an item.
    @inline(__always)
    private func lookUp(
        _ count: Int, _ take: (_ hash: UInt64, _ word: Int) throws(RunError) -> Void
    ) throws(RunError) {
        var first = 0
        while first < count {
            let end = min(first + 32, count)
            for number in first..<end { index.prefetchRange(of: sequences[number].hash) }
            for number in first..<end { index.prefetchPlaces(of: sequences[number].hash) }
            for number in first..<end where index.place(of: sequences[number].hash) != nil {
                try take(sequences[number].hash, sequences[number].word)
            }
            first = end
        }
    }
}

/// The words of a text as parts of sequences.
private struct PartText {
    let bytes: UnsafePointer<UInt8>
    let ends: UnsafePointer<Int64>
    /// How many words begin a part.
    let parts: Int

    /// Takes the words of a text, which must stay as they are; `nil` where there are too few for a sequence.
    init?(_ words: NormalizedWords) {
        let ends = words.ends
        guard ends.count >= BenchmarkIndex.words, let bytes = words.bytes.baseAddress, let start = ends.baseAddress
        else { return nil }
        self.bytes = bytes
        // An end is one 64-bit number, its offset doubled, and nothing else: that is what the C functions read.
        self.ends = UnsafeRawPointer(start).assumingMemoryBound(to: Int64.self)
        parts = ends.count - BenchmarkIndex.partWords + 1
    }

    /// The hash of the part that begins with a word, for the filter.
    @inline(__always)
    func hash(_ word: Int) -> UInt64 { datawall_part_hash_at(bytes, ends, word) }

    /// The hash of the sequence that begins with a word.
    @inline(__always)
    func sequenceHash(_ word: Int) -> UInt64 {
        let start = word == 0 ? 0 : Int(ends[word - 1] >> 1) + 1
        return BenchmarkIndex.hash(bytes + start, Int(ends[word + BenchmarkIndex.words - 1] >> 1) - start)
    }
}
