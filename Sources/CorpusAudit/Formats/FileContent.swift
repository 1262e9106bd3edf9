import UnicodeText

/// What a file holds, by its first bytes.
enum FileContent: Equatable {
    /// Nothing.
    case empty
    /// A JSON object on the first line.
    case jsonLines
    /// A JSON array, of several lines or as the only value, or damaged and of objects.
    case jsonArray
    /// A JSON object over several lines.
    case prettyJSON
    /// Other text in UTF-8.
    case text
    /// Token ids behind a header.
    case tokens(TokenFileHeader)
    /// A format that is recognised and not read, or a file of datawall's own.
    case other(SkipKind)
    /// zstd or gzip that cannot be undone; the scan says what is wrong with it.
    case damaged
    /// Nothing that is known.
    case unknown

    /// Looks at the head of a file.
    init(_ head: FileHead) {
        let bytes = head.content
        if head.isDamaged {
            self = .damaged
        } else if bytes.isEmpty {
            self = .empty
        } else if head.isCompressed, Self.innerCompressions.contains(where: bytes.starts(with:)) {
            self = .other(.otherCompression)
        } else if let kind = Self.signature(of: bytes) {
            self = .other(kind)
        } else if let header = TokenFileHeader(bytes) {
            self = .tokens(header)
        } else if let kind = Self.wideText(bytes) {
            self = .other(kind)
        } else if let json = Self.json(bytes, isWhole: !head.isCompressed && bytes.count == head.fileSize) {
            self = json
        } else {
            self = Self.isText(bytes, mayBeCut: Self.mayBeCut(bytes)) ? .text : .unknown
        }
    }

    // MARK: Signatures

