#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Zeroed memory straight from the system, with one owner, given back at once when its owner goes.
///
/// Memory is taken as it is touched, not when it is mapped, so a mapping may be as large as what it could come to hold.
/// Large ones ask for huge pages: records are looked up all over them, and an address that misses the translation
/// buffer costs as much as the record itself.
struct MappedMemory: ~Copyable, @unchecked Sendable {
    // Safe to send: nothing but its one owner knows the memory. Who shares the owner answers for who writes when.
    //
    // Owned: mapped in `init`, unmapped in `deinit`, never handed out for keeps.
    let bytes: UnsafeMutableRawBufferPointer

    /// The size of a huge page.
    static let hugePage = 2 << 20

    /// Maps at least `byteCount` bytes, or returns `nil` where the system has no room for them.
    init?(byteCount: Int) {
        let isLarge = byteCount >= Self.hugePage
        // Room to start at a huge page; what is before it and past the end goes back.
        let mapped = byteCount + (isLarge ? Self.hugePage : 0)
        guard
            let start = mmap(
                nil, max(1, mapped), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0),
            start != MAP_FAILED
        else { return nil }
        guard isLarge else {
            bytes = UnsafeMutableRawBufferPointer(start: start, count: max(1, mapped))
            return
        }
        let lead = -Int(bitPattern: start) & (Self.hugePage - 1)
        let kept = (byteCount + 4_095) & ~4_095
        if lead > 0 { munmap(start, lead) }
        if mapped - lead > kept { munmap(start + lead + kept, mapped - lead - kept) }
        bytes = UnsafeMutableRawBufferPointer(start: start + lead, count: kept)
        madvise(bytes.baseAddress, bytes.count, MADV_HUGEPAGE)
    }

    /// Gives back what is past so many bytes: it is zeroed, and takes memory again once it is written to.
    func giveBack(past byteCount: Int) {
        let kept = min((byteCount + 4_095) & ~4_095, bytes.count)
        if kept < bytes.count { madvise(bytes.baseAddress.map { $0 + kept }, bytes.count - kept, MADV_DONTNEED) }
    }

    deinit { munmap(bytes.baseAddress, bytes.count) }
}
