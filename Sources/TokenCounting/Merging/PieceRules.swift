/// SentencePiece's byte-pair merging: over characters, by score, whatever together is a piece merges.
struct PieceRules: MergeRules {
    /// The pieces by their bytes; pieces of a higher score have a lower number, and equal scores the same.
    let pieces: TokenLookup
    /// Whether a character that is no piece becomes one token a byte; otherwise it is unknown.
    let fallsBackToBytes: Bool

    static var none: UInt64 { .max }

    @inline(__always)
    func cut(
        _ bytes: UnsafePointer<UInt8>, _ length: Int, _ starts: UnsafeMutablePointer<Int32>,
        _ symbols: UnsafeMutablePointer<UInt32>
    ) -> Int {
        var count = 0
        var offset = 0
        while offset < length {
            starts[count] = Int32(truncatingIfNeeded: offset)
            count += 1
            offset += CharacterCut.length(bytes[offset])
        }
        starts[count] = Int32(truncatingIfNeeded: length)
        return count
    }

    @inline(__always)
    func merge(_ bytes: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ left: UInt32, _ right: UInt32) -> UInt64 {
        let rank = pieces.find(bytes + start, end &- start)
        return rank == TokenLookup.none ? Self.none : UInt64(rank) &<< 32
    }

    @inline(__always)
    func firstMerge(
        _ bytes: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ left: UInt32, _ right: UInt32
    ) -> UInt64 {
        merge(bytes, start, end, left, right)
    }

    @inline(__always)
    func tokens(_ bytes: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ followsUnknown: inout Bool) -> Int {
        if pieces.find(bytes + start, end - start) != TokenLookup.none {
            followsUnknown = false
            return 1
        }
        if fallsBackToBytes { return end - start }
        // Unknown characters side by side are one token.
        defer { followsUnknown = true }
        return followsUnknown ? 0 : 1
    }

    @inline(__always)
    func isToken(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> Bool { false }

    func lastCut(_ bytes: UnsafePointer<UInt8>, _ offset: Int) -> Int { CharacterCut.last(bytes, offset) }
}
