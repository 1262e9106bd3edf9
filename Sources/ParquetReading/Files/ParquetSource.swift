#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Bytes that are read at offsets: a file, or whatever a closure reads.
///
/// Several threads may read one source at once.
public struct ParquetSource: Sendable {
    /// How many bytes there are.
    public let size: Int
    private let readSome: @Sendable (Int, UnsafeMutableRawBufferPointer) throws -> Int

    /// Makes a source from a closure.
    ///
    /// - Parameters:
    ///   - size: The number of bytes.
    ///   - read: Reads bytes from an offset into a buffer and returns how many it read: fewer than fit only if it must,
    ///     and 0 only at the end. An error that it throws becomes the ``ParquetError/cause`` of an error.
    public init(size: Int, read: @escaping @Sendable (_ offset: Int, UnsafeMutableRawBufferPointer) throws -> Int) {
        self.size = size
        readSome = read
    }

    /// Reads an open file, which must stay open as long as the source is used.
    ///
    /// - Throws: ``ParquetError`` if the descriptor is not that of a regular file.
    public init(descriptor: Int32) throws(ParquetError) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw Self.failed("the file cannot be examined", errno) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw ParquetError(
                .unreadable, "it is not a regular file, and Parquet's footer comes last",
                advice: "write the stream to a file and read that")
        }
        self.init(size: Int(status.st_size)) { offset, buffer in
            while true {
                let count = pread(descriptor, buffer.baseAddress, buffer.count, off_t(offset))
                if count >= 0 { return count }
                if errno != EINTR { throw Self.failed("the file cannot be read", errno) }
            }
        }
    }

    /// Opens a file, which is closed when the last copy of the source is released.
    ///
    /// - Throws: ``ParquetError`` if there is no such file or it cannot be read.
    public init(path: String) throws(ParquetError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.failed("the file cannot be opened", errno) }
        let owner = OwnedDescriptor(descriptor)
        let source = try ParquetSource(descriptor: descriptor)
        self.init(size: source.size) { offset, buffer in
            try withExtendedLifetime(owner) { try source.readSome(offset, buffer) }
        }
    }

    /// Fills the buffer with the bytes at an offset.
    func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(ParquetError) {
        var done = 0
        while done < buffer.count {
            let count: Int
            do {
                count = try readSome(offset + done, UnsafeMutableRawBufferPointer(rebasing: buffer[done...]))
            } catch let error as ParquetError {
                throw error
            } catch {
                var failure = ParquetError(.unreadable, "the bytes cannot be read: \(error)", byteOffset: offset + done)
                failure.cause = error
                throw failure
            }
            guard count > 0, count <= buffer.count - done else {
                throw ParquetError(
                    .unreadable, "the file ends here and had \(size) bytes when it was opened",
                    advice: "read it again once nobody writes to it", byteOffset: offset + done)
            }
            done += count
        }
    }

    private static func failed(_ what: String, _ code: Int32) -> ParquetError {
        ParquetError(.unreadable, "\(what): \(String(cString: strerror(code)))")
    }
}

/// Closes a file once nobody needs it.
private final class OwnedDescriptor: Sendable {
    private let descriptor: Int32
    init(_ descriptor: Int32) { self.descriptor = descriptor }
    deinit { close(descriptor) }
}
