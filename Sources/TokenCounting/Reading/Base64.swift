/// Decodes base64 (RFC 4648, section 4) strictly.
enum Base64 {
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 0xFF, count: 256)
        for (value, character) in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8.enumerated() {
            values[Int(character)] = UInt8(value)
        }
        return values
    }()

    /// The decoded bytes, or `nil` where the text is not base64 with its padding.
    static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
        guard text.count % 4 == 0 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 4 * 3)
        var word: UInt32 = 0
        var digits = 0
        var padding = 0
        for character in text {
            if character == UInt8(ascii: "=") {
                padding += 1
                word <<= 6
            } else {
                let value = values[Int(character)]
                guard value != 0xFF, padding == 0 else { return nil }
                word = word << 6 | UInt32(value)
            }
            digits += 1
            if digits == 4 {
                guard padding <= 2 else { return nil }
                bytes.append(UInt8(truncatingIfNeeded: word >> 16))
                if padding < 2 { bytes.append(UInt8(truncatingIfNeeded: word >> 8)) }
                if padding < 1 { bytes.append(UInt8(truncatingIfNeeded: word)) }
                if padding > 0, word & (padding == 1 ? 0xFF : 0xFFFF) != 0 { return nil }
                word = 0
                digits = 0
            }
        }
        return bytes
    }
}
