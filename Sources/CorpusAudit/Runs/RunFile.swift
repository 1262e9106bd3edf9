import CDataWallXXHash
import OrderedJSON

/// A committed run: sorted records in a file, with checksums and the names behind their numbers.
///
/// ```
/// header    64 bytes   magic "DWALLRUN", version u32 = 2, stride u32, records a block u32, codec u32 = 0 (plain),
///                      tokenizers u32, scores u32 = 1 where records have one, else 0
/// blocks    stride × records, whole blocks but for the last
/// checksums u64 a block, XXH3-64 of its bytes
/// footer    JSON: record count, origins
/// trailer   32 bytes   footer offset u64, footer length u64, XXH3-64 of checksums and footer u64, magic "DWALLEND"
/// ```
/// All integers are little-endian. The stride is that of the ``RecordLayout``. Records are sorted by fingerprint (high,
/// low), then origin, position.
struct RunFile: Sendable {
    let path: String
    let recordCount: Int
    let origins: [RunOrigin]
    /// XXH3-64 of each block.
    let checksums: [UInt64]
    let layout: RecordLayout

    /// The bytes of this file's records.
    var stride: Int { layout.stride }
    static let recordsPerBlock = 1_600
    static let headerSize = 64
    static let trailerSize = 32
    /// More than 2²⁴ origins of 64 bytes take.
    private static let longestFooter: UInt64 = 2 << 30
    static let magic = Array("DWALLRUN".utf8)
    static let endMagic = Array("DWALLEND".utf8)

    static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt64 { datawall_xxh3_64(bytes.baseAddress, bytes.count) }

    /// Opens a run and checks its frame; blocks are checked as they are read.
    init(opening path: String) throws(RunError) {
        let file = try SystemFile(reading: path)
        let size = file.size
        guard size >= Self.headerSize + Self.trailerSize else {
            throw .damaged(path: path, reason: "it has \(size) bytes, too few for a run")
        }
        let header = try file.read(Self.headerSize, at: 0)
        guard Array(header[..<8]) == Self.magic else {
            throw .damaged(path: path, reason: "it does not start as a run does")
        }
        let version = Self.integer32(header, at: 8)
        guard version == RunCommit.version else { throw .otherVersion(path: path, version: Int(version)) }
        let layout = RecordLayout(
            tokenizers: Int(Self.integer32(header, at: 24)), hasScores: Self.integer32(header, at: 28) == 1)
        guard (1...RecordLayout.mostTokenizers).contains(layout.tokenizers), Self.integer32(header, at: 28) <= 1,
            Int(Self.integer32(header, at: 12)) == layout.stride,
            Self.integer32(header, at: 16) == UInt32(Self.recordsPerBlock), Self.integer32(header, at: 20) == 0
        else { throw .damaged(path: path, reason: "its header has a stride, block size or codec of another kind") }
        let trailer = try file.read(Self.trailerSize, at: size - Self.trailerSize)
        guard Array(trailer[24...]) == Self.endMagic else { throw .damaged(path: path, reason: "it is cut off") }
        let footerOffset = Self.integer64(trailer, at: 0)
        let footerLength = Self.integer64(trailer, at: 8)
        guard footerOffset <= UInt64(size), footerLength <= UInt64(size),
            Int(footerOffset) + Int(footerLength) + Self.trailerSize == size, Int(footerOffset) >= Self.headerSize
        else { throw .damaged(path: path, reason: "its trailer points outside the file") }
        guard footerLength <= Self.longestFooter else { throw .damaged(path: path, reason: "its footer is too long") }
        let recordBytes = Int(footerOffset) - Self.headerSize
        // Blocks and their checksums share the space before the footer.
        let stride = layout.stride
        let blockBytes = stride * Self.recordsPerBlock
        let blocks = (recordBytes + blockBytes + 7) / (blockBytes + 8)
        let dataBytes = recordBytes - 8 * blocks
        guard dataBytes >= 0, dataBytes % stride == 0, (dataBytes + blockBytes - 1) / blockBytes == blocks else {
            throw .damaged(path: path, reason: "its length fits no number of records")
        }
        try MemoryHeadroom.require(8 * blocks + 16 * Int(footerLength), for: "opening \(path)")
        let tail = try file.read(8 * blocks + Int(footerLength), at: Self.headerSize + dataBytes)
        let sum = tail.withUnsafeBytes { Self.checksum($0) }
        guard sum == Self.integer64(trailer, at: 16) else {
            throw .damaged(path: path, reason: "the checksum of its footer is wrong")
        }
        checksums = (0..<blocks).map { Self.integer64(tail, at: 8 * $0) }
        recordCount = dataBytes / stride
        self.layout = layout
        self.path = path
        do throws(JSONPathError) {
            let footer = try RunFooter(parsing: Array(tail[(8 * blocks)...]))
            guard footer.recordCount == recordCount else {
                throw JSONPathError(path: "records", reason: "must be \(recordCount), not \(footer.recordCount)")
            }
            origins = footer.origins
        } catch { throw .damaged(path: path, reason: "in its footer, \(error)") }
    }

    /// The header of a run whose records have a layout.
    static func header(_ layout: RecordLayout) -> [UInt8] {
        var header = magic
        for value in [
            RunCommit.version, layout.stride, recordsPerBlock, 0, layout.tokenizers, layout.hasScores ? 1 : 0,
        ] {
            header += bytes(UInt64(value)).prefix(4)
        }
        return header + [UInt8](repeating: 0, count: headerSize - header.count)
    }

    /// An integer as it is written: its low byte first.
    static func bytes(_ value: UInt64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * UInt64($0))) }
    }

    private static func integer32(_ bytes: [UInt8], at offset: Int) -> UInt32 {
        (0..<4).reduce(0) { $0 | UInt32(bytes[offset + $1]) << (8 * UInt32($1)) }
    }

    private static func integer64(_ bytes: [UInt8], at offset: Int) -> UInt64 {
        (0..<8).reduce(0) { $0 | UInt64(bytes[offset + $1]) << (8 * UInt64($1)) }
    }
}
