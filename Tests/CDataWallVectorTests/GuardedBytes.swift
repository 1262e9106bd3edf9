import Foundation

/// Memory that ends at a page nobody may touch: a read or write past its end stops the process.
struct GuardedBytes: ~Copyable {
    // Owned: mapped in `init`, unmapped in `deinit`.
    private let memory: UnsafeMutableRawPointer
    /// Bytes up to the page.
    private let capacity: Int
    private let page: Int

    /// Maps room for some bytes, at least.
    init(capacity: Int) {
        page = Int(sysconf(Int32(_SC_PAGESIZE)))
        self.capacity = (capacity + page - 1) / page * page
        let access = PROT_READ | PROT_WRITE
        guard let start = mmap(nil, self.capacity + page, access, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
            start != MAP_FAILED, mprotect(start + self.capacity, page, PROT_NONE) == 0
        else { fatalError("the system maps no memory") }
        memory = start
    }

    deinit { munmap(memory, capacity + page) }

    /// Copies bytes to the end of the memory and returns their place.
    func place(_ bytes: [UInt8]) -> UnsafePointer<UInt8> {
        let start = room(bytes.count)
        // The last `count` of the mapped bytes, which nothing else points into now.
        start.update(from: bytes, count: bytes.count)
        return UnsafePointer(start)
    }

    /// The last bytes of the memory.
    func room(_ count: Int) -> UnsafeMutablePointer<UInt8> {
        precondition(count <= capacity, "there is room for them")
        return (memory + capacity - count).assumingMemoryBound(to: UInt8.self)
    }
}
