/// Sorts records to be kept by shard and position; what does not fit in memory goes to files.
struct KeptRecordSorter {
    private let limit: Int
    private let store: RunStore
    private var pending: [KeptRecord] = []
    private(set) var chunks: [KeptRecordChunk] = []

    /// Creates a sorter that holds so many bytes of records at once; further ones go to files of the store.
    init(memory: Int, store: RunStore) {
        // Sorting in place needs no copy.
        limit = max(1_024, memory / MemoryLayout<KeptRecord>.stride)
        self.store = store
    }

    /// Takes in a record.
    mutating func add(_ record: KeptRecord) throws(RunError) {
        pending.append(record)
        if pending.count >= limit { try spill() }
    }

    /// Writes out what is held, so that all records lie in ``chunks``.
    mutating func spill() throws(RunError) {
        guard !pending.isEmpty else { return }
        pending.sort(by: KeptRecord.precedes)
        let path = try store.newPath()
        var writer = try KeptRecordChunk.Writer(creating: path)
        for record in pending { try writer.append(record) }
        chunks.append(try writer.finish())
        pending.removeAll(keepingCapacity: true)
    }
}
