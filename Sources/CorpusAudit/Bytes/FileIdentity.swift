#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Identifies a version of a regular file without reading it: size, times, inode.
///
/// The change time catches what the modification time does not: a file that was written again and given its old time,
/// as `rsync -t` and `touch -d` do. No program can set it.
struct FileIdentity: Sendable, Hashable {
    var bytes: Int
    /// Nanoseconds since 1970 when the content was last changed, as far as programs say.
    var modified: Int
    /// Nanoseconds since 1970 when the content, the mode, the owner or the number of names was last changed.
    var changed: Int
    var inode: Int

    /// The identity of no file.
    static let nothing = FileIdentity(bytes: 0, modified: 0, changed: 0, inode: 0)

    /// The identity of bytes that came from no file: a pipe, a terminal, memory.
    init(streamOf bytes: Int) { self.init(bytes: bytes, modified: 0, changed: 0, inode: 0) }

    /// The identity of a regular file, or `nil` where there is none.
    init?(path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        self.init(status)
    }

    /// The identity of an open file, or `nil` where it is not a regular file.
    init?(descriptor: Int32) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        self.init(status)
    }

    init(bytes: Int, modified: Int, changed: Int, inode: Int) {
        self.bytes = bytes
        self.modified = modified
        self.changed = changed
        self.inode = inode
    }

    private init?(_ status: stat) {
        guard status.st_mode & S_IFMT == S_IFREG else { return nil }
        bytes = Int(status.st_size)
        modified = Self.nanoseconds(status.st_mtim)
        changed = Self.nanoseconds(status.st_ctim)
        inode = Int(truncatingIfNeeded: status.st_ino)
    }

    /// Whether a path leads to a stream, which can be read once: a pipe, a socket, a terminal.
    static func isStream(_ path: String) -> Bool {
        if path == "-" { return true }
        var status = stat()
        guard stat(path, &status) == 0 else { return false }
        return status.st_mode & S_IFMT != S_IFREG && status.st_mode & S_IFMT != S_IFDIR
    }

    /// Whether another identity of an open file, taken later, says that its content is still the same.
    ///
    /// A new name or another mode changes nothing in the content.
    func hasSameContent(as later: FileIdentity) -> Bool {
        bytes == later.bytes && modified == later.modified && inode == later.inode
    }

    private static func nanoseconds(_ time: timespec) -> Int {
        let (seconds, overflow) = Int(time.tv_sec).multipliedReportingOverflow(by: 1_000_000_000)
        return overflow ? .max : seconds &+ Int(time.tv_nsec)
    }
}
