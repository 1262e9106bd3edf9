#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Memory of a page, freed with the last batch that points into it.
///
/// `Sendable` is unchecked: code that writes first calls ``writable(_:count:)``, which returns memory that nothing else
/// refers to. Batches, which may go to other threads, only read.
final class PageBuffer: @unchecked Sendable {
    let memory: UnsafeMutableRawBufferPointer

    /// Allocates memory with arbitrary content; the standard library's own allocation would end the process if there is
    /// none.
    private init(byteCount: Int) throws(ParquetError) {
        guard let start = malloc(max(1, byteCount)) else {
            throw ParquetError(.outOfMemory, "there is no memory left for \(byteCount) bytes of a page")
        }
        memory = UnsafeMutableRawBufferPointer(start: start, count: byteCount)
    }

    deinit { free(memory.baseAddress) }

    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(memory) }

    /// Whether a buffer has that many bytes and nobody else refers to it.
    static func isWritable(_ buffer: inout PageBuffer?, count: Int) -> Bool {
        isKnownUniquelyReferenced(&buffer) && (buffer?.memory.count ?? -1) >= count
    }

    /// Memory of at least `count` bytes that nothing else refers to: the buffer's own if possible, else a new one.
    static func writable(
        _ buffer: inout PageBuffer?, count: Int
    ) throws(ParquetError) -> UnsafeMutableRawBufferPointer {
        if isWritable(&buffer, count: count), let buffer { return buffer.memory }
        buffer = nil
        // An eighth more, so that pages that grow little by little do not each need a new buffer.
        let made = try PageBuffer(byteCount: count + count / 8)
        buffer = made
        return made.memory
    }
}
