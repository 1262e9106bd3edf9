import CDataWallXXHash
import OrderedJSON

/// A committed run: sorted records in a file, with checksums and the names behind their numbers.
///
/// ```
/// header    64 bytes   magic "DWALLRUN", version u32 = 1, stride u32 = 40 and 8 for each further tokenizer,
///                      records a block u32, codec u32 = 0 (plain)
/// blocks    stride × records, whole blocks but for the last
/// checksums u64 a block, XXH3-64 of its bytes
/// footer    JSON: record count, origins
/// trailer   32 bytes   footer offset u64, footer length u64, XXH3-64 of checksums and footer u64, magic "DWALLEND"
/// ```
/// All integers are little-endian. Records are sorted by fingerprint (high, low), then origin, quality, position.
struct RunFile: Sendable {
    let path: String
    let recordCount: Int
    let origins: [RunOrigin]
    /// XXH3-64 of each block.
    let checksums: [UInt64]
    /// How many tokenizers counted: a record has eight bytes more for each but the first.
    let tokenizerCount: Int

    static let version: UInt32 = 1
    /// The most tokenizers that one audit counts with.
    static let mostTokenizers = 64

    /// The bytes of a record.
    static func stride(_ tokenizers: Int) -> Int { MemoryLayout<UnitRecord>.stride + 8 * (tokenizers - 1) }

    /// The bytes of this file's records.
    var stride: Int { Self.stride(tokenizerCount) }
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
        guard version == Self.version else { throw .otherVersion(path: path, version: Int(version)) }
        let stride = Int(Self.integer32(header, at: 12))
        let tokenizers = (stride - Self.stride(1)) / 8 + 1
        guard (1...Self.mostTokenizers).contains(tokenizers), stride == Self.stride(tokenizers),
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
        tokenizerCount = tokenizers
        self.path = path
        origins = try Self.origins(Array(tail[(8 * blocks)...]), recordCount: recordCount, path: path)
    }

    private static func origins(_ footer: [UInt8], recordCount: Int, path: String) throws(RunError) -> [RunOrigin] {
        guard let json = try? JSONValue(parsing: footer), json["records"] == .integer(recordCount),
            case .array(let rows)? = json["origins"]
        else { throw .damaged(path: path, reason: "its footer cannot be read") }
        var origins: [RunOrigin] = []
        for row in rows {
            guard case .string(let source)? = row["source"], case .string(let shard)? = row["shard"] else {
                throw .damaged(path: path, reason: "its footer cannot be read")
            }
            origins.append(RunOrigin(source: ByteName(source), shard: ByteName(shard)))
        }
        return origins
    }

    static func footer(recordCount: Int, origins: [RunOrigin]) -> String {
        JSONValue.object([
            "format": "datawall-run", "records": .integer(recordCount),
            "origins": .array(
                origins.map { .object(["source": .string($0.source.text), "shard": .string($0.shard.text)]) }),
        ]).compactText
    }

    private static func integer32(_ bytes: [UInt8], at offset: Int) -> UInt32 {
        (0..<4).reduce(0) { $0 | UInt32(bytes[offset + $1]) << (8 * UInt32($1)) }
    }

    private static func integer64(_ bytes: [UInt8], at offset: Int) -> UInt64 {
        (0..<8).reduce(0) { $0 | UInt64(bytes[offset + $1]) << (8 * UInt64($1)) }
    }
}
