#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A file that is read at offsets.
final class PositionedFile: Sendable {
    // Owned: opened in `init`, closed in `deinit`.
    private let descriptor: Int32

    init(path: String) throws(StreamFault) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            let code = errno
            throw StreamFault(
                kind: code == ENOENT ? .missingInput : .unreadableInput,
                reason: "cannot be opened: \(String(cString: strerror(code)))")
        }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// What the file is now.
    var identity: FileIdentity? { FileIdentity(descriptor: descriptor) }

    /// Reads bytes from an offset; fewer than asked for at the end of the file.
    func read(_ count: Int, at offset: Int) throws(StreamFault) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var done = 0
        while done < count {
            let read = bytes.withUnsafeMutableBytes {
                pread(descriptor, $0.baseAddress.map { $0 + done }, count - done, off_t(offset + done))
            }
            if read < 0, errno == EINTR { continue }
            guard read >= 0 else {
                throw StreamFault(kind: .unreadableInput, reason: "cannot be read: \(String(cString: strerror(errno)))")
            }
            if read == 0 { break }
            done += read
        }
        bytes.removeLast(count - done)
        return bytes
    }
}
