#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The identity of a file, whatever path leads to it.
struct FileNumber: Hashable, Sendable {
    let device: UInt64
    let inode: UInt64
}

/// The system's description of a file, without opening it.
struct FileStatus: Sendable {
    enum Kind { case file, folder, link, special }

    let number: FileNumber
    let kind: Kind
    /// The size of a file; 0 for all else.
    let bytes: Int

    /// Follows links; throws the system's error code.
    init(path: String) throws(SystemFailure) {
        var status = stat()
        guard stat(path, &status) == 0 else { throw SystemFailure() }
        self.init(status)
    }

    /// The status of an open file, or `nil` if there is none.
    init?(descriptor: Int32) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        self.init(status)
    }

    fileprivate init(_ status: stat) {
        number = FileNumber(
            device: UInt64(truncatingIfNeeded: status.st_dev), inode: UInt64(truncatingIfNeeded: status.st_ino))
        kind =
            switch status.st_mode & S_IFMT {
            case S_IFREG: .file
            case S_IFDIR: .folder
            case S_IFLNK: .link
            default: .special
            }
        bytes = kind == .file ? Int(status.st_size) : 0
    }

    /// Whether a path is that of a link, whatever its target.
    static func isLink(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && FileStatus(status).kind == .link
    }
}

/// Why the system refused something.
struct SystemFailure: Error {
    let code: Int32

    /// Takes the code of the call before.
    init() { code = errno }

    /// Whether there is nothing at the path.
    var isMissing: Bool { code == ENOENT || code == ENOTDIR }
    /// The system's words for it.
    var reason: String { String(cString: strerror(code)) }
}

/// A file or folder in a folder.
struct FolderEntry {
    /// The name's bytes.
    let bytes: [UInt8]
    /// The status of the entry; links are not followed.
    let status: FileStatus

    /// The name; `nil` if it is not UTF-8.
    var name: String? { String(validating: bytes, as: UTF8.self) }

    /// The name for messages: bytes that are no text as `\xFF`.
    var shownName: String {
        name
            ?? bytes.map { byte in
                guard !(0x20..<0x7F).contains(byte) else { return String(UnicodeScalar(byte)) }
                return "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }.joined()
    }

    /// The entries of a folder in the order of their bytes.
    ///
    /// Names that disappear during the reading are left out.
    ///
    /// - Parameter path: The folder's path, in bytes since it may not be UTF-8.
    /// - Returns: The entries, without `.` and `..`.
    /// - Throws: ``SystemFailure`` if it cannot be listed.
    static func entries(of path: [UInt8]) throws(SystemFailure) -> [FolderEntry] {
        guard let folder = opendir(path.map { CChar(bitPattern: $0) } + [0]) else { throw SystemFailure() }
        defer { closedir(folder) }
        var entries: [FolderEntry] = []
        while true {
            errno = 0
            guard let entry = readdir(folder) else {
                guard errno == 0 else { throw SystemFailure() }
                break
            }
            // The name ends with a zero inside the entry, which may be shorter than its type; it holds until the next
            // call. So it is read in place, not copied as a tuple.
            guard let offset = MemoryLayout<dirent>.offset(of: \.d_name) else { continue }
            let name = UnsafeRawPointer(entry).advanced(by: offset).assumingMemoryBound(to: CChar.self)
            let bytes = Array(UnsafeRawBufferPointer(start: name, count: strlen(name)))
            guard bytes != [0x2E], bytes != [0x2E, 0x2E] else { continue }
            var status = stat()
            guard fstatat(dirfd(folder), name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
                if SystemFailure().isMissing { continue }
                throw SystemFailure()
            }
            entries.append(FolderEntry(bytes: bytes, status: FileStatus(status)))
        }
        return entries.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
    }
}
