/// The kind of a JSON value, told from its first byte.
enum JSONKind: String {
    case string = "a string"
    case number = "a number"
    case object = "an object"
    case array = "an array"
    case bool = "true or false"
    case null

    init(firstByte: UInt8) {
        switch firstByte {
        case UInt8(ascii: "\""): self = .string
        case UInt8(ascii: "{"): self = .object
        case UInt8(ascii: "["): self = .array
        case UInt8(ascii: "t"), UInt8(ascii: "f"): self = .bool
        case UInt8(ascii: "n"): self = .null
        default: self = .number
        }
    }
}
