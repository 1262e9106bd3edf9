/// Reads structures in Thrift's compact protocol.
///
/// The protocol: <https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md>. Fields may come
/// in any order; unknown ones are skipped.
struct ThriftReader {
    /// A field's header: its number, and how its value is written.
    struct Field {
        var id: Int
        var type: ValueType
    }

    enum ValueType: UInt8 {
        case yes = 1, no, int8, int16, int32, int64, double, binary, list, set, map, structure, uuid
    }

    var bytes: ByteReader

    init(_ bytes: ByteReader) { self.bytes = bytes }

    /// The deepest nesting of skipped values; the format's own structures have nine levels.
    private static let deepest = 32

    /// The next field of a structure, or `nil` at its end; `last` is the number of the field before it, 0 for the first.
    mutating func field(after last: inout Int) throws(ParquetError) -> Field? {
        let header = try bytes.byte(of: "a structure")
        guard header & 0x0F != 0 else { return nil }
        let type = try Self.type(header & 0x0F)
        let id = header >> 4 == 0 ? Int(try bytes.zigzag(of: "a field's number")) : last + Int(header >> 4)
        guard id > 0, id <= Int(Int16.max) else { throw .damaged("a structure has a field \(id)") }
        last = id
        return Field(id: id, type: type)
    }

    mutating func integer(_ field: Field) throws(ParquetError) -> Int { try integer(field.type) }

    private mutating func integer(_ type: ValueType) throws(ParquetError) -> Int {
        switch type {
        case .int8: Int(try bytes.integer(Int8.self))
        case .int16, .int32, .int64: Int(try bytes.zigzag())
        default: throw .damaged("a number is written as \(type)")
        }
    }

    func boolean(_ field: Field) throws(ParquetError) -> Bool {
        switch field.type {
        case .yes: true
        case .no: false
        default: throw .damaged("a truth value is written as \(field.type)")
        }
    }

    mutating func string(_ field: Field) throws(ParquetError) -> String {
        guard field.type == .binary else { throw .damaged("a text is written as \(field.type)") }
        let text = try binary()
        return String(decoding: text.bytes(text.position..<text.end), as: UTF8.self)
    }

    private mutating func binary() throws(ParquetError) -> ByteReader {
        let count = try bytes.varint(of: "a text's length")
        return try bytes.part(Int(clamping: count), of: "a text")
    }

    func check(_ field: Field, is type: ValueType) throws(ParquetError) {
        guard field.type == type else { throw .damaged("a \(type) is written as \(field.type)") }
    }

    /// Reads the number of elements of a list of structures, which follow.
    ///
    /// An element takes at least a byte, so a number that is too large for the file is refused here.
    mutating func structures(_ field: Field) throws(ParquetError) -> Int {
        guard field.type == .list else { throw .damaged("a list is written as \(field.type)") }
        let (count, type) = try listHeader()
        guard count == 0 || type == .structure else { throw .damaged("a list of structures holds \(type)") }
        return count
    }

    /// The numbers of a list of integers.
    mutating func integers(_ field: Field) throws(ParquetError) -> [Int] {
        guard field.type == .list else { throw .damaged("a list is written as \(field.type)") }
        let (count, type) = try listHeader()
        var values: [Int] = []
        for _ in 0..<count { values.append(try integer(type)) }
        return values
    }

    private mutating func listHeader() throws(ParquetError) -> (count: Int, type: ValueType) {
        let header = try bytes.byte(of: "a list")
        let count = header >> 4 == 15 ? Int(clamping: try bytes.varint(of: "a list's length")) : Int(header >> 4)
        try bytes.check(count, of: "a list")
        // Some writers give an empty list no type.
        return (count, count == 0 ? .structure : try Self.type(header & 0x0F))
    }

    /// Passes over the value of a field.
    mutating func skip(_ field: Field) throws(ParquetError) {
        // A field's truth value is in its header.
        if field.type == .yes || field.type == .no { return }
        try skip(field.type, depth: 0)
    }

    /// Passes over a structure without its field header: an element of a list.
    mutating func skipStructure() throws(ParquetError) { try skip(.structure, depth: 0) }

    private mutating func skip(_ type: ValueType, depth: Int) throws(ParquetError) {
        guard depth < Self.deepest else { throw .damaged("values are nested more than \(Self.deepest) deep") }
        switch type {
        case .yes, .no, .int8: try bytes.skip(1)
        case .int16, .int32, .int64: _ = try bytes.varint()
        case .double: try bytes.skip(8)
        case .uuid: try bytes.skip(16)
        case .binary: _ = try binary()
        case .list, .set:
            let (count, type) = try listHeader()
            for _ in 0..<count { try skip(type, depth: depth + 1) }
        case .map:
            let count = Int(clamping: try bytes.varint(of: "a map's length"))
            guard count > 0 else { return }
            let types = try bytes.byte(of: "a map")
            try bytes.check(count, of: "a map")
            let (key, value) = (try Self.type(types >> 4), try Self.type(types & 0x0F))
            for _ in 0..<count {
                try skip(key, depth: depth + 1)
                try skip(value, depth: depth + 1)
            }
        case .structure:
            var last = 0
            while let field = try field(after: &last) {
                if field.type != .yes, field.type != .no { try skip(field.type, depth: depth + 1) }
            }
        }
    }

    private static func type(_ code: UInt8) throws(ParquetError) -> ValueType {
        guard let type = ValueType(rawValue: code) else { throw .damaged("a value has the unknown type \(code)") }
        return type
    }
}
