internal import CDataWallVector

/// Merges by a list: which two tokens become which third, and which pair comes first.
///
/// Immutable after its making and shared by all threads.
// Safe to share though its memory is unsafe: written by only the initialiser, freed by only the deinitialiser.
final class PairTable: @unchecked Sendable {
    /// One line of a list of merges: the identifiers of two tokens and of the merged token.
    typealias Merge = (left: UInt32, right: UInt32, merged: UInt32)

    /// Looks merges up; only as long as the table lives.
    let lookup: PairLookup

    /// Builds the table.
    ///
    /// - Parameter merges: The merges in order of priority. Of equal pairs the last counts, as in a dictionary built
    ///   from such a list.
    init(_ merges: [Merge]) {
        var size = 16
        while size < merges.count * 2 { size *= 2 }
        lookup = PairLookup(size: size)
        for (rank, merge) in merges.enumerated() { lookup.insert(merge, UInt32(rank)) }
    }

    deinit { lookup.deallocate() }
}

/// The memory of a ``PairTable`` as the hot loops see it.
///
/// Every index is masked by the table's size, which is a power of two and never full, so that each probe ends.
struct PairLookup {
    /// The value for a pair that does not merge.
    static let none = UInt64.max

    /// Pairs and their merges: rank in the upper half, identifier in the lower.
    private let slots: UnsafeMutablePointer<SIMD2<UInt64>>
    private let mask: UInt64

    fileprivate init(size: Int) {
        slots = LargeMemory.allocate(size, of: SIMD2(.max, .max))
        mask = UInt64(size - 1)
    }

    fileprivate func deallocate() { slots.deallocate() }

    @inline(__always)
    private func place(_ pair: UInt64) -> UInt64 {
        let product = pair.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
        return (product.high ^ product.low) & mask
    }

    fileprivate func insert(_ merge: PairTable.Merge, _ rank: UInt32) {
        let pair = UInt64(merge.left) << 32 | UInt64(merge.right)
        var index = place(pair)
        while slots[Int(index)][0] != .max, slots[Int(index)][0] != pair { index = (index &+ 1) & mask }
        slots[Int(index)] = SIMD2(pair, UInt64(rank) << 32 | UInt64(merge.merged))
    }

    /// Asks for the memory that ``find(_:_:)`` reads first.
    @inline(__always)
    func expect(_ left: UInt32, _ right: UInt32) {
        datawall_prefetch(slots + Int(truncatingIfNeeded: place(UInt64(left) &<< 32 | UInt64(right))))
    }

    /// The merge of two tokens, or ``none``.
    @inline(__always)
    func find(_ left: UInt32, _ right: UInt32) -> UInt64 {
        let pair = UInt64(left) &<< 32 | UInt64(right)
        var index = place(pair)
        while true {
            let slot = slots[Int(truncatingIfNeeded: index)]
            if slot[0] == pair { return slot[1] }
            if slot[0] == .max { return Self.none }
            index = (index &+ 1) & mask
        }
    }
}

/// Rules from a list of pairs of tokens: the merges of a symbol depend only on its number.
protocol PairwiseRules: MergeRules {
    var pairs: PairLookup { get }
    /// The tokens by their bytes, with their identifiers.
    var tokens: TokenLookup { get }
    /// Whether a pretoken that is a token is not cut at all (`ignore_merges`).
    var keepsWholeTokens: Bool { get }
}

extension PairwiseRules {
    static var none: UInt64 { PairLookup.none }

    @inline(__always)
    func merge(_ bytes: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ left: UInt32, _ right: UInt32) -> UInt64 {
        pairs.find(left, right)
    }

    @inline(__always)
    func firstMerge(
        _ bytes: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ left: UInt32, _ right: UInt32
    ) -> UInt64 {
        pairs.find(left, right)
    }

    @inline(__always)
    func expect(_ bytes: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ left: UInt32, _ right: UInt32) {
        pairs.expect(left, right)
    }

    @inline(__always)
    func expectToken(_ bytes: UnsafePointer<UInt8>, _ length: Int) {
        if keepsWholeTokens { tokens.expect(bytes, length) }
    }

    @inline(__always)
    func tokens(_ bytes: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ followsUnknown: inout Bool) -> Int { 1 }

    @inline(__always)
    func isToken(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> Bool {
        keepsWholeTokens && tokens.find(bytes, length) != TokenLookup.none
    }
}

/// The symbols of a text as it is cut.
struct SymbolList {
    private let starts: UnsafeMutablePointer<Int32>
    private let symbols: UnsafeMutablePointer<UInt32>
    private(set) var count = 0

    /// Writes to memory with room for as many symbols as the text has bytes, and one more start.
    @inline(__always)
    init(_ starts: UnsafeMutablePointer<Int32>, _ symbols: UnsafeMutablePointer<UInt32>) {
        self.starts = starts
        self.symbols = symbols
    }

    @inline(__always)
    mutating func append(_ symbol: UInt32, at offset: Int) {
        starts[count] = Int32(truncatingIfNeeded: offset)
        symbols[count] = symbol
        count += 1
    }

    /// Appends the symbols of some bytes.
    @inline(__always)
    mutating func append(
        bytes: UnsafePointer<UInt8>, _ range: Range<Int>, _ byteTokens: borrowing InlineArray<256, UInt32>
    ) {
        for index in range { append(byteTokens[Int(bytes[index])], at: index) }
    }

    /// Notes where the text ends; returns how many symbols there are.
    @inline(__always)
    func end(at length: Int) -> Int {
        starts[count] = Int32(truncatingIfNeeded: length)
        return count
    }
}

/// Merges by a list of pairs of tokens, over bytes or over characters.
struct PairRules: PairwiseRules {
    let pairs: PairLookup
    let tokens: TokenLookup
    let keepsWholeTokens: Bool
    /// Whether the first symbols are characters; a character that is no token becomes the fallback tokens of its bytes.
    let cutsCharacters: Bool
    /// The identifiers of the tokens that single bytes are, or fall back to.
    let byteTokens: InlineArray<256, UInt32>

    @inline(__always)
    func cut(
        _ bytes: UnsafePointer<UInt8>, _ length: Int, _ starts: UnsafeMutablePointer<Int32>,
        _ symbols: UnsafeMutablePointer<UInt32>
    ) -> Int {
        var list = SymbolList(starts, symbols)
        if !cutsCharacters {
            list.append(bytes: bytes, 0..<length, byteTokens)
            return list.end(at: length)
        }
        var offset = 0
        while offset < length {
            // A window of a long text may begin within a character that fell back to its bytes.
            let size = bytes[offset] & 0xC0 == 0x80 ? 1 : CharacterCut.length(bytes[offset])
            let symbol = tokens.find(bytes + offset, size)
            if symbol != TokenLookup.none {
                list.append(symbol, at: offset)
            } else {
                list.append(bytes: bytes, offset..<offset + size, byteTokens)
            }
            offset += size
        }
        return list.end(at: length)
    }

    func lastCut(_ bytes: UnsafePointer<UInt8>, _ offset: Int) -> Int {
        cutsCharacters ? CharacterCut.last(bytes, offset) : offset
    }
}

/// Finds the starts of characters in valid UTF-8.
enum CharacterCut {
    /// The length of the character with a lead byte.
    @inline(__always)
    static func length(_ lead: UInt8) -> Int {
        lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    }

    /// The last start of a character at or before an offset within a text.
    static func last(_ bytes: UnsafePointer<UInt8>, _ offset: Int) -> Int {
        var offset = offset
        while offset > 0, bytes[offset] & 0xC0 == 0x80 { offset -= 1 }
        return offset
    }
}
