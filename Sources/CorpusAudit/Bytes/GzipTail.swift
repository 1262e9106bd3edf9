/// What follows the last gzip member of a file.
///
/// `gzip -d` ignores zeros there in silence, since tapes and block storage pad files, and anything else with a warning.
/// So do we, as long as what is ignored cannot be a member whose header is damaged.
struct GzipTail {
    /// The longest tail, other than zeros, that is ignored.
    static let longest = 64 << 10

    private(set) var count = 0
    private(set) var isZeros = true
    private var holdsHeader = false
    /// The first bytes of the tail, and the last ones that were shown.
    private var head: [UInt8] = []
    private var last: [UInt8] = []

    /// Whether more bytes could change what is thought of the tail.
    var isOpen: Bool { isZeros || count <= Self.longest }

    mutating func add(_ bytes: UnsafeRawBufferPointer) {
        count += bytes.count
        if head.count < 4 { head += bytes.prefix(4 - head.count) }
        if isZeros { isZeros = bytes.allSatisfy { $0 == 0 } }
        guard !isZeros, !holdsHeader else { return }
        // Bytes on both sides of the border between two reads.
        let border = last + bytes.prefix(3)
        holdsHeader = border.withUnsafeBytes { Self.holdsHeader($0) } || Self.holdsHeader(bytes)
        last = Array((last + bytes.suffix(3)).suffix(3))
    }

    /// What is to be said of the tail, or `nil` where it may be data that cannot be decoded.
    var note: ShardEnd.Note? {
        if isZeros {
            return ShardEnd.Note(
                kind: .trailingPadding,
                reason: "\(count == 1 ? "1 zero byte" : "\(count) zero bytes") after the last gzip member "
                    + "\(count == 1 ? "is" : "are") ignored, as gzip does")
        }
        guard count <= Self.longest, !holdsHeader, !resemblesHeader, !beginsAsData else { return nil }
        return ShardEnd.Note(
            kind: .trailingGarbage,
            reason: "\(count == 1 ? "1 byte" : "\(count) bytes") after the last gzip member "
                + "\(count == 1 ? "is" : "are") not gzip and ignored, as gzip does")
    }

    /// Whether files were joined that are not all gzip: a zstd frame or a JSON object begins here.
    private var beginsAsData: Bool { head == ZstdDecoder.magic || head.first == UInt8(ascii: "{") }

    /// Whether two of the three bytes that start every member are right.
    private var resemblesHeader: Bool {
        zip(head, [0x1F, 0x8B, 0x08] as [UInt8]).count { $0 == $1 } >= 2
    }

    /// Whether a member's header is somewhere: its magic, deflate, and no reserved flag (RFC 1952, section 2.3.1).
    private static func holdsHeader(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count >= 4 else { return false }
        return (0...bytes.count - 4).contains { place in
            bytes[place] == 0x1F && bytes[place + 1] == 0x8B && bytes[place + 2] == 0x08 && bytes[place + 3] & 0xE0 == 0
        }
    }
}
