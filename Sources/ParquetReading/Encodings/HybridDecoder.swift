/// Decodes runs of repeated and of bit-packed values: levels, dictionary indices, booleans (`RLE` in Encodings.md).
struct HybridDecoder {
    private var bytes: ByteReader
    private let width: Int
    /// Values left in the run, and their kind: one repeated value, or bits starting at a place.
    private var left = 0
    private var isPacked = false
    private var repeated: UInt32 = 0
    private var bit = 0

    /// Makes a decoder of runs whose values have `width` bits; over 32 is refused.
    init(_ bytes: ByteReader, width: Int) throws(ParquetError) {
        guard (0...32).contains(width) else {
            throw .damaged("values of \(width) bits are longer than the 32 there may be")
        }
        self.bytes = bytes
        self.width = width
    }

    /// The next value, and how often it comes in a row, at most `limit` times.
    mutating func next(_ limit: Int) throws(ParquetError) -> (value: UInt32, count: Int) {
        while left == 0 { try startRun() }
        guard isPacked else {
            let count = min(left, limit)
            left -= count
            return (repeated, count)
        }
        let value = UInt32(truncatingIfNeeded: bytes.bits(width, at: bit))
        bit += width
        left -= 1
        return (value, 1)
    }

    private mutating func startRun() throws(ParquetError) {
        let header = try bytes.varint(of: "the runs of values")
        isPacked = header & 1 == 1
        // A run may be longer than the values left; the surplus is never read.
        left = Int(clamping: header >> 1)
        if isPacked {
            guard left > 0 else { return }
            let (values, overflow) = left.multipliedReportingOverflow(by: 8)
            // Some writers leave out the bytes that would only pad the last run.
            left = width == 0 ? (overflow ? .max : values) : min(overflow ? .max : values, bytes.remaining * 8 / width)
            guard left > 0 else { throw .damaged("the bytes end within the runs of values") }
            bit = bytes.position * 8
            try bytes.skip(width == 0 ? 0 : (left * width + 7) >> 3)
        } else {
            guard left > 0 else { return }
            repeated = 0
            for shift in stride(from: UInt32(0), to: UInt32((width + 7) & ~7), by: 8) {
                repeated |= UInt32(try bytes.byte(of: "the runs of values")) << shift
            }
            guard width == 32 || repeated >> UInt32(width) == 0 else {
                throw .damaged("a repeated value has more than \(width) bits")
            }
        }
    }
}
