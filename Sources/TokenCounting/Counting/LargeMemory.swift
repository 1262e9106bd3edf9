#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Memory of large tables that are read at random places.
enum LargeMemory {
    /// The size of a large page on the processors at hand.
    private static let page = 1 << 21

    /// Allocates memory, in large pages if the system grants them.
    ///
    /// A table of some megabytes then needs few entries of the processor's page cache, and few faults on first touch.
    ///
    /// Free it with `deallocate()`; its content is not initialised.
    static func allocate(byteCount: Int) -> UnsafeMutableRawPointer {
        guard byteCount >= page else { return .allocate(byteCount: byteCount, alignment: 64) }
        let memory = UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: page)
        #if os(Linux)
            // Only advice: where the system does not follow it, nothing is lost.
            _ = madvise(memory, byteCount & ~(page - 1), 14)
        #endif
        return memory
    }

    /// Allocates and fills memory for elements of a trivial type.
    static func allocate<Element: BitwiseCopyable>(_ count: Int, of element: Element) -> UnsafeMutablePointer<Element> {
        let memory = allocate(byteCount: count * MemoryLayout<Element>.stride)
            .bindMemory(to: Element.self, capacity: count)
        memory.initialize(repeating: element, count: count)
        return memory
    }
}
