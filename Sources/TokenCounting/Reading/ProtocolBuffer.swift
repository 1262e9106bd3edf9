/// Reads the fields of a Protocol Buffers message, in the wire format's order.
struct ProtocolBuffer {
    /// A field's value as the wire carries it.
    enum Value {
        case number(UInt64)
        case bytes(ArraySlice<UInt8>)
        case float(Float)
    }

    private let bytes: ArraySlice<UInt8>
    private let path: String
    private var position: Int

    init(_ bytes: ArraySlice<UInt8>, path: String) {
        self.bytes = bytes
        self.path = path
        position = bytes.startIndex
    }

    private func fault() -> TokenCountingError {
        .unusableVocabulary(
            path: path, line: nil,
            reason: "byte \(position) is not SentencePiece's model format: the file may be cut off")
    }

    private mutating func varint() throws(TokenCountingError) -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), through: 63, by: 7) {
            guard position < bytes.endIndex else { throw fault() }
            let byte = bytes[position]
            position += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        throw fault()
    }

    /// The next field's number and value, or `nil` at the end.
    mutating func next() throws(TokenCountingError) -> (field: Int, value: Value)? {
        guard position < bytes.endIndex else { return nil }
        let tag = try varint()
        guard tag >> 3 > 0, tag >> 3 < 1 << 29 else { throw fault() }
        let field = Int(tag >> 3)
        switch tag & 7 {
        case 0: return (field, .number(try varint()))
        case 1:
            guard bytes.endIndex - position >= 8 else { throw fault() }
            position += 8
            return (field, .bytes(bytes[position - 8..<position]))
        case 2:
            let length = try varint()
            guard length <= UInt64(bytes.endIndex - position) else { throw fault() }
            position += Int(length)
            return (field, .bytes(bytes[position - Int(length)..<position]))
        case 5:
            guard bytes.endIndex - position >= 4 else { throw fault() }
            let bits = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[position + $1]) << UInt32(8 * $1) }
            position += 4
            return (field, .float(Float(bitPattern: bits)))
        default: throw fault()
        }
    }
}
