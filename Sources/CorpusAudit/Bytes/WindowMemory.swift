/// The memory in which the readers of one thread decode shards and cut them into lines, one reader at a time.
///
/// It outlives the readers: the system clears the pages of each mapping, which took 2 % of an audit while each shard had
/// a mapping of its own.
final class WindowMemory {
    private var memory: MappedMemory?
    /// The memory for the text of a record.
    let text = TextMemory()
    /// The memory before that, while what is decoded depends on bytes in it.
    private var memoryBefore: MappedMemory?

    /// More than this goes back to the system when the next reader starts.
    private static let mostKept = 8 << 20

    /// Memory of any content for a reader that starts, at least so much; it is the reader's until the next one starts.
    ///
    /// Throws ``StreamFault/outOfMemory``.
    func begin(byteCount: Int) throws(StreamFault) -> UnsafeMutableRawBufferPointer {
        memoryBefore = nil
        if let bytes = memory?.bytes, (byteCount...Self.mostKept).contains(bytes.count) { return bytes }
        memory = nil
        return try replace(byteCount: byteCount)
    }

    /// Other memory, zeroed, in place of the present one, which stays as it is until ``forgetBefore()`` or the next call.
    ///
    /// Throws ``StreamFault/outOfMemory``.
    func replace(byteCount: Int) throws(StreamFault) -> UnsafeMutableRawBufferPointer {
        guard let larger = MappedMemory(byteCount: byteCount) else { throw .outOfMemory }
        let bytes = larger.bytes
        memoryBefore = memory.take()
        memory = consume larger
        return bytes
    }

    /// Gives the memory before the present one back.
    func forgetBefore() { memoryBefore = nil }
}
