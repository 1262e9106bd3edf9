#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A file of our own: written whole and made durable, or read at offsets.
struct SystemFile: ~Copyable {
    // Owned: opened in an initializer, closed in `deinit`.
    private let descriptor: Int32
    let path: String

    /// Makes a file, which must not be there yet; a link in its place is not followed.
    init(creating path: String) throws(RunError) {
        descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
        self.path = path
        guard descriptor >= 0 else { throw .cannotWrite(path: path, reason: Self.reason()) }
    }

    init(appending path: String) throws(RunError) {
        descriptor = open(path, O_WRONLY | O_APPEND | O_NOFOLLOW | O_CLOEXEC)
        self.path = path
        guard descriptor >= 0 else { throw .cannotWrite(path: path, reason: Self.reason()) }
    }

    /// Opens a file; a pipe or device in its place is refused, not waited for.
    init(reading path: String) throws(RunError) {
        descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        self.path = path
        guard descriptor >= 0 else {
            switch errno {
            case ENOENT: throw .missing(path: path)
            case ENOMEM, EMFILE, ENFILE: throw .machineFailed(reason: "\(path) cannot be opened: \(Self.reason())")
            default: throw .cannotRead(path: path, reason: Self.reason())
            }
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw .damaged(path: path, reason: "it is no regular file")
        }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    var size: Int {
        var status = stat()
        return fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
    }

    func write(_ bytes: UnsafeRawBufferPointer) throws(RunError) {
        var written = 0
        while written < bytes.count {
            let count = Self.systemWrite(descriptor, bytes.baseAddress.map { $0 + written }, bytes.count - written)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .cannotWrite(path: path, reason: Self.reason()) }
            written += count
        }
    }

    func write(_ bytes: [UInt8]) throws(RunError) {
        try bytes.withUnsafeBufferPointer { (buffer) throws(RunError) in try write(UnsafeRawBufferPointer(buffer)) }
    }

    /// Makes what was written outlast a power cut.
    func synchronize() throws(RunError) {
        guard fsync(descriptor) == 0 else { throw .cannotWrite(path: path, reason: Self.reason()) }
    }

    /// Fills a buffer from an offset; fewer bytes than asked for are damage.
    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(RunError) {
        var done = 0
        while done < buffer.count {
            let count = pread(
                descriptor, buffer.baseAddress.map { $0 + done }, buffer.count - done, off_t(offset + done))
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .cannotRead(path: path, reason: Self.reason()) }
            guard count > 0 else { throw .damaged(path: path, reason: "it is cut off at byte \(offset + done)") }
            done += count
        }
    }

    func read(_ count: Int, at offset: Int) throws(RunError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        try bytes.withUnsafeMutableBufferPointer { (buffer) throws(RunError) in
            try read(into: UnsafeMutableRawBufferPointer(buffer), at: offset)
        }
        return bytes
    }

    // MARK: Folders and names

    /// Writes a small file whole or not at all: to a neighbour of its own name, made durable, then renamed.
    ///
    /// What is there already must be a regular file, or a link, which is replaced.
    static func replace(_ path: String, with text: String) throws(RunError) {
        var status = stat()
        if lstat(path, &status) == 0, ![S_IFREG, S_IFLNK].contains(status.st_mode & S_IFMT) {
            throw .cannotWrite(path: path, reason: "it is no regular file")
        }
        let mark = String(UInt64.random(in: 0 ... .max), radix: 16)
        let temporary = "\(path).\(String(repeating: "0", count: 16 - mark.count))\(mark)\(temporarySuffix)"
        TemporaryFiles.add(file: temporary)
        defer { TemporaryFiles.remove(file: temporary) }
        do throws(RunError) {
            let file = try SystemFile(creating: temporary)
            try file.write(Array(text.utf8))
            try file.synchronize()
        } catch {
            unlink(temporary)
            throw error
        }
        guard rename(temporary, path) == 0 else {
            let reason = reason()
            unlink(temporary)
            throw .cannotWrite(path: path, reason: reason)
        }
        synchronizeFolder(String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]))
    }

    /// The end of the names of files that are being written.
    static let temporarySuffix = ".tmp"

    /// Makes a rename in a folder outlast a power cut, where the file system can.
    static func synchronizeFolder(_ path: String) {
        let descriptor = open(path.isEmpty ? "." : path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }

    static func reason() -> String { String(cString: strerror(errno)) }

    private static func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
        #if canImport(Glibc)
            Glibc.write(descriptor, bytes, count)
        #else
            Musl.write(descriptor, bytes, count)
        #endif
    }
}
