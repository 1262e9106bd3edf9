/// Counts whole texts whose spaces are written U+2581, by merging over characters.
///
/// The text is cut before each run of spaces, which no token spans, so that the memo can find the parts.
struct StretchCounts: WordCounting, ~Copyable {
    private let neighbours: NeighbourTable
    private var words: WordCounts<MergedWords<SpelledRules>>
    private let cutsAnywhere: Bool

    /// A stretch that is longer is cut where two characters are no neighbours in any token.
    private static var long: Int { 48 }

    init(_ merges: SpelledMerges, _ neighbours: NeighbourTable) {
        self.neighbours = neighbours
        cutsAnywhere = merges.canBeCut
        words = WordCounts(MergedWords(merges.rules))
    }

    mutating func count(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> Int {
        var total = 0
        var start = 0
        var offset = 0
        while offset < length {
            // Past the spaces that a stretch begins with, then to the next.
            while offset < length, isSpace(bytes, offset, length) { offset += 3 }
            offset = nextSpace(bytes, offset, length)
            if offset < length, offset > start, neighbours.beforeSpace[Int(bytes[offset - 1])] { continue }
            if offset > start { total += countStretch(bytes + start, offset - start) }
            start = offset
        }
        return start < length ? total + countStretch(bytes + start, length - start) : total
    }

    @inline(__always)
    private func isSpace(_ bytes: UnsafePointer<UInt8>, _ offset: Int, _ length: Int) -> Bool {
        offset + 3 <= length && bytes[offset] == 0xE2 && bytes[offset + 1] == 0x96 && bytes[offset + 2] == 0x81
    }

    @inline(__always)
    private func nextSpace(_ bytes: UnsafePointer<UInt8>, _ start: Int, _ length: Int) -> Int {
        var offset = start
        while offset < length, !(bytes[offset] == 0xE2 && isSpace(bytes, offset, length)) { offset += 1 }
        return offset
    }

    @inline(__always)
    private mutating func countStretch(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> Int {
        cutsAnywhere && length > Self.long ? countApart(bytes, length) : words.count(bytes, length)
    }

    /// Counts a long stretch in parts between which no token reaches.
    @inline(never)
    private mutating func countApart(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> Int {
        var total = 0
        var start = 0
        var offset = 0
        var previous: UInt32 = 0
        while offset < length {
            let size = CharacterCut.length(bytes[offset])
            var character: UInt32 = 0
            for index in 0..<size { character = character << 8 | UInt32(bytes[offset + index]) }
            if character == 0xE2_96_81 { character = 0x20 }
            if offset > start, !neighbours.contains(previous, character) {
                total += words.count(bytes + start, offset - start)
                start = offset
            }
            previous = character
            offset += size
        }
        return total + words.count(bytes + start, length - start)
    }
}
