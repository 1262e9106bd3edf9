import CDataWallXXHash
import UnicodeText

/// Hashes of sequences of words: of words 1 … *n* the sum of XXH3-64(word *i*)·``base``ⁿ⁻ⁱ modulo 2⁶⁴.
///
/// So the hash of any sequence is the difference of two that begin at the first word.
enum WordSequences {
    /// What the hash of a sequence is multiplied by before a word is added.
    static let base: UInt64 = 0x9E37_79B9_7F4A_7C15

    /// Hands over the hash of each sequence of so many words, with the place of its first word.
    static func forEach(
        of count: Int, in words: NormalizedWords, _ body: (_ hash: UInt64, _ place: Int) throws(RunError) -> Void
    ) throws(RunError) {
        let (bytes, ends) = (words.bytes, words.ends)
        guard let start = bytes.baseAddress, ends.count >= count else { return }
        var power: UInt64 = 1
        for _ in 0..<count { power = power &* base }
        // The hashes up to the words before a sequence, a ring.
        var before = InlineArray<16, UInt64>(repeating: 0)
        var hash: UInt64 = 0
        var offset = 0
        for index in 0..<ends.count {
            let end = ends[index].offset
            hash = hash &* base &+ datawall_xxh3_64(start + offset, end - offset)
            offset = end + 1
            let first = index + 1 - count
            if first >= 0 { try body(mix(hash &- before[first & 15] &* power), first) }
            before[(index + 1) & 15] = hash
        }
    }

    @inline(__always)
    private static func mix(_ hash: UInt64) -> UInt64 {
        let product = (hash ^ hash >> 32) &* 0xD6E8_FEB8_6659_FD93
        return product ^ product >> 32
    }
}
