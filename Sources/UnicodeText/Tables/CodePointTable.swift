#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A value of a trivial type for every code point, all zero bits at first.
///
/// One load a lookup. The memory comes from `calloc`: pages that no value was written to take no memory.
/// Safe to share: written only by the initialiser's closure, and freed with the last reference.
final class CodePointTable<Value: BitwiseCopyable & Sendable>: @unchecked Sendable {
    /// The values, by code point.
    let values: UnsafePointer<Value>

    init(_ fill: (UnsafeMutablePointer<Value>) -> Void) {
        guard let memory = calloc(0x110000, MemoryLayout<Value>.stride) else {
            preconditionFailure("no memory for a table of Unicode")
        }
        let values = memory.bindMemory(to: Value.self, capacity: 0x110000)
        fill(values)
        self.values = UnsafePointer(values)
    }

    deinit { free(UnsafeMutablePointer(mutating: values)) }
}
