/// The index of a sampled Megatron shard, in the layout that ``MegatronIndex`` reads.
struct SampledIndex {
    private let type: UInt8
    private let width: Int
    private var lengths: [Int32] = []
    private var offsets: [Int64] = []
    private var bounds: [Int64] = [0]
    private var next: Int64 = 0

    /// Starts an index of ids of a type.
    init(type: UInt8, width: Int) {
        self.type = type
        self.width = width
    }

    /// Documents so far.
    var documents: Int { bounds.count - 1 }

    /// Adds a sequence of that many bytes to the current document.
    ///
    /// Its length in ids fits 32 bits, since the index that it comes from has 32 bits for it.
    mutating func add(sequenceOf bytes: Int) {
        lengths.append(Int32(truncatingIfNeeded: bytes / width))
        offsets.append(next)
        next += Int64(bytes)
    }

    /// Ends the current document.
    mutating func endDocument() { bounds.append(Int64(lengths.count)) }

    /// The file.
    var bytes: [UInt8] {
        var bytes = MegatronIndex.magic
        bytes.reserveCapacity(MegatronIndex.headerSize + 12 * lengths.count + 8 * bounds.count)
        func append<Integer: FixedWidthInteger>(_ integer: Integer) {
            withUnsafeBytes(of: integer.littleEndian) { bytes.append(contentsOf: $0) }
        }
        append(UInt64(1))
        append(type)
        append(UInt64(lengths.count))
        append(UInt64(bounds.count))
        for length in lengths { append(length) }
        for offset in offsets { append(offset) }
        for bound in bounds { append(bound) }
        return bytes
    }
}
