/// Memory of a generic type, freed with it.
///
/// The optimiser of Swift 6.3 leaves out the `deinit` of a generic type that cannot be copied where it is the argument of
/// another one: a session held the memory of its merges until the process ended, as the address sanitizer found. Such
/// types own their memory by this one, which is not generic.
struct ScratchMemory: ~Copyable {
    // Owned: allocated in `allocate`, freed in `freeAll` and `deinit`.
    private var places: [UnsafeMutableRawPointer] = []

    deinit { for place in places { place.deallocate() } }

    /// Memory for `count` values, filled with `value`; it is there until ``freeAll()``, or as long as this owner.
    mutating func allocate<Value: BitwiseCopyable>(_ count: Int, of value: Value) -> UnsafeMutablePointer<Value> {
        let memory: UnsafeMutablePointer<Value> = allocate(count)
        memory.initialize(repeating: value, count: count)
        return memory
    }

    /// Memory for `count` values of any content.
    mutating func allocate<Value: BitwiseCopyable>(_ count: Int) -> UnsafeMutablePointer<Value> {
        let memory = UnsafeMutablePointer<Value>.allocate(capacity: count)
        places.append(memory)
        return memory
    }

    /// Frees all.
    mutating func freeAll() {
        for place in places { place.deallocate() }
        places.removeAll(keepingCapacity: true)
    }
}
