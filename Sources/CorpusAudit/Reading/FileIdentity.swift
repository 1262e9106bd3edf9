#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// By what a file is known again without reading it.
struct FileIdentity: Sendable, Hashable {
    var bytes: Int
    /// Nanoseconds since 1970 of the last change.
    var modified: Int
    var inode: Int

    /// That of no file.
    static let nothing = FileIdentity(bytes: 0, modified: 0, inode: 0)

    /// The identity of a file, or `nil` where there is none.
    init?(path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        self.init(status)
    }

    /// The identity of an open file.
    init?(descriptor: Int32) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        self.init(status)
    }

    init(bytes: Int, modified: Int, inode: Int) {
        self.bytes = bytes
        self.modified = modified
        self.inode = inode
    }

    private init(_ status: stat) {
        bytes = Int(status.st_size)
        modified = Int(status.st_mtim.tv_sec) * 1_000_000_000 + Int(status.st_mtim.tv_nsec)
        inode = Int(truncatingIfNeeded: status.st_ino)
    }
}
