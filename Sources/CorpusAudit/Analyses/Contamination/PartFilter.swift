import CDataWallVector

/// Passes over parts that are in no item, by one look at one word for each.
///
/// Each hash sets two bits of a word of 64. The words are looked at ahead of their use, so a filter that leaves the
/// processor's nearer memory costs little: measured, 3.0 ns a part in 1.3 MB and 4.0 in 8 MB where a small one takes 2.7.
struct PartFilter: Sendable {
    private(set) var words: [UInt64]

    /// The fewest words: one look at so few costs nothing.
    private static let fewestWords = 840
    /// The most words of a filter that is made larger than wanted at first, so that it can be fitted closely.
    private static let mostSpareWords = 1 << 20

    /// Makes a filter for the parts of about this number of sequences.
    init(sequences: Int) {
        let wanted = Self.wantedWords(sequences)
        let roomy = max(wanted, min(2 * wanted, Self.mostSpareWords))
        // A number that many others divide, for ``fit(sequences:)``.
        words = [UInt64](repeating: 0, count: (roomy / Self.fewestWords + 1) * Self.fewestWords)
    }

    /// Sixteen bits for each sequence, so 2 % of other parts pass; eight for large sets, to save memory.
    private static func wantedWords(_ sequences: Int) -> Int {
        min(sequences / (sequences < 1 << 22 ? 4 : 8), Int(UInt32.max) - fewestWords)
    }

    /// Takes hashes, all in one loop, so that their cache misses overlap.
    mutating func insert(_ hashes: [UInt64]) {
        words.withUnsafeMutableBufferPointer { words in
            let count = UInt64(words.count)
            for hash in hashes { words[Int(datawall_filter_place(hash, count))] |= datawall_filter_bits(hash) }
        }
    }

    /// Makes the filter smaller, to at most a third more than the wanted size for this number of sequences.
    ///
    /// Adjacent words are combined into one, where a smaller filter looks for their hashes.
    mutating func fit(sequences: Int) {
        let wanted = max(Self.wantedWords(sequences), Self.fewestWords)
        let divisor = (1...Self.fewestWords).first { words.count % $0 == 0 && words.count / $0 <= wanted / 3 * 4 }
        guard let divisor, divisor > 1 else { return }
        words = (0..<words.count / divisor).map { place in
            words[place * divisor..<(place + 1) * divisor].reduce(0, |)
        }
    }

    /// Whether a part of this hash may be in an item.
    func mayContain(_ hash: UInt64) -> Bool { withView { $0.mayContain(hash) } }

    /// Hands over the filter for many looks.
    @inline(__always)
    func withView<Result, Failure: Error>(_ body: (View) throws(Failure) -> Result) throws(Failure) -> Result {
        try words.withUnsafeBufferPointer { words throws(Failure) in
            // There are `fewestWords` at least.
            try body(View(words: words.baseAddress.unsafelyUnwrapped, count: UInt64(words.count)))
        }
    }

    /// The filter, for as long as ``withView(_:)`` holds it.
    struct View {
        let words: UnsafePointer<UInt64>
        let count: UInt64

        @inline(__always)
        func mayContain(_ hash: UInt64) -> Bool { datawall_filter_has(words, count, hash) != 0 }
    }
}
