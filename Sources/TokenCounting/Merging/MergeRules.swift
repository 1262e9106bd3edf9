/// The rules of a tokenizer's merging: which neighbours may merge, and in what order.
///
/// A rules value is a set of pointers into a shared vocabulary; its owner must keep the vocabulary alive.
protocol MergeRules {
    /// The value for two symbols that do not merge.
    ///
    /// Any other value has the priority of the merge, the smallest first, in the upper half and the merged symbol in
    /// the lower.
    static var none: UInt64 { get }

    /// Cuts a text into its first symbols.
    ///
    /// - Parameters:
    ///   - bytes: The text, with 16 readable bytes after it.
    ///   - length: Its number of bytes; at least 1.
    ///   - starts: Receives each symbol's offset, and the length after the last.
    ///   - symbols: Receives each symbol's number, if the rules use numbers.
    /// - Returns: The number of symbols, at most `length`.
    func cut(
        _ bytes: UnsafePointer<UInt8>, _ length: Int, _ starts: UnsafeMutablePointer<Int32>,
        _ symbols: UnsafeMutablePointer<UInt32>
    ) -> Int

    /// The merge of two neighbours; the first starts at `start`, the second ends at `end`.
    func merge(_ bytes: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ left: UInt32, _ right: UInt32) -> UInt64

    /// The merge of two neighbours that are symbols of a fresh cut.
    func firstMerge(_ bytes: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ left: UInt32, _ right: UInt32) -> UInt64

    /// The merges of a symbol with the one before it and with the one after it: two at once, so that both memory reads
    /// overlap.
    ///
    /// - Parameters:
    ///   - bytes: The text.
    ///   - starts: The starts of the symbol before, of the symbol, and of the one after it; and the end of that one.
    ///   - symbols: The three symbols' numbers.
    /// - Returns: The two merges.
    func merges(
        _ bytes: UnsafePointer<UInt8>, _ starts: (Int, Int, Int, Int), _ symbols: (UInt32, UInt32, UInt32)
    ) -> (left: UInt64, right: UInt64)

    /// Prefetches the memory that a later call of ``merge(_:_:_:_:_:)`` reads.
    func expect(_ bytes: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ left: UInt32, _ right: UInt32)

    /// Prefetches the memory that a later call of ``isToken(_:_:)`` reads.
    func expectToken(_ bytes: UnsafePointer<UInt8>, _ length: Int)

    /// The number of tokens of a symbol that merges no further.
    ///
    /// - Parameters:
    ///   - bytes: The text.
    ///   - start: The start of the symbol.
    ///   - end: The end of the symbol.
    ///   - followsUnknown: Whether the symbol before it was unknown; receives whether this one is.
    /// - Returns: The number, which is 0 if several unknown symbols are one token.
    func tokens(_ bytes: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ followsUnknown: inout Bool) -> Int

    /// Whether a pretoken is one token whatever the merges would make of it.
    func isToken(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> Bool

    /// The last place at or before an offset where a window of a long pretoken may end.
    func lastCut(_ bytes: UnsafePointer<UInt8>, _ offset: Int) -> Int
}

extension MergeRules {
    @inline(__always)
    func expect(_ bytes: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ left: UInt32, _ right: UInt32) {}

    @inline(__always)
    func expectToken(_ bytes: UnsafePointer<UInt8>, _ length: Int) {}

    @inline(__always)
    func merges(
        _ bytes: UnsafePointer<UInt8>, _ starts: (Int, Int, Int, Int), _ symbols: (UInt32, UInt32, UInt32)
    ) -> (left: UInt64, right: UInt64) {
        (
            merge(bytes, starts.0, starts.2, symbols.0, symbols.1),
            merge(bytes, starts.1, starts.3, symbols.1, symbols.2)
        )
    }
}

/// Merges by rank: neighbours merge if their bytes together are a token, tokens of lower rank first.
///
/// tiktoken's rule, and with scores for ranks SentencePiece's. A pretoken that is a token is not cut at all.
struct RankRules: MergeRules {
    let ranks: TokenLookup

    static var none: UInt64 { .max }

    @inline(__always)
    func cut(
        _ bytes: UnsafePointer<UInt8>, _ length: Int, _ starts: UnsafeMutablePointer<Int32>,
        _ symbols: UnsafeMutablePointer<UInt32>
    ) -> Int {
        for index in 0...length { starts[index] = Int32(truncatingIfNeeded: index) }
        return length
    }

    @inline(__always)
    func merge(_ bytes: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ left: UInt32, _ right: UInt32) -> UInt64 {
        let rank = ranks.find(bytes + start, end &- start)
        return rank == TokenLookup.none ? Self.none : UInt64(rank) &<< 32
    }

    @inline(__always)
    func firstMerge(
        _ bytes: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ left: UInt32, _ right: UInt32
    ) -> UInt64 {
        let rank = ranks.find(bytes[start], bytes[start &+ 1])
        return rank == TokenLookup.none ? Self.none : UInt64(rank) &<< 32
    }

    @inline(__always)
    func merges(
        _ bytes: UnsafePointer<UInt8>, _ starts: (Int, Int, Int, Int), _ symbols: (UInt32, UInt32, UInt32)
    ) -> (left: UInt64, right: UInt64) {
        let (left, right) = ranks.find(bytes + starts.0, starts.2 &- starts.0, bytes + starts.1, starts.3 &- starts.1)
        return (
            left == TokenLookup.none ? Self.none : UInt64(left) &<< 32,
            right == TokenLookup.none ? Self.none : UInt64(right) &<< 32
        )
    }

    @inline(__always)
    func expect(_ bytes: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ left: UInt32, _ right: UInt32) {
        ranks.expect(bytes + start, end &- start)
    }

    @inline(__always)
    func expectToken(_ bytes: UnsafePointer<UInt8>, _ length: Int) { ranks.expect(bytes, length) }

    @inline(__always)
    func tokens(_ bytes: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ followsUnknown: inout Bool) -> Int { 1 }

    @inline(__always)
    func isToken(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> Bool {
        ranks.find(bytes, length) != TokenLookup.none
    }

    func lastCut(_ bytes: UnsafePointer<UInt8>, _ offset: Int) -> Int { offset }
}
