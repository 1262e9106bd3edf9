/// The index of a Megatron shard, with the places of its documents.
///
/// The layout, little-endian, as `megatron/core/datasets/indexed_dataset.py` of NVIDIA's Megatron-LM writes it:
///
/// ```
/// magic      9 bytes  "MMIDIDX" and two zeros
/// version    u64      1
/// type       u8       1 uint8, 2 int8, 3 int16, 4 int32, 5 int64, 6 and 7 floats, 8 uint16
/// sequences  u64      s
/// documents  u64      d: bounds, one more than there are documents
/// lengths    i32 × s  ids of each sequence
/// offsets    i64 × s  where it starts in the .bin, in bytes
/// bounds     i64 × d  the first sequence of each document, and the end of the last; from 0 to s
/// modes      i8 × s   only in multimodal sets
/// ```
///
/// The index is read in order and never kept in memory: that of a billion sequences has 20 GB.
struct MegatronIndex {
    /// A sequence of ids in the `.bin`.
    struct Sequence {
        /// Its start, in bytes.
        var offset: Int
        /// Its size in bytes.
        var bytes: Int
    }

    /// Bytes of an id.
    let width: Int
    /// The code of the ids' type.
    let type: UInt8
    /// Whether modes of multimodal sequences follow the bounds.
    let holdsModes: Bool
    /// How many documents there are.
    let documentCount: Int

    private let sequenceCount: Int
    private var lengths: IndexColumn
    private var offsets: IndexColumn
    private var bounds: IndexColumn

    private var nextSequence = 0
    private var nextDocument = 0
    /// The end of the previous sequence in the `.bin`.
    private var binOffset = 0

    static let magic = Array("MMIDIDX".utf8) + [0, 0]
    static let headerSize = 34
    private static let widths: [UInt8: Int] = [1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 8: 2]

    /// Opens an index and checks its header against its size.
    init(_ file: PositionedFile) throws(StreamFault) {
        let header = try file.read(Self.headerSize, at: 0)
        guard header.starts(with: Self.magic) else { throw Self.fault("does not start as an index does") }
        guard header.count == Self.headerSize else { throw Self.fault("is cut off in its header") }
        func integer(at offset: Int) -> UInt64 {
            (0..<8).reduce(0) { $0 | UInt64(header[offset + $1]) << (8 * UInt64($1)) }
        }
        let version = integer(at: 9)
        guard version == 1 else { throw Self.fault("is of version \(version); this datawall reads version 1") }
        guard let width = Self.widths[header[17]] else {
            throw Self.fault("says that the ids are of type \(header[17]), which is no integer")
        }
        let sequences = integer(at: 18)
        let bounds = integer(at: 26)
        let size = file.identity?.bytes ?? 0
        // Both counts are bounded by the size before anything is multiplied.
        guard sequences <= UInt64(size) / 12, bounds <= UInt64(size) / 8 else {
            throw Self.fault("names \(sequences) sequences and \(bounds) bounds of documents, and has \(size) bytes")
        }
        let count = Int(sequences)
        let plain = Self.headerSize + 12 * count + 8 * Int(bounds)
        guard size == plain || size == plain + count else {
            throw Self.fault(
                "names \(sequences) sequences and \(bounds) bounds of documents, which take \(plain) bytes, "
                    + "and has \(size)")
        }
        self.width = width
        type = header[17]
        holdsModes = size != plain
        sequenceCount = count
        documentCount = max(0, Int(bounds) - 1)
        lengths = IndexColumn(file, start: Self.headerSize, count: count, width: 4)
        offsets = IndexColumn(file, start: Self.headerSize + 4 * count, count: count, width: 8)
        self.bounds = IndexColumn(file, start: Self.headerSize + 12 * count, count: Int(bounds), width: 8)
        let first = try self.bounds.next() ?? 0
        guard first == 0 else { throw Self.fault("starts its documents at sequence \(first), not 0") }
    }

    /// The sequences of the next document, or `nil` after the last.
    ///
    /// Throws if a document or a sequence is not inside the `.bin` of `binSize` bytes, or not after the previous one.
    mutating func nextDocument(binSize: Int) throws(StreamFault) -> [Sequence]? {
        guard let end = try bounds.next() else { return nil }
        guard end >= nextSequence, end <= sequenceCount else {
            throw Self.fault(
                "ends document \(nextDocument) at sequence \(end), of \(sequenceCount), after one that ends at "
                    + "\(nextSequence)")
        }
        var sequences: [Sequence] = []
        while nextSequence < end {
            guard let length = try lengths.next(), let offset = try offsets.next() else {
                throw Self.fault("is cut off")
            }
            guard length >= 0 else { throw Self.fault("gives sequence \(nextSequence) \(length) ids") }
            let bytes = length * width
            guard offset >= binOffset, offset <= binSize, bytes <= binSize - offset else {
                throw Self.fault(
                    "puts sequence \(nextSequence) at bytes \(offset) to \(offset.addingReportingOverflow(bytes).0) of the "
                        + ".bin, which has \(binSize), where the one before it ends at \(binOffset)")
            }
            sequences.append(Sequence(offset: offset, bytes: bytes))
            binOffset = offset + bytes
            nextSequence += 1
        }
        nextDocument += 1
        return sequences
    }

    /// The part that the index leaves out, after all documents have been read; `nil` if it leaves out nothing.
    func rest(binSize: Int) -> String? {
        if nextSequence < sequenceCount {
            return "leaves its last \(sequenceCount - nextSequence) sequences to no document"
        }
        return binOffset < binSize ? "names the first \(binOffset) bytes of the .bin, which has \(binSize)" : nil
    }

    private static func fault(_ reason: String) -> StreamFault {
        StreamFault(kind: .badIndex, reason: "the index \(reason)")
    }
}
