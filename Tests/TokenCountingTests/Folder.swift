@testable import TokenCounting

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A folder of its own for a test's files, gone with it.
final class Folder {
    let path: String

    init() {
        var template = Array("/tmp/datawall-tokens-XXXXXX".utf8CString)
        path = template.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) } ?? "/tmp"
        }
    }

    deinit {
        for name in FileBytes.names(in: path) { unlink(path + "/" + name) }
        rmdir(path)
    }

    @discardableResult
    func write(_ name: String, _ bytes: [UInt8]) -> String {
        let file = path + "/" + name
        guard let handle = fopen(file, "wb") else { return file }
        defer { fclose(handle) }
        _ = fwrite(bytes, 1, bytes.count, handle)
        return file
    }

    @discardableResult
    func write(_ name: String, _ text: String) -> String { write(name, Array(text.utf8)) }
}
