import CDataWallVector

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Room in the address space for what the standard library allocates.
///
/// Large buffers are mapped and may fail. A small array that finds no memory ends the process. So where the address space
/// is bounded, work looks for some megabytes of room before it goes on, and fails in time if there are none.
package enum MemoryHeadroom {
    /// Bytes that should be left for small allocations.
    package static let bytes = 12 << 20

    /// Whether a limit bounds the memory that this process may map (`ulimit -v`, `ulimit -d`).
    private static let isBounded: Bool = {
        #if canImport(Glibc)
            let resources = [RLIMIT_AS, RLIMIT_DATA].map { __rlimit_resource_t($0.rawValue) }
        #else
            let resources = [RLIMIT_AS, RLIMIT_DATA]
        #endif
        for resource in resources {
            var limit = rlimit()
            guard getrlimit(resource, &limit) == 0, limit.rlim_cur < rlim_t(Int64.max) else { continue }
            return true
        }
        return false
    }()

    /// Lets the threads of this process share one heap where the address space is bounded.
    ///
    /// A heap for each thread would reserve 64 MiB of addresses apiece. To be called before other threads start.
    package static func prepareProcess() {
        if isBounded { datawall_share_heap() }
    }

    /// Whether that many bytes can still be mapped.
    ///
    /// - Complexity: O(1), and no system call where nothing bounds the address space.
    package static func isLeft(_ wanted: Int = bytes) -> Bool {
        guard isBounded else { return true }
        let start = mmap(nil, wanted, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
        guard let start, start != MAP_FAILED else { return false }
        munmap(start, wanted)
        return true
    }

    /// Throws ``RunError/machineFailed(reason:)`` where there is no room for that many bytes next to the usual ones.
    static func require(_ extra: Int = 0, for purpose: String) throws(RunError) {
        guard isLeft(bytes + extra) else { throw .outOfMemory(purpose) }
    }
}
