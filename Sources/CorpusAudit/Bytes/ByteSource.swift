#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A file's or an object's bytes in order, digested as they pass.
struct ByteSource: ~Copyable {
    // Owned: opened in `init`, closed in `deinit`. Descriptor 0 is standard input, which is not ours to close; -1 is an
    // object's, which a command delivers.
    let descriptor: Int32
    private var digest = StreamDigest()
    private(set) var bytesRead = 0
    /// What the file was when it was opened; `nil` for a stream.
    private let identity: FileIdentity?
    private let isRegular: Bool
    /// What delivers an object; `nil` for a file.
    private let command: CommandStream?
    /// Is told of bytes as they are read.
    private let progress: ScanProgress?
    /// Ends the reading once it is requested.
    private let stop: StopSignal?

    /// Opens a file; `-` is standard input.
    init(path: String, progress: ScanProgress? = nil, stop: StopSignal? = nil) throws(StreamFault) {
        self.progress = progress
        self.stop = stop
        command = nil
        descriptor = path == "-" ? 0 : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            let code = errno
            identity = nil
            isRegular = true
            throw StreamFault(
                kind: code == ENOENT ? .missingInput : .unreadableInput,
                reason: "cannot be opened: \(String(cString: strerror(code)))")
        }
        // What is piped in is a stream, even where it comes from a file.
        identity = descriptor == 0 ? nil : FileIdentity(descriptor: descriptor)
        isRegular = FileIdentity(descriptor: descriptor) != nil
        posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL)
    }

    /// Reads an object from a command's output.
    init(command: CommandStream, progress: ScanProgress? = nil, stop: StopSignal? = nil) {
        self.progress = progress
        self.stop = stop
        self.command = command
        descriptor = -1
        identity = nil
        isRegular = false
    }

    deinit { if descriptor > 0 { close(descriptor) } }

    /// Reads some bytes; 0 at the end of the file.
    mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(StreamFault) -> Int {
        if let command {
            try checkMayGoOn()
            let count = try command.read(into: buffer) { digest.value() }
            take(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            return count
        }
        while true {
            try checkMayGoOn()
            if isStream { try waitForInput() }
            #if canImport(Glibc)
                let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            #else
                let count = Musl.read(descriptor, buffer.baseAddress, buffer.count)
            #endif
            if count >= 0 {
                take(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
                return count
            }
            let code = errno
            if code == EINTR { continue }
            throw StreamFault(kind: .unreadableInput, reason: "cannot be read: \(String(cString: strerror(code)))")
        }
    }

    private mutating func take(_ bytes: UnsafeRawBufferPointer) {
        digest.update(bytes)
        bytesRead += bytes.count
        progress?.add(bytes: bytes.count)
    }

    /// Throws where the work is no longer wanted, or no memory is left for it; looked at once a window.
    func checkMayGoOn() throws(StreamFault) {
        if stop?.isRequested == true { throw .stopped }
        guard MemoryHeadroom.isLeft() else { throw .outOfMemory }
    }

    /// Whether a read may wait for another process.
    private var isStream: Bool { stop != nil && !isRegular }

    /// Waits until a pipe or terminal has something to read, and no longer than the work is wanted.
    private func waitForInput() throws(StreamFault) {
        var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        while poll(&wanted, 1, Self.waitMilliseconds) == 0 { try checkMayGoOn() }
    }

    private static let waitMilliseconds: Int32 = 200

    /// The digest of what has been read.
    func digestValue() -> Fingerprint { digest.value() }

    /// What the file was when it was opened, and still is, whatever was read of it; throws where it changed.
    func unchangedIdentity() throws(StreamFault) -> FileIdentity {
        guard let identity, let now = FileIdentity(descriptor: descriptor), identity.hasSameContent(as: now) else {
            throw StreamFault(kind: .changedInput, reason: "the file changed while it was read")
        }
        return identity
    }

    /// What the file is, once it has been read to its end; throws where it changed meanwhile.
    ///
    /// It is the identity that the file had when it was opened: what changed since in its other names or its mode makes
    /// it another version for whoever looks next, who then reads it again.
    func finalIdentity() throws(StreamFault) -> FileIdentity {
        // Streams have no size to compare; that of an object was compared at its end.
        guard let identity, let now = FileIdentity(descriptor: descriptor) else {
            return FileIdentity(streamOf: bytesRead)
        }
        guard identity.hasSameContent(as: now), now.bytes == bytesRead else {
            throw StreamFault(kind: .changedInput, reason: "the file changed while it was read")
        }
        return identity
    }
}
