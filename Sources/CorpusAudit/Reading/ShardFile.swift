#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A file's bytes in order, digested as they pass.
struct ShardFile: ~Copyable {
    // Owned: opened in `init`, closed in `deinit`. Descriptor 0 is standard input, which is not ours to close.
    private let descriptor: Int32
    private var digest = StreamDigest()
    private(set) var bytesRead = 0

    /// Opens a file; `-` is standard input.
    init(path: String) throws(StreamFault) {
        descriptor = path == "-" ? 0 : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            let code = errno
            throw StreamFault(
                kind: code == ENOENT ? .missingInput : .unreadableInput,
                reason: "cannot be opened: \(String(cString: strerror(code)))")
        }
        posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL)
    }

    deinit { if descriptor > 0 { close(descriptor) } }

    /// Reads some bytes; 0 at the end of the file.
    mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(StreamFault) -> Int {
        while true {
            #if canImport(Glibc)
                let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            #else
                let count = Musl.read(descriptor, buffer.baseAddress, buffer.count)
            #endif
            if count >= 0 {
                digest.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
                bytesRead += count
                return count
            }
            let code = errno
            if code == EINTR { continue }
            throw StreamFault(kind: .unreadableInput, reason: "cannot be read: \(String(cString: strerror(code)))")
        }
    }

    /// The digest of what has been read.
    func digestValue() -> Fingerprint { digest.value() }
}

/// A file's size in bytes, or 0 where it has none to tell.
func fileSize(_ path: String) -> Int {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : 0
}
