/// The header before each page in the file (`PageHeader` of parquet.thrift).
struct PageHeader {
    enum Kind: Equatable {
        case data, dictionary
        /// A data page of version 2, whose levels are before the values and are not compressed.
        case data2(repetitionBytes: Int, definitionBytes: Int, isCompressed: Bool)
        /// An index, or a type of later versions: skipped.
        case other
    }

    var kind = Kind.other
    /// Bytes of the page in the file, without this header.
    var compressedBytes = 0
    /// Bytes of the page without compression, levels included.
    var uncompressedBytes = 0
    /// The CRC-32 of the page as it is in the file.
    var checksum: UInt32?
    /// Values of the page, nulls included.
    var valueCount = 0
    var encoding = 0
    /// How the definition levels of a version 1 page are written.
    var levelEncoding = PageEncoding.runLength.rawValue

    /// Reads a header.
    ///
    /// - Throws: ``ParquetError``, with `endsEarly` where more bytes might make it right.
    init(_ thrift: inout ThriftReader) throws(ParquetError) {
        var last = 0
        var type: Int?
        var sizes: (compressed: Int?, uncompressed: Int?) = (nil, nil)
        var details: Int?
        while let field = try thrift.field(after: &last) {
            switch field.id {
            case 1: type = try thrift.integer(field)
            case 2: sizes.uncompressed = try thrift.integer(field)
            case 3: sizes.compressed = try thrift.integer(field)
            case 4: checksum = UInt32(truncatingIfNeeded: try thrift.integer(field))
            case 5, 7, 8:
                try thrift.check(field, is: .structure)
                details = field.id
                switch field.id {
                case 5: try readData(&thrift)
                case 7: try readDictionary(&thrift)
                default: try readData2(&thrift)
                }
            default: try thrift.skip(field)
            }
        }
        guard let type, let compressed = sizes.compressed, let uncompressed = sizes.uncompressed else {
            throw .damaged("the page's header names no type or no size")
        }
        (compressedBytes, uncompressedBytes) = (compressed, uncompressed)
        // Each type has its own structure; other types are skipped, whatever their content.
        let needed = [0: 5, 2: 7, 3: 8]
        if let needed = needed[type] {
            guard details == needed else { throw .damaged("the page's header does not describe its type") }
        } else {
            kind = .other
        }
        guard compressedBytes >= 0, uncompressedBytes >= 0, valueCount >= 0 else {
            throw .damaged("the page's header holds a negative size")
        }
        guard valueCount <= Int32.max else { throw .damaged("\(valueCount) values are more than a page may hold") }
    }

    private mutating func readData(_ thrift: inout ThriftReader) throws(ParquetError) {
        kind = .data
        var last = 0
        while let field = try thrift.field(after: &last) {
            switch field.id {
            case 1: valueCount = try thrift.integer(field)
            case 2: encoding = try thrift.integer(field)
            case 3: levelEncoding = try thrift.integer(field)
            default: try thrift.skip(field)
            }
        }
    }

    private mutating func readDictionary(_ thrift: inout ThriftReader) throws(ParquetError) {
        kind = .dictionary
        var last = 0
        while let field = try thrift.field(after: &last) {
            switch field.id {
            case 1: valueCount = try thrift.integer(field)
            case 2: encoding = try thrift.integer(field)
            default: try thrift.skip(field)
            }
        }
    }

    private mutating func readData2(_ thrift: inout ThriftReader) throws(ParquetError) {
        var last = 0
        var (repetitionBytes, definitionBytes, isCompressed) = (0, 0, true)
        while let field = try thrift.field(after: &last) {
            switch field.id {
            case 1: valueCount = try thrift.integer(field)
            case 4: encoding = try thrift.integer(field)
            case 5: definitionBytes = try thrift.integer(field)
            case 6: repetitionBytes = try thrift.integer(field)
            case 7: isCompressed = try thrift.boolean(field)
            default: try thrift.skip(field)
            }
        }
        kind = .data2(
            repetitionBytes: repetitionBytes, definitionBytes: definitionBytes, isCompressed: isCompressed)
    }
}
