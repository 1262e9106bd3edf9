/// Walks sorted chunks of records in one order.
///
/// - Complexity: O(log *k*) a record for *k* chunks.
struct KeptRecordMerge {
    /// Chunks with records left: a binary heap by their record in hand.
    private var heap: [(record: KeptRecord, cursor: Int)] = []
    private var cursors: [KeptRecordChunk.Cursor] = []

    /// Bytes that walking one chunk takes at least.
    static let bytesPerChunk = 8_192

    /// Walks chunks whose blocks together take so many bytes.
    private init(_ chunks: [KeptRecordChunk], memory: Int) throws(RunError) {
        let block = min(1 << 20, max(Self.bytesPerChunk / 2, memory / max(1, chunks.count)))
        for chunk in chunks {
            cursors.append(try .init(chunk, blockCount: block / MemoryLayout<KeptRecord>.stride))
        }
        for (index, cursor) in cursors.enumerated() {
            if let record = cursor.current { push((record, index)) }
        }
    }

    /// Hands out all records of some chunks in order, merging chunks in passes first where they are too many.
    static func walk(
        _ chunks: [KeptRecordChunk], memory: Int, store: RunStore, _ take: (KeptRecord) throws -> Void
    ) throws {
        let width = max(2, memory / bytesPerChunk)
        var chunks = chunks
        while chunks.count > width {
            var merged: [KeptRecordChunk] = []
            for start in stride(from: 0, to: chunks.count, by: width) {
                var writer = try KeptRecordChunk.Writer(creating: try store.newPath())
                var walk = try Self(Array(chunks[start..<min(start + width, chunks.count)]), memory: memory)
                while let record = try walk.next() { try writer.append(record) }
                merged.append(try writer.finish())
            }
            chunks = merged
        }
        var walk = try Self(chunks, memory: memory)
        while let record = try walk.next() { try take(record) }
    }

    private mutating func next() throws(RunError) -> KeptRecord? {
        guard let first = heap.first else { return nil }
        try cursors[first.cursor].advance()
        if let record = cursors[first.cursor].current {
            heap[0].record = record
        } else {
            let last = heap.removeLast()
            if !heap.isEmpty { heap[0] = last }
        }
        siftDown()
        return first.record
    }

    private mutating func push(_ entry: (record: KeptRecord, cursor: Int)) {
        heap.append(entry)
        var child = heap.count - 1
        while child > 0, KeptRecord.precedes(heap[child].record, heap[(child - 1) / 2].record) {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    private mutating func siftDown() {
        var parent = 0
        while true {
            var child = 2 * parent + 1
            guard child < heap.count else { return }
            if child + 1 < heap.count, KeptRecord.precedes(heap[child + 1].record, heap[child].record) { child += 1 }
            guard KeptRecord.precedes(heap[child].record, heap[parent].record) else { return }
            heap.swapAt(child, parent)
            parent = child
        }
    }
}
