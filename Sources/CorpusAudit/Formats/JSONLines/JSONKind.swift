/// The kind of a JSON value, told from its first byte.
enum JSONKind: String {
    case string = "a string"
    case number = "a number"
    case object = "an object"
    case array = "an array"
    case bool = "true or false"
    case null
    /// What JSON has no number for and Python writes all the same.
    case nonFinite = "NaN or an infinity"

    init(firstByte: UInt8) {
        switch firstByte {
        case UInt8(ascii: "\""): self = .string
        case UInt8(ascii: "{"): self = .object
        case UInt8(ascii: "["): self = .array
        case UInt8(ascii: "t"), UInt8(ascii: "f"): self = .bool
        case UInt8(ascii: "n"): self = .null
        case UInt8(ascii: "N"), UInt8(ascii: "I"): self = .nonFinite
        default: self = .number
        }
    }
}
