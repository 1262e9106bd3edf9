/// Reads numbers as JSON spells them.
enum JSONNumber {
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
}
