import CDataWallXXHash

/// Writes a stream of pushed documents, as its format page says.
struct PushedDocuments {
    struct Document {
        var text: String
        var source: String?
        var quality: Double?

        init(_ text: String, source: String? = nil, quality: Double? = nil) {
            (self.text, self.source, self.quality) = (text, source, quality)
        }
    }

    /// How a block is written.
    struct Layout {
        var isWide = true
        var hasChecksum = false
        /// Bytes of another array that are before the first text, as in a slice.
        var firstOffset = 0
    }

    private(set) var bytes: [UInt8] = Array("DWDOCS\r\n".utf8) + Self.number(UInt16(1)) + [0, 0, 0, 0, 0, 0]
    private var documents: UInt64 = 0
    private var textBytes: UInt64 = 0

    /// A whole stream of documents in blocks of a size.
    static func stream(_ documents: [Document], blocks: Int = .max, _ layout: Layout = Layout()) -> [UInt8] {
        var stream = PushedDocuments()
        var rest = documents[...]
        while !rest.isEmpty {
            stream.add(Array(rest.prefix(blocks)), layout)
            rest = rest.dropFirst(blocks)
        }
        stream.finish()
        return stream.bytes
    }

    mutating func add(_ block: [Document], _ layout: Layout = Layout()) {
        var offset = layout.firstOffset
        var offsets = layout.isWide ? Self.number(Int64(offset)) : Self.number(Int32(offset))
        for document in block {
            offset += document.text.utf8.count
            offsets += layout.isWide ? Self.number(Int64(offset)) : Self.number(Int32(offset))
        }
        var flags: UInt32 = layout.isWide ? 1 : 0
        var body = Self.padded(offsets)
        if block.contains(where: { $0.quality != nil }) {
            flags |= 2
            body += block.flatMap { Self.number(($0.quality ?? .nan).bitPattern) }
        }
        var names: [String] = []
        if block.contains(where: { $0.source != nil }) {
            flags |= 4
            names = Set(block.compactMap(\.source)).sorted()
            body += Self.padded(block.flatMap { Self.number(UInt32(names.firstIndex(of: $0.source ?? "") ?? 0)) })
            var end: UInt32 = 0
            body += Self.padded(
                Self.number(end)
                    + names.flatMap { name in
                        end += UInt32(name.utf8.count)
                        return Self.number(end)
                    })
            body += Self.padded(names.flatMap { Array($0.utf8) })
        }
        body += Self.padded(block.flatMap { Array($0.text.utf8) })
        if layout.hasChecksum { flags |= 8 }
        let checksum = layout.hasChecksum ? datawall_xxh3_64(body, body.count) : 0
        bytes += Array("DOCS".utf8) + Self.number(UInt32(block.count)) + Self.number(flags)
        bytes += Self.number(UInt32(names.count)) + Self.number(UInt64(body.count)) + Self.number(checksum) + body
        documents += UInt64(block.count)
        textBytes += UInt64(offset - layout.firstOffset)
    }

    mutating func finish() {
        bytes += Array("DONE".utf8) + [UInt8](repeating: 0, count: 12)
        bytes += Self.number(documents) + Self.number(textBytes)
    }

    private static func number(_ value: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: value.littleEndian) { Array($0) }
    }

    private static func padded(_ bytes: [UInt8]) -> [UInt8] {
        bytes + [UInt8](repeating: 0, count: (8 - bytes.count % 8) % 8)
    }
}
