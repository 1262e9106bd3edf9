/// The place of a text in the buffer of its batch.
struct TextPlace {
    var offset: UInt32
    /// Its bytes; negative for a null.
    var count: Int32

    static let null = TextPlace(offset: 0, count: -1)

    init(offset: UInt32, count: Int32) {
        self.offset = offset
        self.count = count
    }

    /// The sizes fit, since pages are smaller than 2 GiB, and the expanded texts of a batch are limited to a page's
    /// size.
    init(_ range: Range<Int>) {
        offset = UInt32(range.lowerBound)
        count = Int32(range.count)
    }
}

/// Decodes the texts of a page, in order.
enum TextDecoder {
    case plain(ByteReader)
    case dictionary(HybridDecoder)
    case lengths(DeltaDecoder, ByteReader)
    case prefixes(PrefixDecoder)

    init(_ encoding: Int, _ bytes: ByteReader, hasDictionary: Bool) throws(ParquetError) {
        switch PageEncoding(rawValue: encoding) {
        // A page of nulls may have no header of differences.
        case .plain,
            .deltaLengthByteArray where bytes.remaining == 0,
            .deltaByteArray where bytes.remaining == 0:
            self = .plain(bytes)
        case .plainDictionary, .runLengthDictionary:
            self = .dictionary(try HybridDecoder(indices: bytes, hasDictionary: hasDictionary))
        case .deltaLengthByteArray:
            let lengths = try DeltaDecoder(bytes)
            self = .lengths(lengths, try lengths.rest())
        case .deltaByteArray:
            self = .prefixes(try PrefixDecoder(bytes))
        default:
            throw .encoding(encoding, of: "texts")
        }
    }
}

/// Decodes texts stored as the length that they share with the previous text, and their remaining bytes
/// (`DELTA_BYTE_ARRAY`).
struct PrefixDecoder {
    private var prefixes: DeltaDecoder
    private var lengths: DeltaDecoder
    private var suffixes: ByteReader
    /// The place of the previous text in the scratch memory.
    private(set) var last = 0..<0
    /// The bytes of all texts of the page so far.
    private(set) var expanded = 0

    init(_ bytes: ByteReader) throws(ParquetError) {
        prefixes = try DeltaDecoder(bytes)
        lengths = try DeltaDecoder(try prefixes.rest())
        suffixes = try lengths.rest()
    }

    /// The next text's parts: the length that it shares with the previous text, and its own bytes.
    mutating func next() throws(ParquetError) -> (prefix: Int, suffix: UnsafeRawBufferPointer) {
        let prefix = try prefixes.nextCount()
        let count = try lengths.nextCount()
        guard prefix <= last.count else {
            throw .damaged("a text shares \(prefix) bytes with one of \(last.count) before it")
        }
        let from = suffixes.position
        try suffixes.skip(count, of: "a text")
        return (prefix, suffixes.bytes(from..<suffixes.position))
    }

    /// Notes where the text now is.
    mutating func place(_ range: Range<Int>) {
        last = range
        expanded += range.count
    }

    /// Notes that the text before was moved to the start of other memory.
    mutating func moveLast() { last = 0..<last.count }
}

extension HybridDecoder {
    /// Decodes indices into a dictionary, whose first byte is their width.
    init(indices bytes: ByteReader, hasDictionary: Bool) throws(ParquetError) {
        guard hasDictionary else { throw .damaged("the page refers to a dictionary and there is none") }
        var bytes = bytes
        // A page of nulls has no indices, and may leave the width out too.
        let width = bytes.remaining == 0 ? 0 : Int(try bytes.byte())
        try self.init(bytes, width: width)
    }
}

extension ParquetError {
    static func encoding(_ code: Int, of values: String) -> ParquetError {
        .unsupported(
            "\(values) in the encoding \(PageEncoding.name(code)) are not read",
            advice: "write the file again with the encodings PLAIN or RLE_DICTIONARY")
    }
}

extension ByteReader {
    /// The next text, which follows its length in four bytes.
    mutating func nextText() throws(ParquetError) -> TextPlace {
        let count = Int(try integer(UInt32.self, of: "a text's length"))
        let from = position
        try skip(count, of: "a text")
        return TextPlace(from..<position)
    }
}
