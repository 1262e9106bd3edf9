import CDataWallXXHash

/// One block of pushed documents, in memory that its reader owns.
///
/// The block reads only within `body`: `init` checks that every section is inside, and ``text(_:)`` and ``source(_:)``
/// check every text and name. The reader drops the block before it changes or frees the memory.
struct DocumentsBlock {
    private let header: DocumentsHeader
    private let body: UnsafeRawBufferPointer
    /// The starts of the sections in the body.
    private let quality: Int
    private let sources: Int
    private let texts: Int
    private let names: [Range<Int>]
    /// The offset of the first text, and the one after the last.
    private let first: Int
    private let last: Int

    var count: Int { header.documents }

    /// Takes the body of a block that was read completely, and checks that its sections agree.
    init(_ header: DocumentsHeader, body bytes: UnsafeRawBufferPointer) throws(StreamFault) {
        if header.flags.contains(.checksum) {
            guard datawall_xxh3_64(bytes.baseAddress, bytes.count) == header.checksum else {
                throw .contradiction("the checksum of a block is not that of its bytes")
            }
        }
        var end = 0
        func section(_ length: Int) throws(StreamFault) -> Int {
            let start = end
            // Lengths are below 2^35, so nothing overflows.
            end += (length + 7) & ~7
            guard end <= bytes.count else { throw .contradiction("a block is shorter than its columns") }
            return start
        }
        let width = header.flags.contains(.wideOffsets) ? 8 : 4
        _ = try section((header.documents + 1) * width)
        first = Self.offset(0, of: bytes, width)
        last = Self.offset(header.documents, of: bytes, width)
        guard first >= 0, first <= last else { throw .decreasing }
        quality = header.flags.contains(.quality) ? try section(8 * header.documents) : 0
        var names: [Range<Int>] = []
        if header.flags.contains(.sources) {
            sources = try section(4 * header.documents)
            let ends = try section(4 * (header.names + 1))
            func nameEnd(_ index: Int) -> Int {
                Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: ends + 4 * index, as: UInt32.self)))
            }
            let start = try section(nameEnd(header.names))
            names.reserveCapacity(header.names)
            guard nameEnd(0) == 0 else { throw .contradiction("the first name of a source does not start at 0") }
            for index in 0..<header.names {
                guard nameEnd(index) < nameEnd(index + 1), nameEnd(index + 1) <= nameEnd(header.names) else {
                    throw .contradiction("a source of a block has an empty name, or offsets of names decrease")
                }
                names.append(start + nameEnd(index)..<start + nameEnd(index + 1))
            }
        } else {
            sources = 0
        }
        texts = try section(last - first <= bytes.count ? last - first : bytes.count + 1)
        guard end == bytes.count else { throw .contradiction("a block is longer than its columns") }
        self.names = names
        self.header = header
        body = bytes
    }

    private static func offset(_ index: Int, of bytes: UnsafeRawBufferPointer, _ width: Int) -> Int {
        width == 8
            ? Int(Int64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8 * index, as: Int64.self)))
            : Int(Int32(littleEndian: bytes.loadUnaligned(fromByteOffset: 4 * index, as: Int32.self)))
    }

    /// The range of a document's text in the body.
    private func range(_ index: Int) throws(StreamFault) -> Range<Int> {
        let width = header.flags.contains(.wideOffsets) ? 8 : 4
        let (start, end) = (Self.offset(index, of: body, width), Self.offset(index + 1, of: body, width))
        guard start >= first, start <= end, end <= last else { throw .decreasing }
        return texts + start - first..<texts + end - first
    }

    /// The text of a document; valid as long as the block.
    func text(_ index: Int) throws(StreamFault) -> UnsafeBufferPointer<UInt8> {
        UnsafeRawBufferPointer(rebasing: body[try range(index)]).assumingMemoryBound(to: UInt8.self)
    }

    /// The score of a document; `nil` if it has none.
    func score(_ index: Int) -> Double? {
        guard header.flags.contains(.quality) else { return nil }
        let bits = UInt64(littleEndian: body.loadUnaligned(fromByteOffset: quality + 8 * index, as: UInt64.self))
        let score = Double(bitPattern: bits)
        return score.isNaN ? nil : score
    }

    /// The name of a document's source, valid as long as the block; `nil` if the block names none.
    func source(_ index: Int) throws(StreamFault) -> UnsafeBufferPointer<UInt8>? {
        guard header.flags.contains(.sources) else { return nil }
        let code = UInt32(littleEndian: body.loadUnaligned(fromByteOffset: sources + 4 * index, as: UInt32.self))
        guard code < names.count else {
            throw .contradiction("a document names the source \(code), and its block has \(names.count)")
        }
        return UnsafeRawBufferPointer(rebasing: body[names[Int(code)]]).assumingMemoryBound(to: UInt8.self)
    }
}

extension StreamFault {
    fileprivate static let decreasing = contradiction("the offsets of a block's texts decrease or lead out of it")
}
