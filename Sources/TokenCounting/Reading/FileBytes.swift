#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Reads vocabulary files, without Foundation.
enum FileBytes {
    /// The first bytes of a file, or all of it.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - limit: The most bytes to read.
    /// - Returns: The bytes, and whether there are more.
    /// - Throws: ``TokenCountingError/unreadableFile(path:reason:)``.
    static func read(_ path: String, limit: Int = .max) throws(TokenCountingError) -> (bytes: [UInt8], hasMore: Bool) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(path) }
        defer { close(descriptor) }
        var information = stat()
        guard fstat(descriptor, &information) == 0 else { throw failure(path) }
        guard information.st_mode & S_IFMT != S_IFDIR else {
            throw .unreadableFile(path: path, reason: "is a folder; give the vocabulary file inside it")
        }
        guard information.st_mode & S_IFMT == S_IFREG else {
            throw .unreadableFile(path: path, reason: "is no file")
        }
        let size = Int(information.st_size)
        let wanted = min(limit, size)
        var failed = false
        let bytes = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, count in
            while count < wanted {
                let rest = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[count...])
                let got = Self.read(descriptor, rest)
                failed = got < 0
                if got <= 0 { break }
                count += got
            }
        }
        if failed { throw failure(path) }
        return (bytes, size > bytes.count)
    }

    private static func read(_ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
        #if canImport(Glibc)
            Glibc.read(descriptor, buffer.baseAddress, buffer.count)
        #elseif canImport(Musl)
            Musl.read(descriptor, buffer.baseAddress, buffer.count)
        #else
            Darwin.read(descriptor, buffer.baseAddress, buffer.count)
        #endif
    }

    private static func failure(_ path: String) -> TokenCountingError {
        let code = errno
        return .unreadableFile(
            path: path, reason: code == ENOENT ? "there is no such file" : String(cString: strerror(code)))
    }

    /// The names in a folder, sorted; empty if it cannot be read.
    static func names(in folder: String) -> [String] {
        guard let handle = opendir(folder) else { return [] }
        defer { closedir(handle) }
        var names: [String] = []
        while let entry = readdir(handle) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: pointer.pointee)) {
                    String(cString: $0)
                }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// Whether a path leads to a folder.
    static func isFolder(_ path: String) -> Bool {
        var information = stat()
        return stat(path, &information) == 0 && information.st_mode & S_IFMT == S_IFDIR
    }

    /// Whether a path leads to a file.
    static func isFile(_ path: String) -> Bool {
        var information = stat()
        return stat(path, &information) == 0 && information.st_mode & S_IFMT == S_IFREG
    }

    /// An environment variable that is set and not empty.
    static func environment(_ name: String) -> String? {
        guard let value = getenv(name) else { return nil }
        let text = String(cString: value)
        return text.isEmpty ? nil : text
    }
}
