/// Writes structures in Thrift's compact protocol: footers and page headers for probes and tests.
public struct ThriftWriter {
    /// What was written so far.
    public private(set) var bytes: [UInt8] = []
    /// The number of the last field of the structure being written.
    private var last = 0

    /// The types of fields, by their numbers in the protocol.
    private enum FieldType: UInt8 {
        case yes = 1
        case no = 2
        case int32 = 5
        case int64 = 6
        case binary = 8
        case list = 9
        case structure = 12
    }

    /// Creates a writer of a structure's fields.
    public init() {}

    /// Writes a 64-bit integer.
    public mutating func integer(_ id: Int, _ value: Int) {
        header(id, .int64)
        append(zigzag: value)
    }

    /// Writes a boolean.
    public mutating func boolean(_ id: Int, _ value: Bool) { header(id, value ? .yes : .no) }

    /// Writes a string.
    public mutating func text(_ id: Int, _ value: String) {
        header(id, .binary)
        append(varint: UInt64(value.utf8.count))
        bytes += Array(value.utf8)
    }

    /// Writes a list of 32-bit integers.
    public mutating func integers(_ id: Int, _ values: [Int]) {
        listHeader(id, values.count, .int32)
        for value in values { append(zigzag: value) }
    }

    /// Writes a structure.
    public mutating func structure(_ id: Int, _ body: (inout ThriftWriter) -> Void) {
        header(id, .structure)
        element(body)
    }

    /// Writes a list of structures, which says that it has `claimed` elements if that is given.
    public mutating func structures(
        _ id: Int, _ elements: [(inout ThriftWriter) -> Void], claimed: Int? = nil
    ) {
        listHeader(id, claimed ?? elements.count, .structure)
        for body in elements { element(body) }
    }

    /// Writes a structure without a field's header: the outermost one, or an element of a list.
    public mutating func element(_ body: (inout ThriftWriter) -> Void) {
        let outer = last
        last = 0
        body(&self)
        bytes.append(0)
        last = outer
    }

    private mutating func header(_ id: Int, _ type: FieldType) {
        if id > last, id - last < 16 {
            bytes.append(UInt8(id - last) << 4 | type.rawValue)
        } else {
            bytes.append(type.rawValue)
            append(zigzag: id)
        }
        last = id
    }

    private mutating func listHeader(_ id: Int, _ count: Int, _ type: FieldType) {
        header(id, .list)
        if count >= 0, count < 15 {
            bytes.append(UInt8(count) << 4 | type.rawValue)
        } else {
            bytes.append(0xF0 | type.rawValue)
            append(varint: UInt64(bitPattern: Int64(count)))
        }
    }

    private mutating func append(zigzag value: Int) {
        append(varint: UInt64(bitPattern: Int64(value) << 1 ^ Int64(value) >> 63))
    }

    private mutating func append(varint value: UInt64) {
        var value = value
        while value >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: value) | 0x80)
            value >>= 7
        }
        bytes.append(UInt8(value))
    }
}
