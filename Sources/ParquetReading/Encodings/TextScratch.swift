/// Memory for the texts of a block that do not be in their page as they are (`DELTA_BYTE_ARRAY`).
struct TextScratch {
    /// Where the block's texts lie.
    private(set) var buffer: PageBuffer?
    /// Bytes that the block uses; `nil` before its first text.
    private var used: Int?

    /// Its size, unless one text needs more.
    private static let size = 1 << 20

    /// Begins another block, in the memory of the one before where nobody keeps that.
    mutating func begin() { used = nil }

    /// Writes the next text out, and returns where it lies; `nil` where it has no room, and the next block begins with it.
    ///
    /// All texts of a page may take `limit` bytes together: few bytes in the page may represent any number.
    mutating func append(_ prefixes: inout PrefixDecoder, limit: Int) throws(ParquetError) -> TextPlace? {
        // The parts are looked at in a copy, which is dropped where there is no room.
        var ahead = prefixes
        let (prefix, suffix) = try ahead.next()
        let size = prefix + suffix.count
        guard ahead.expanded + size <= limit else {
            throw ParquetError(.tooLarge, "the page's texts have over \(limit) bytes, the limit")
        }
        if used == nil { try moveLast(of: &ahead, room: size) }
        guard let used, let memory = buffer?.memory, used + size <= memory.count else { return nil }
        let last = ahead.last.lowerBound..<(ahead.last.lowerBound + prefix)
        let text = UnsafeMutableRawBufferPointer(rebasing: memory[used..<(used + size)])
        text.copyMemory(from: UnsafeRawBufferPointer(rebasing: memory[last]))
        UnsafeMutableRawBufferPointer(rebasing: text[prefix...]).copyMemory(from: suffix)
        ahead.place(used..<(used + size))
        prefixes = ahead
        self.used = used + size
        return TextPlace(used..<(used + size))
    }

    /// Begins a block's memory: the text before comes first in it, then there is room for the next.
    private mutating func moveLast(of prefixes: inout PrefixDecoder, room: Int) throws(ParquetError) {
        let last = prefixes.last
        let needed = max(Self.size, last.count + room)
        if PageBuffer.isWritable(&buffer, count: needed), let memory = buffer?.memory {
            memory.copyMemory(from: UnsafeRawBufferPointer(rebasing: memory[last]))
        } else {
            let old = buffer
            let memory = try PageBuffer.writable(&buffer, count: needed)
            if let old { memory.copyMemory(from: UnsafeRawBufferPointer(rebasing: old.bytes[last])) }
        }
        prefixes.moveLast()
        used = last.count
    }
}
