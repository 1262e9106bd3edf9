/// The letters that byte-level tokenizers write bytes as, so that every token is printable text.
///
/// Bytes that are printable Latin-1 characters represent themselves; U+0100 and up represent the other 68, in order
/// (`bytes_to_unicode` of GPT-2's `encoder.py`).
enum ByteAlphabet {
    /// The code point of each byte.
    static let codes: [UInt32] = {
        var codes = [UInt32](repeating: 0, count: 256)
        var next: UInt32 = 0x100
        for byte in 0..<256 {
            if (0x21...0x7E).contains(byte) || (0xA1...0xAC).contains(byte) || (0xAE...0xFF).contains(byte) {
                codes[byte] = UInt32(byte)
            } else {
                codes[byte] = next
                next += 1
            }
        }
        return codes
    }()

    private static let bytes: [UInt8?] = {
        var bytes = [UInt8?](repeating: nil, count: 0x144)
        for (byte, code) in codes.enumerated() { bytes[Int(code)] = UInt8(byte) }
        return bytes
    }()

    /// The bytes that a token's letters represent, or `nil` if one of them is no such letter.
    static func decode(_ text: some Sequence<UInt8>) -> [UInt8]? {
        var decoded: [UInt8] = []
        var iterator = text.makeIterator()
        while let first = iterator.next() {
            var code = UInt32(first)
            if first >= 0x80 {
                guard first & 0xE0 == 0xC0, let second = iterator.next() else { return nil }
                code = UInt32(first & 0x1F) << 6 | UInt32(second & 0x3F)
            }
            guard code < bytes.count, let byte = bytes[Int(code)] else { return nil }
            decoded.append(byte)
        }
        return decoded
    }
}
