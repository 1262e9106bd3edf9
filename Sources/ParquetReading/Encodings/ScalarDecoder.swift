/// Decodes the numbers or truth values of a page, in order, as the bits that they are stored in.
enum ScalarDecoder {
    case fixed(ByteReader, width: Int)
    /// Streams of the first bytes of all values, of their second bytes, and so on.
    case split(ByteReader, width: Int, stride: Int)
    case bits(ByteReader, next: Int)
    case dictionary(HybridDecoder)
    case runs(HybridDecoder)
    case deltas(DeltaDecoder)

    init(
        _ encoding: Int, _ type: PhysicalType, _ bytes: ByteReader, hasDictionary: Bool
    ) throws(ParquetError) {
        switch (PageEncoding(rawValue: encoding), type.width) {
        case (.plain, let width?):
            self = .fixed(bytes, width: width)
        case (.plain, nil):
            self = .bits(bytes, next: bytes.position * 8)
        case (.plainDictionary, _), (.runLengthDictionary, _):
            self = .dictionary(try HybridDecoder(indices: bytes, hasDictionary: hasDictionary))
        case (.runLength, nil):
            // The runs come after their length; a page of nulls has none.
            var bytes = bytes
            let count = bytes.remaining == 0 ? 0 : Int(try bytes.integer(UInt32.self))
            self = .runs(try HybridDecoder(try bytes.part(count, of: "the truth values"), width: 1))
        case (.deltaBinaryPacked, _) where type == .int32 || type == .int64:
            // A page of nulls may have no header.
            self = bytes.remaining == 0 ? .fixed(bytes, width: 8) : .deltas(try DeltaDecoder(bytes))
        case (.byteStreamSplit, let width?):
            guard bytes.remaining.isMultiple(of: width) else {
                throw .damaged("\(bytes.remaining) bytes are no whole number of values")
            }
            self = .split(bytes, width: width, stride: bytes.remaining / width)
        default:
            throw .encoding(encoding, of: "\(type.name) values")
        }
    }

    /// The bits of the next value, and how often it comes, at most `limit` times.
    ///
    /// Indices refer to the values of `dictionary`.
    mutating func next(
        _ limit: Int, dictionary: ScalarDictionary?
    ) throws(ParquetError) -> (bits: UInt64, count: Int) {
        switch self {
        case .fixed(var bytes, let width):
            let value = width == 4 ? UInt64(try bytes.integer(UInt32.self)) : try bytes.integer(UInt64.self)
            self = .fixed(bytes, width: width)
            return (value, 1)
        case .split(var bytes, let width, let stride):
            let place = bytes.position
            // The first bytes of all values come first; the values returned are skipped.
            guard bytes.remaining > stride * (width - 1) else {
                throw .damaged("the page has fewer values than it says")
            }
            var value: UInt64 = 0
            for part in 0..<width { value |= bytes.bits(8, at: (place + part * stride) * 8) << UInt64(8 * part) }
            try bytes.skip(1)
            self = .split(bytes, width: width, stride: stride)
            return (value, 1)
        case .bits(let bytes, let next):
            guard next < bytes.end * 8 else { throw .damaged("the page has fewer values than it says") }
            self = .bits(bytes, next: next + 1)
            return (bytes.bits(1, at: next), 1)
        case .dictionary(var indices):
            let (index, count) = try indices.next(limit)
            self = .dictionary(indices)
            guard let dictionary, index < dictionary.count else {
                throw .damaged("the page refers to value \(index) of a dictionary of \(dictionary?.count ?? 0)")
            }
            return (dictionary.bits(Int(index)), count)
        case .runs(var runs):
            let (value, count) = try runs.next(limit)
            self = .runs(runs)
            return (UInt64(value), count)
        case .deltas(var deltas):
            let value = try deltas.next()
            self = .deltas(deltas)
            return (UInt64(bitPattern: value), 1)
        }
    }
}

/// The values of a dictionary page, which are there one after the other.
struct ScalarDictionary {
    let count: Int
    private let bytes: ByteReader
    /// Bits of a value.
    private let width: Int

    init(_ bytes: ByteReader, count: Int, type: PhysicalType) throws(ParquetError) {
        // Truth values take a bit.
        width = type.width.map { $0 * 8 } ?? 1
        guard count <= bytes.remaining * 8 / width else {
            throw .damaged("a dictionary of \(count) values has \(bytes.remaining) bytes")
        }
        self.bytes = bytes
        self.count = count
    }

    func bits(_ index: Int) -> UInt64 { bytes.bits(width, at: bytes.position * 8 + index * width) }
}

extension ParquetScalar {
    /// Interprets stored bits as a value of a column; `nil` for a column of texts.
    init?(_ bits: UInt64, _ kind: ParquetColumn.Kind, of column: ParquetColumn) {
        let word = UInt32(truncatingIfNeeded: bits)
        switch kind {
        case .boolean: self = .boolean(bits & 1 == 1)
        case .float: self = .float(Float(bitPattern: word))
        case .double: self = .double(Double(bitPattern: bits))
        case .unsignedInteger: self = .unsignedInteger(bits)
        case .integer where column.physical == .int64: self = .integer(Int64(bitPattern: bits))
        case .integer: self = .integer(column.isUnsigned ? Int64(word) : Int64(Int32(bitPattern: word)))
        case .text: return nil
        }
    }
}
