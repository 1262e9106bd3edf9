#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Raw memory with one owner, freed with it.
struct OwnedBuffer: ~Copyable {
    let bytes: UnsafeMutableRawBufferPointer

    /// Allocates memory of any content.
    ///
    /// Throws ``StreamFault/outOfMemory``; the standard library's own allocation would end the process.
    init(byteCount: Int) throws(StreamFault) {
        guard let start = malloc(max(1, byteCount)) else { throw .outOfMemory }
        bytes = UnsafeMutableRawBufferPointer(start: start, count: byteCount)
    }

    deinit { free(bytes.baseAddress) }
}
