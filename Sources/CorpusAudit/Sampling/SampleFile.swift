/// A file of lines that is being written, a block at a time.
final class SampleFile {
    private let file: SystemFile
    private var buffer: [UInt8] = []
    private static let blockBytes = 1 << 20

    init(path: String) throws(RunError) {
        file = try SystemFile(creating: path)
        buffer.reserveCapacity(Self.blockBytes)
    }

    /// Adds a line; its line feed is added to it.
    func append(_ line: UnsafeBufferPointer<UInt8>) throws(RunError) {
        buffer.append(contentsOf: line)
        buffer.append(0x0A)
        if buffer.count >= Self.blockBytes { try flush() }
    }

    /// Writes what is left.
    func finish() throws(RunError) { try flush() }

    private func flush() throws(RunError) {
        try file.write(buffer)
        buffer.removeAll(keepingCapacity: true)
    }
}
