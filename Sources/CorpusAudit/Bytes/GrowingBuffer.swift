#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Bytes that are gathered in one piece of memory, with one owner.
struct GrowingBuffer: ~Copyable {
    // Owned: allocated and moved in `append`, freed in `deinit`; the first `count` of `capacity` bytes are initialised.
    private var start: UnsafeMutablePointer<UInt8>?
    private var capacity = 0
    private var count = 0

    deinit { free(start) }

    /// What was gathered; valid until the buffer changes.
    var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }

    /// The same memory for whoever changes the bytes in place.
    var mutableBytes: UnsafeMutableBufferPointer<UInt8> { UnsafeMutableBufferPointer(start: start, count: count) }

    /// Forgets the bytes and keeps their memory.
    mutating func removeAll() { count = 0 }

    /// Adds bytes.
    ///
    /// Throws ``StreamFault/outOfMemory`` where there is no room for twice what is there.
    mutating func append(_ more: UnsafeRawBufferPointer) throws(StreamFault) {
        guard let source = more.baseAddress, !more.isEmpty else { return }
        if count + more.count > capacity { try grow(to: count + more.count) }
        guard let start else { throw .outOfMemory }
        memcpy(start + count, source, more.count)
        count += more.count
    }

    /// Adds the bytes of a text.
    mutating func append(_ text: String) throws(StreamFault) {
        let bytes = Array(text.utf8)
        try bytes.withUnsafeBufferPointer { (utf8) throws(StreamFault) in try append(UnsafeRawBufferPointer(utf8)) }
    }

    private mutating func grow(to needed: Int) throws(StreamFault) {
        guard MemoryHeadroom.isLeft(MemoryHeadroom.bytes + 2 * count) else { throw .outOfMemory }
        let larger = max(needed, 2 * capacity)
        guard let moved = realloc(start, larger) else { throw .outOfMemory }
        start = moved.assumingMemoryBound(to: UInt8.self)
        capacity = larger
    }
}
