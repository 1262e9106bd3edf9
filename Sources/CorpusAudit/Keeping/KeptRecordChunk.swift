/// Sorted records to be kept, in a file of our own that lives no longer than the process.
///
/// Sixteen bytes a record as they lie in memory; nobody else reads them.
struct KeptRecordChunk: Sendable {
    let path: String
    let count: Int

    /// Writes a chunk.
    struct Writer: ~Copyable {
        private let file: SystemFile
        private var block: [KeptRecord] = []
        private var count = 0

        init(creating path: String) throws(RunError) {
            file = try SystemFile(creating: path)
            block.reserveCapacity(4_096)
        }

        mutating func append(_ record: KeptRecord) throws(RunError) {
            block.append(record)
            if block.count == 4_096 { try flush() }
        }

        consuming func finish() throws(RunError) -> KeptRecordChunk {
            try flush()
            return KeptRecordChunk(path: file.path, count: count)
        }

        private mutating func flush() throws(RunError) {
            count += block.count
            try block.withUnsafeBufferPointer { (records) throws(RunError) in
                try file.write(UnsafeRawBufferPointer(records))
            }
            block.removeAll(keepingCapacity: true)
        }
    }

    /// Walks a chunk a block at a time; the file is opened for each block, so that chunks may be many.
    struct Cursor {
        private let chunk: KeptRecordChunk
        private let blockCount: Int
        private var block: [KeptRecord] = []
        private var index = 0
        private var next = 0
        private(set) var current: KeptRecord?

        init(_ chunk: KeptRecordChunk, blockCount: Int) throws(RunError) {
            self.chunk = chunk
            self.blockCount = max(1, blockCount)
            try advance()
        }

        mutating func advance() throws(RunError) {
            if index == block.count {
                guard next < chunk.count else { return current = nil }
                try readBlock()
            }
            current = block[index]
            index += 1
        }

        private mutating func readBlock() throws(RunError) {
            let count = min(blockCount, chunk.count - next)
            let file = try SystemFile(reading: chunk.path)
            var fault: RunError?
            block = [KeptRecord](unsafeUninitializedCapacity: count) { buffer, initialized in
                // The buffer may be larger than was asked for; only what was asked for is read and handed out.
                let bytes = UnsafeMutableRawBufferPointer(
                    rebasing: UnsafeMutableRawBufferPointer(buffer)[..<(count * MemoryLayout<KeptRecord>.stride)])
                do throws(RunError) {
                    try file.read(into: bytes, at: next * MemoryLayout<KeptRecord>.stride)
                    initialized = count
                } catch {
                    fault = error
                }
            }
            if let fault { throw fault }
            next += count
            index = 0
        }
    }
}
