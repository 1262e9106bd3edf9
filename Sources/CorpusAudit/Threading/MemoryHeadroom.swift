import CDataWallVector

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Reserve in the address space for allocations of the standard library.
///
/// Large buffers are mapped, and mapping may fail. A small array that finds no memory ends the process. So if the
/// address space is bounded, work checks for some megabytes of free room before it continues, and fails in time if
/// there are none.
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

    /// Whether this many bytes can still be mapped.
    ///
    /// - Complexity: O(1), and no system call if the address space is unbounded.
    package static func isLeft(_ wanted: Int = bytes) -> Bool {
        guard isBounded else { return true }
        let start = mmap(nil, wanted, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
        guard let start, start != MAP_FAILED else { return false }
        munmap(start, wanted)
        return true
    }

    /// Throws ``RunError/machineFailed(reason:)`` if there is no room for this many bytes besides the usual reserve.
    static func require(_ extra: Int = 0, for purpose: String) throws(RunError) {
        guard isLeft(bytes + extra) else { throw .outOfMemory(purpose) }
    }
}
