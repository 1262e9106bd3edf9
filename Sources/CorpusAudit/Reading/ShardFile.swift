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
    /// What the file was when it was opened; `nil` for a stream.
    private let identity: FileIdentity?
    /// Is told of bytes as they are read.
    private let progress: ScanProgress?

    /// Opens a file; `-` is standard input.
    init(path: String, progress: ScanProgress? = nil) throws(StreamFault) {
        self.progress = progress
        descriptor = path == "-" ? 0 : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            let code = errno
            identity = nil
            throw StreamFault(
                kind: code == ENOENT ? .missingInput : .unreadableInput,
                reason: "cannot be opened: \(String(cString: strerror(code)))")
        }
        // What is piped in is a stream, even where it comes from a file.
        identity = descriptor == 0 ? nil : FileIdentity(descriptor: descriptor)
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
                progress?.add(bytes: count)
                return count
            }
            let code = errno
            if code == EINTR { continue }
            throw StreamFault(kind: .unreadableInput, reason: "cannot be read: \(String(cString: strerror(code)))")
        }
    }

    /// The digest of what has been read.
    func digestValue() -> Fingerprint { digest.value() }

    /// What the file is, once it has been read to its end; throws where it changed meanwhile.
    ///
    /// It is the identity that the file had when it was opened: what changed since in its other names or its mode makes
    /// it another version for whoever looks next, who then reads it again.
    func finalIdentity() throws(StreamFault) -> FileIdentity {
        // Streams have no size to compare.
        guard let identity, let now = FileIdentity(descriptor: descriptor) else {
            return FileIdentity(streamOf: bytesRead)
        }
        guard identity.hasSameContent(as: now), now.bytes == bytesRead else {
            throw StreamFault(kind: .changedInput, reason: "the file changed while it was read")
        }
        return identity
    }
}
