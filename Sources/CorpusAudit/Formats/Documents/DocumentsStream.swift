/// The parts of a stream of pushed documents that have a fixed size: <doc:PushedDocuments>.
enum DocumentsStream {
    /// `DWDOCS`, carriage return, line feed.
    static let signature: [UInt8] = [0x44, 0x57, 0x44, 0x4F, 0x43, 0x53, 0x0D, 0x0A]
    static let version = 1
    /// Bytes before the first block.
    static let startLength = 16
    /// Bytes before the body of a block, and of the end mark.
    static let headerLength = 32
    /// The most documents in a block.
    static let mostDocuments = 1 << 20
    /// The longest body of a block that holds several documents.
    static let longestBody = 64 << 20

    /// Checks the start of a stream.
    static func check(start: UnsafeRawBufferPointer) throws(StreamFault) {
        guard start.count == startLength, start.starts(with: signature) else {
            throw StreamFault(
                kind: .unreadFormat,
                reason: "this is no stream of pushed documents: it does not start with \"DWDOCS\"; name another "
                    + "--format, or push the documents from their start")
        }
        let version = Int(UInt16(littleEndian: start.loadUnaligned(fromByteOffset: 8, as: UInt16.self)))
        guard version == Self.version else {
            throw StreamFault(
                kind: .unreadFormat,
                reason: "the stream is of version \(version), and this datawall (\(DataWallVersion.current)) reads "
                    + "version \(Self.version); use the package and the command of one release")
        }
        guard start[10...].allSatisfy({ $0 == 0 }) else {
            throw .contradiction("the start of the stream has bytes that are not zero where they must be")
        }
    }
}

/// The header of a block.
struct DocumentsHeader {
    /// Which columns a block has, and how.
    struct Flags: OptionSet {
        let rawValue: UInt32
        static let wideOffsets = Flags(rawValue: 1)
        static let quality = Flags(rawValue: 2)
        static let sources = Flags(rawValue: 4)
        static let checksum = Flags(rawValue: 8)
        static let all: Flags = [.wideOffsets, .quality, .sources, .checksum]
    }

    /// A block of documents, or the end mark with the stream's totals.
    enum Kind { case block, end }

    let kind: Kind
    let documents: Int
    let flags: Flags
    let names: Int
    /// Bytes of the body; in the end mark, the number of documents in the stream.
    let length: UInt64
    /// XXH3-64 of the body; in the end mark, the bytes of all texts.
    let checksum: UInt64

    /// Reads a header of 32 bytes.
    init(_ bytes: UnsafeRawBufferPointer) throws(StreamFault) {
        func number(_ offset: Int) -> UInt32 {
            UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
        }
        func long(_ offset: Int) -> UInt64 {
            UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        }
        switch String(decoding: bytes.prefix(4), as: UTF8.self) {
        case "DOCS": kind = .block
        case "DONE": kind = .end
        default: throw .contradiction("neither a block nor the end mark starts where one must")
        }
        documents = Int(number(4))
        flags = Flags(rawValue: number(8))
        names = Int(number(12))
        length = long(16)
        checksum = long(24)
        guard kind == .block else {
            guard documents == 0, flags.isEmpty, names == 0 else { throw .contradiction("the end mark is malformed") }
            return
        }
        guard flags.isSubset(of: .all) else {
            throw .contradiction(
                "a block has the unknown flags \(flags.subtracting(.all).rawValue); use the package and the command of "
                    + "one release")
        }
        guard documents <= DocumentsStream.mostDocuments, names <= DocumentsStream.mostDocuments else {
            throw .contradiction(
                "a block has \(documents) documents of \(names) sources, and the most is "
                    + "\(DocumentsStream.mostDocuments)")
        }
        guard flags.contains(.sources) || names == 0, flags.contains(.checksum) || checksum == 0 else {
            throw .contradiction("the header of a block has values that its flags do not announce")
        }
        guard documents == 1 || length <= DocumentsStream.longestBody else {
            throw .contradiction(
                "a block of \(documents) documents has \(length) bytes, and the most is \(DocumentsStream.longestBody); "
                    + "write smaller blocks")
        }
    }
}

extension StreamFault {
    /// A stream that is not as it must be.
    static func contradiction(_ what: String) -> StreamFault { StreamFault(kind: .corruptFrame, reason: what) }
}
