/// NUL bytes at the end of a text, left by a machine that stopped while it wrote.
enum NULPadding {
    /// The text without them.
    static func removed(from text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        var end = text.count
        while end > 0, text[end - 1] == 0 { end -= 1 }
        return UnsafeBufferPointer(rebasing: text[..<end])
    }

    /// The note about NUL bytes at the end of a text shard; `bytes` is its decompressed size.
    static func note(_ count: Int, of bytes: Int) -> ShardEnd.Note {
        ShardEnd.Note(
            kind: .nulPadding, offset: bytes - count,
            reason: "\(count == 1 ? "1 NUL byte" : "\(count) NUL bytes") at the end of the file "
                + "\(count == 1 ? "is" : "are") left out; a machine that stops while it writes "
                + "leaves such a file, and what it was writing may be missing")
    }
}
