/// Memory for the texts of a block whose bytes are not in one piece in their page (`DELTA_BYTE_ARRAY`).
struct TextScratch {
    /// The memory of the block's texts.
    private(set) var buffer: PageBuffer?
    /// Bytes that the block uses; `nil` before its first text.
    private var used: Int?

    /// Its size, unless one text needs more.
    private static let size = 1 << 20

    /// Begins another block, in the memory of the previous one if nobody keeps that.
    mutating func begin() { used = nil }

    /// Writes the next text and returns its place; `nil` if there is no room, so that the next block begins with it.
    ///
    /// All texts of a page may have `limit` bytes together, because few bytes in the page may expand to any number.
    mutating func append(_ prefixes: inout PrefixDecoder, limit: Int) throws(ParquetError) -> TextPlace? {
        // The parts are read with a copy, which is dropped if there is no room.
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

    /// Begins a block's memory: the previous text comes first in it, followed by room for the next.
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
