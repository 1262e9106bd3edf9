/// U+FEFF in UTF-8, which some programs write at the start of a file; no part of its text.
enum ByteOrderMark {
    static let bytes: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// The text without its byte order mark.
    static func removed(from text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        text.starts(with: bytes) ? UnsafeBufferPointer(rebasing: text[bytes.count...]) : text
    }
}
