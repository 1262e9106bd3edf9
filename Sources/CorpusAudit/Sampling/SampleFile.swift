#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A file of a sample that is being written, a block at a time; it gets its final name when it is complete.
///
/// It is open only while a block is written, so that a shard of thousands of sources needs no more descriptors than
/// one.
final class SampleFile {
    let path: String
    private let temporary: String
    private let encoder: ZstdEncoder?
    private var buffer: [UInt8] = []
    private var isBegun = false

    /// The end of the name of a file that is not whole.
    static let partialSuffix = ".partial"

    init(path: String, encoder: ZstdEncoder?) {
        self.path = path
        temporary = path + Self.partialSuffix
        self.encoder = encoder
    }

    /// Adds bytes, which are written with the block that they belong to.
    func append(_ bytes: UnsafeBufferPointer<UInt8>) { buffer.append(contentsOf: bytes) }

    /// Adds a byte, such as the end of a line, and writes the block if it is full.
    func append(byte: UInt8, blockBytes: Int) throws(RunError) {
        buffer.append(byte)
        try endPiece(blockBytes: blockBytes)
    }

    /// Writes the block if it is full.
    func endPiece(blockBytes: Int) throws(RunError) {
        if buffer.count >= blockBytes { try flush() }
    }

    private func flush() throws(RunError) {
        let file = try isBegun ? SystemFile(appending: temporary) : SystemFile(creating: temporary)
        isBegun = true
        if let encoder {
            if !buffer.isEmpty { try file.write(encoder.frame(buffer)) }
        } else {
            try file.write(buffer)
        }
        buffer.removeAll(keepingCapacity: true)
    }

    /// Writes the rest, makes it durable and gives the file its name.
    func finish() throws(RunError) {
        try flush()
        try SystemFile(appending: temporary).synchronize()
        // The folder was empty when the sample began.
        guard access(path, F_OK) != 0 else {
            throw .cannotWrite(path: path, reason: "another command wrote this file meanwhile")
        }
        guard rename(temporary, path) == 0 else { throw .cannotWrite(path: path, reason: SystemFile.reason()) }
    }

    /// Removes the file that was written under a temporary name.
    func discard() {
        if isBegun { unlink(temporary) }
    }
}