    private static let signatures: [(bytes: [UInt8], kind: SkipKind)] = [
        (Array("PAR1".utf8), .parquet), (Array("PARE".utf8), .parquet),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], .xz),
        ([0x04, 0x22, 0x4D, 0x18], .lz4), ([0x02, 0x21, 0x4C, 0x18], .lz4),
        ([0x1F, 0x9D], .otherCompression),
        ([0xFF, 0x06, 0x00, 0x00, 0x73, 0x4E, 0x61, 0x50, 0x70, 0x59], .otherCompression),
        (Array("PK".utf8) + [0x03, 0x04], .zip), (Array("PK".utf8) + [0x05, 0x06], .zip),
        ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], .sevenZip),
        (Array("WARC/".utf8), .warc),
        ([0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A], .hdf5),
        (Array("ARROW1".utf8), .arrow), (Array("FEA1".utf8), .arrow), (Array("Obj".utf8) + [0x01], .avro),
        (Array("SQLite format 3".utf8) + [0x00], .sqlite), (Array("%PDF-".utf8), .pdf),
        (Array("DWALLRUN".utf8), .datawall), (Array("version https://git-lfs.github.com/spec/".utf8), .lfsPointer),
        // UTF-32 first: its mark begins with that of UTF-16.
        ([0xFF, 0xFE, 0x00, 0x00], .utf32), ([0x00, 0x00, 0xFE, 0xFF], .utf32),
        ([0xFF, 0xFE], .utf16), ([0xFE, 0xFF], .utf16),
    ]

    /// The first bytes inside a file that is compressed twice; three bytes of gzip, since other data may start with two.
    private static let innerCompressions: [[UInt8]] = [GzipDecoder.magic + [0x08], ZstdDecoder.magic]

    private static func signature(of bytes: [UInt8]) -> SkipKind? {
        if let found = signatures.first(where: { bytes.starts(with: $0.bytes) }) { return found.kind }
        if bytes.count >= 10, bytes.starts(with: Array("BZh".utf8)),
            bytes[4...].starts(with: [0x31, 0x41, 0x59, 0x26, 0x53, 0x59])
        {
            return .bzip2
        }
        if bytes.count >= 262, bytes[257...].starts(with: Array("ustar".utf8)) { return .tar }
        // Three letters may start a text as well.
        if bytes.starts(with: Array("ORC".utf8)), !isText(bytes, mayBeCut: mayBeCut(bytes)) { return .orc }
        return nil
    }

    /// UTF-16 or UTF-32 without a mark, by the zeros next to Latin letters, blanks and line ends.
    private static func wideText(_ bytes: [UInt8]) -> SkipKind? {
        guard bytes.count >= 4, bytes.contains(0) else { return nil }
        // What is text in UTF-8 but for the zeros is so in two or four bytes only if half of all characters are ASCII.
        let charactersPerASCII = isText(bytes.filter { $0 != 0 }, mayBeCut: mayBeCut(bytes)) ? 2 : 20
        for (width, kind) in [(4, SkipKind.utf32), (2, SkipKind.utf16)] {
            for low in [0, width - 1] where isWide(bytes, width: width, low: low, charactersPerASCII) { return kind }
        }
        return nil
    }

    /// Whether bytes are valid characters of a width, and one in `charactersPerASCII` or more is ASCII.
    ///
    /// No character may be a control character other than white space. The end may cut a pair of surrogates in two.
    private static func isWide(_ bytes: [UInt8], width: Int, low: Int, _ charactersPerASCII: Int) -> Bool {
        var ascii = 0
        var expectsTrailing = false
        let count = bytes.count / width
        for start in stride(from: 0, to: count * width, by: width) {
            var unit: UInt32 = 0
            for place in 0..<width { unit = unit << 8 | UInt32(bytes[start + (low == 0 ? width - 1 - place : place)]) }
            if width == 4 {
                guard Unicode.Scalar(unit) != nil else { return false }
            } else {
                guard UTF16.isTrailSurrogate(UInt16(unit)) == expectsTrailing else { return false }
                expectsTrailing = UTF16.isLeadSurrogate(UInt16(unit))
            }
            guard unit >= 0x20 || (0x09...0x0D).contains(unit) else { return false }
            if unit < 0x7F { ascii += 1 }
        }
        return ascii * charactersPerASCII >= count && ascii > 0
    }

    // MARK: Text

    private static func json(_ bytes: [UInt8], isWhole: Bool) -> FileContent? {
        var text = bytes[...]
        if text.starts(with: ByteOrderMark.bytes) { text = text.dropFirst(ByteOrderMark.bytes.count) }
        text = text.drop { $0 == 0x20 || (0x09...0x0D).contains($0) }
        guard let first = text.first, first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else { return nil }
        let isObject = first == UInt8(ascii: "{")
        switch JSONOutline(text) {
        case .malformed:
            // An array of objects, damaged inside the head, is still no line of text.
            let second = text.dropFirst().first { $0 != 0x20 && !(0x09...0x0D).contains($0) }
            return !isObject && second == UInt8(ascii: "{") ? .jsonArray : nil
        case .unfinished(let lineFeeds):
            return isObject ? object(text, lineFeeds, isAlone: true) : .jsonArray
        case .whole(let length, let lineFeeds):
            let rest = text.dropFirst(length).drop { $0 == 0x20 || (0x09...0x0D).contains($0) }
            if isObject { return object(text, lineFeeds, isAlone: rest.isEmpty) }
            // An array on the first of several lines is a damaged record; the scan says so.
            return lineFeeds > 0 || rest.isEmpty ? .jsonArray : nil
        }
    }

    /// What a file is that begins with an object.
    ///
    /// A file of datawall's holds one and nothing else; a record among others may begin as one does.
    private static func object(_ text: ArraySlice<UInt8>, _ lineFeeds: Int, isAlone: Bool) -> FileContent {
        if isAlone, isOurs(text) { return .other(.datawall) }
        return lineFeeds > 0 ? .prettyJSON : .jsonLines
    }

    /// Whether a JSON object is a file that datawall wrote: its first key says so.
    private static func isOurs(_ text: ArraySlice<UInt8>) -> Bool {
        let blankless = text.prefix(64).filter { $0 != 0x20 && $0 != 0x0A }
        return blankless.starts(with: Array("{\"format\":\"datawall-".utf8))
    }

    /// Whether bytes are UTF-8, possibly cut off in a character, without control characters but white space.
    private static func isText(_ bytes: [UInt8], mayBeCut: Bool) -> Bool {
        guard bytes.allSatisfy({ $0 >= 0x20 || (0x09...0x0D).contains($0) || $0 == 0x1B }) else { return false }
        let invalid = bytes.withUnsafeBufferPointer { UTF8Check.firstFault($0) }
        return invalid.map { mayBeCut && $0 + 4 > bytes.count } ?? true
    }

    /// Whether a head may end within a character.
    private static func mayBeCut(_ head: [UInt8]) -> Bool { head.count == FileHead.length }
}
