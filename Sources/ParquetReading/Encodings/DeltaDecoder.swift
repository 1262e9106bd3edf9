/// Decodes integers stored as differences (`DELTA_BINARY_PACKED` in Encodings.md).
///
/// Values are decoded only on request, because a page of few bytes may claim any number of values.
struct DeltaDecoder {
    private var bytes: ByteReader
    private let blockValues: Int
    private let miniblocks: Int
    private let miniblockValues: Int
    /// Values that were not returned yet, and those of them that come after the current block.
    private var left: Int
    private var value: Int64
    private var isFirst = true
    private var smallest: Int64 = 0
    /// The place of the current block's widths, and the index of the next one.
    private var widths = 0
    private var miniblock: Int
    /// Differences left in the current miniblock, and their place.
    private var packed = 0
    private var width = 0
    private var bit = 0

    /// Reads the header of the values.
    init(_ bytes: ByteReader) throws(ParquetError) {
        var bytes = bytes
        let block = try bytes.varint(of: "the header of differences")
        let parts = try bytes.varint(of: "the header of differences")
        let total = try bytes.varint(of: "the header of differences")
        // The format's words: blocks of a multiple of 128 values, miniblocks of a multiple of 32.
        guard block > 0, block <= 1 << 24, block.isMultiple(of: 128), parts > 0, block.isMultiple(of: parts),
            (block / parts).isMultiple(of: 32)
        else { throw .damaged("differences cannot come in blocks of \(block) values in \(parts) parts") }
        guard total <= Int32.max else { throw .damaged("\(total) differences are more than a page may hold") }
        blockValues = Int(block)
        miniblocks = Int(parts)
        miniblockValues = Int(block / parts)
        left = Int(total)
        value = try bytes.zigzag(of: "the header of differences")
        miniblock = miniblocks
        self.bytes = bytes
    }

    /// The next value; sums wrap, as the format has them.
    mutating func next() throws(ParquetError) -> Int64 {
        guard left > 0 else { throw .damaged("the page has fewer values than it says") }
        if isFirst {
            isFirst = false
        } else {
            if packed == 0 { try startMiniblock() }
            value = value &+ smallest &+ Int64(bitPattern: bytes.bits(width, at: bit))
            bit += width
            packed -= 1
        }
        left -= 1
        return value
    }

    /// The next value as a length or a count of 32 bits.
    mutating func nextCount() throws(ParquetError) -> Int {
        // Writers sum differences of lengths in 32 bits, which may wrap.
        let count = Int(Int32(truncatingIfNeeded: try next()))
        guard count >= 0 else { throw .damaged("a value has the length \(count)") }
        return count
    }

    private mutating func startMiniblock() throws(ParquetError) {
        if miniblock == miniblocks {
            smallest = try bytes.zigzag(of: "a block of differences")
            widths = bytes.position
            try bytes.skip(miniblocks, of: "a block of differences")
            miniblock = 0
        }
        width = Int(bytes.bits(8, at: (widths + miniblock) * 8))
        guard width <= 64 else { throw .damaged("differences of \(width) bits are longer than the 64 there may be") }
        bit = bytes.position * 8
        try bytes.skip(width * miniblockValues >> 3, of: "a block of differences")
        packed = miniblockValues
        miniblock += 1
    }

    /// Skips the remaining values, and returns the bytes after them.
    consuming func rest() throws(ParquetError) -> ByteReader {
        var walker = self
        walker.left -= walker.isFirst ? 1 : 0
        walker.left -= walker.packed
        while walker.left > 0 {
            try walker.startMiniblock()
            walker.left -= walker.miniblockValues
        }
        return walker.bytes
    }
}
