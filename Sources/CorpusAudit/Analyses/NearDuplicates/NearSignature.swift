import CDataWallVector
import CDataWallXXHash
import UnicodeText

/// The signature of a text for finding near duplicates: the method ``NearMethod``.
///
/// The words of a text (`NormalizedWords`) make shingles. A shingle starts at each word, and is the shortest sequence
/// that weighs at least 65; a word weighs 13, and a character of a script without blanks weighs 5. A text that weighs
/// less is one shingle; a text without words has no signature. Texts share a band with the probability *J*⁸, where *J*
/// is the share of common ones among their distinct shingles.
///
/// An object owns the memory that it writes to, and only one thread may use it.
public final class NearSignature {
    /// How minima are computed; all paths give the same numbers.
    public enum Path: String, CaseIterable, Sendable {
        /// A plain loop that the compiler vectorizes: with SSE2 on x86-64.
        case plain
        /// Eight numbers at a time, with AVX2.
        case avx2

        /// Whether this processor can take the path.
        public var isSupported: Bool {
            switch self {
            case .plain: true
            case .avx2: datawall_widest_vectors().rawValue >= DATAWALL_VECTORS_AVX2.rawValue
            }
        }

        /// The fastest path that this processor can take.
        public static var fastest: Path { allCases.last { $0.isSupported } ?? .plain }
    }

    /// Weights in a shingle.
    private static let (wordWeight, characterWeight, shingleWeight) = (13, 5, 65)
    /// The most words of a shingle.
    private static let mostWords = 13
    /// Shingles that are gathered before their minima are taken.
    private static let batch = 1_024
    /// The factor that the hash of a sequence is multiplied by before a word is added.
    private static let base: UInt64 = 0x9E37_79B9_7F4A_7C15

    private let words = NormalizedWords()
    private var minHash: MinHash
    /// For each number of words, the factor for the hash of the words before them.
    private let powers: InlineArray<14, UInt64>
    /// Room for `batch` shingles, and for those that the last word of a batch may add.
    ///
    /// Owned: allocated in `init`, freed in `deinit`.
    private let shingles: UnsafeMutablePointer<UInt32>

    /// Whether the last text had a word, so that there is a signature.
    public private(set) var isPresent = false

    /// Creates an object without a signature.
    ///
    /// - Parameter path: A path that this processor supports; the fastest one replaces any other.
    public init(path: Path = .fastest) {
        minHash = MinHash(path: path)
        var powers = InlineArray<14, UInt64>(repeating: 1)
        for count in 1...Self.mostWords { powers[count] = powers[count - 1] &* Self.base }
        self.powers = powers
        shingles = .allocate(capacity: Self.batch + Self.mostWords)
        shingles.initialize(repeating: 0, count: Self.batch + Self.mostWords)
    }

    deinit { shingles.deallocate() }

    /// The 112 minima of the last text, band by band.
    public var minima: [UInt32] { Array(minHash.minima) }

    /// The value by which a sample chooses texts: the upper 32 bits of XXH3-64 of the first minimum, little-endian.
    var sampleHash: UInt32 {
        let first = minHash.minima[0].littleEndian
        return withUnsafeBytes(of: first) { UInt32(datawall_xxh3_64($0.baseAddress, $0.count) >> 32) }
    }

    /// The number that represents a band of the last text.
    ///
    /// - Parameter band: From 0 up to ``NearMethod/bands``.
    /// - Returns: XXH3-64 of the band's number and its minima, 32 bits each, little-endian.
    public func key(ofBand band: Int) -> UInt64 {
        let rows = NearMethod.rows
        var numbers = InlineArray<9, UInt32>(repeating: UInt32(band).littleEndian)
        for row in 0..<rows { numbers[row + 1] = minHash.minima[band * rows + row].littleEndian }
        return withUnsafeBytes(of: numbers) { datawall_xxh3_64($0.baseAddress, $0.count) }
    }

    /// Reads a text and makes its signature; invalid UTF-8 in it is a blank.
    ///
    /// - Complexity: O(*n*), whatever the text.
    public func read(_ text: UnsafeBufferPointer<UInt8>) {
        words.read(text)
        read(words)
    }

    /// Makes the signature of a text whose words were read already.
    func read(_ words: NormalizedWords) {
        minHash.removeAll()
        isPresent = forEachBatchOfShingles(of: words) { minHash.insert($0) }
    }

    /// Makes the signature of a set of shingles that were hashed by other rules.
    public func read(shingles: UnsafeBufferPointer<UInt32>) {
        minHash.removeAll()
        minHash.insert(shingles)
        isPresent = !shingles.isEmpty
    }

    /// The shingles of a text as 32-bit numbers, in order and with repeats.
    func shingles(of text: UnsafeBufferPointer<UInt8>) -> [UInt32] {
        words.read(text)
        var found: [UInt32] = []
        _ = forEachBatchOfShingles(of: words) { found.append(contentsOf: $0) }
        return found
    }

    /// Passes on the shingles of the words, and returns whether there is one.
    ///
    /// The hash of words 1 … *n* is the sum of XXH3-64(word *i*)·``WordSequences/base``ⁿ⁻ⁱ. So the hash of any sequence
    /// is the difference of the hashes of two sequences that begin at the first word.
    private func forEachBatchOfShingles(
        of words: NormalizedWords, _ body: (UnsafeBufferPointer<UInt32>) -> Void
    ) -> Bool {
        let (bytes, ends) = (words.bytes, words.ends)
        guard let start = bytes.baseAddress, !ends.isEmpty else { return false }
        let powers = powers
        // The hashes up to each word, and the weights, of one more word than a shingle may have.
        var hashes = InlineArray<16, UInt64>(repeating: 0)
        var weights = InlineArray<16, Int>(repeating: 0)
        var (hash, weight, first, offset, count) = (UInt64(0), 0, 0, 0, 0)
        var hasShingle = false
        for index in 0..<ends.count {
            let end = ends[index]
            hash = hash &* Self.base &+ datawall_xxh3_64(start + offset, end.offset - offset)
            weight += end.isCharacter ? Self.characterWeight : Self.wordWeight
            offset = end.offset + 1
            while weight - weights[first & 15] >= Self.shingleWeight {
                shingles[count] = Self.mix(hash &- hashes[first & 15] &* powers[index + 1 - first])
                count += 1
                first += 1
            }
            hashes[(index + 1) & 15] = hash
            weights[(index + 1) & 15] = weight
            if count >= Self.batch {
                body(UnsafeBufferPointer(start: shingles, count: count))
                hasShingle = true
                count = 0
            }
        }
        if !hasShingle, count == 0 {
            shingles[0] = Self.mix(hash)
            count = 1
        }
        if count > 0 { body(UnsafeBufferPointer(start: shingles, count: count)) }
        return true
    }

    /// The 32 bits that represent a shingle.
    @inline(__always)
    private static func mix(_ hash: UInt64) -> UInt32 {
        UInt32(truncatingIfNeeded: ((hash ^ hash >> 32) &* 0xD6E8_FEB8_6659_FD93) >> 32)
    }
}
