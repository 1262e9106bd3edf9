/// Reads numbers as JSON spells them.
enum JSONNumber {
    /// Whether the bytes are a number by the grammar of JSON: no leading zero, no sign but a minus, digits around a point.
    static func isSpelt(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var rest = bytes[...]
        func digits(_ rest: inout Slice<UnsafeBufferPointer<UInt8>>) -> Int {
            let count = rest.prefix { $0 &- UInt8(ascii: "0") < 10 }.count
            rest = rest.dropFirst(count)
            return count
        }
        if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
        let first = rest.first
        let whole = digits(&rest)
        guard whole > 0, first != UInt8(ascii: "0") || whole == 1 else { return false }
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            guard digits(&rest) > 0 else { return false }
        }
        if let sign = rest.first, sign | 0x20 == UInt8(ascii: "e") {
            rest = rest.dropFirst()
            if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
            guard digits(&rest) > 0 else { return false }
        }
        return rest.isEmpty
    }

    /// The value of a number, whether it stood in quotes or not; `nil` for other spellings (`0x10`, `nan`, blanks).
    static func value(of bytes: UnsafeBufferPointer<UInt8>) -> Double? {
        let isSpeltAsJSON = bytes.allSatisfy { byte in
            byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") || "+-.eE".utf8.contains(byte)
        }
        guard isSpeltAsJSON, let value = Double(String(decoding: bytes, as: UTF8.self)), value.isFinite else {
            return nil
        }
        return value
    }

    /// The value of a number for a condition, exact where it is a whole number; `nil` for other spellings.
    static func conditionValue(of bytes: UnsafeBufferPointer<UInt8>) -> RecordCondition.Value? {
        guard let number = value(of: bytes) else { return nil }
        guard number.magnitude >= 0x1p53, let exact = Int128(String(decoding: bytes, as: UTF8.self)) else {
            return .number(number)
        }
        return .integer(exact)
    }
}
