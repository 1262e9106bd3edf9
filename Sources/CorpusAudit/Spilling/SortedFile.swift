import CDataWallXXHash
import OrderedJSON

/// Sorted entries in a file, whatever they are: a frame of blocks with checksums.
///
/// ```
/// header    64 bytes   magic, version u32 = 2, stride u32, entries a block u32, codec u32 = 0 (plain),
///                      two u32 of the kind's own, zeros
/// blocks    stride × entries, whole blocks but for the last
/// checksums u64 a block, XXH3-64 of its bytes
/// footer    JSON of the kind's own
/// trailer   32 bytes   footer offset u64, footer length u64, XXH3-64 of checksums and footer u64, magic "DWALLEND"
/// ```
/// All integers are little-endian.
struct SortedFile: Sendable {
    let path: String
    /// How many entries there are.
    let count: Int
    /// The bytes of an entry and of what is behind it.
    let stride: Int
    let entriesPerBlock: Int
    /// XXH3-64 of each block.
    let checksums: [UInt64]

    /// The name in its folder.
    var name: String { String(path.split(separator: "/").last ?? "") }

    /// What a file says of its entries before the first.
    struct Header: Sendable {
        var magic: [UInt8]
        var stride: Int
        var entriesPerBlock: Int
        /// What the kind of entries makes of them.
        var own: (UInt32, UInt32) = (0, 0)
    }

    /// A file that was opened, with the parts that its kind reads.
    typealias Opened = (file: SortedFile, header: Header, footer: [UInt8])

    static let headerSize = 64
    static let trailerSize = 32
    static let endMagic = Array("DWALLEND".utf8)
    /// More than 2²⁴ origins of 64 bytes take.
    private static let longestFooter: UInt64 = 2 << 30

    static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt64 { datawall_xxh3_64(bytes.baseAddress, bytes.count) }

    /// Opens a file and checks its frame; blocks are checked as they are read.
    ///
    /// `isKnown` says whether a header is one that the kind writes.
    static func open(_ path: String, magic: [UInt8], isKnown: (Header) -> Bool) throws(RunError) -> Opened {
        let file = try SystemFile(reading: path)
        let size = file.size
        guard size >= headerSize + trailerSize else {
            throw .damaged(path: path, reason: "it has \(size) bytes, too few for a run")
        }
        let start = try file.read(headerSize, at: 0)
        guard Array(start[..<8]) == magic else {
            throw .damaged(path: path, reason: "it does not start as a run does")
        }
        let version = integer32(start, at: 8)
        guard version == RunCommit.version else { throw .otherVersion(path: path, version: Int(version)) }
        let header = Header(
            magic: magic, stride: Int(integer32(start, at: 12)), entriesPerBlock: Int(integer32(start, at: 16)),
            own: (integer32(start, at: 24), integer32(start, at: 28)))
        guard integer32(start, at: 20) == 0, isKnown(header) else {
            throw .damaged(path: path, reason: "its header has a stride, block size or codec of another kind")
        }
        let trailer = try file.read(trailerSize, at: size - trailerSize)
        guard Array(trailer[24...]) == endMagic else { throw .damaged(path: path, reason: "it is cut off") }
        let footerOffset = integer64(trailer, at: 0)
        let footerLength = integer64(trailer, at: 8)
        guard footerOffset <= UInt64(size), footerLength <= UInt64(size),
            Int(footerOffset) + Int(footerLength) + trailerSize == size, Int(footerOffset) >= headerSize
        else { throw .damaged(path: path, reason: "its trailer points outside the file") }
        guard footerLength <= longestFooter else { throw .damaged(path: path, reason: "its footer is too long") }
        let entryBytes = Int(footerOffset) - headerSize
        // Blocks and their checksums share the space before the footer.
        let blockBytes = header.stride * header.entriesPerBlock
        let blocks = (entryBytes + blockBytes + 7) / (blockBytes + 8)
        let dataBytes = entryBytes - 8 * blocks
        guard dataBytes >= 0, dataBytes % header.stride == 0, (dataBytes + blockBytes - 1) / blockBytes == blocks else {
            throw .damaged(path: path, reason: "its length fits no number of records")
        }
        try MemoryHeadroom.require(8 * blocks + 16 * Int(footerLength), for: "opening \(path)")
        let tail = try file.read(8 * blocks + Int(footerLength), at: headerSize + dataBytes)
        guard tail.withUnsafeBytes({ checksum($0) }) == integer64(trailer, at: 16) else {
            throw .damaged(path: path, reason: "the checksum of its footer is wrong")
        }
        let opened = SortedFile(
            path: path, count: dataBytes / header.stride, stride: header.stride,
            entriesPerBlock: header.entriesPerBlock, checksums: (0..<blocks).map { integer64(tail, at: 8 * $0) })
        return (opened, header, Array(tail[(8 * blocks)...]))
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

extension SortedFile.Header {
    /// The header as it is written.
    var bytes: [UInt8] {
        var bytes = magic
        for value in [RunCommit.version, stride, entriesPerBlock, 0, Int(own.0), Int(own.1)] {
            bytes += SortedFile.bytes(UInt64(value)).prefix(4)
        }
        return bytes + [UInt8](repeating: 0, count: SortedFile.headerSize - bytes.count)
    }
}

extension JSONRecord {
    /// Reads the footer of a sorted file.
    init(footer bytes: [UInt8]) throws(JSONPathError) {
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONValue(parsing: bytes)
        } catch { throw JSONPathError(path: "", reason: "is no JSON: \(error)") }
        try self.init(strictly: value)
    }
}
