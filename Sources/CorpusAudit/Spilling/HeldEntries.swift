/// Entries in memory, in order.
final class HeldEntries<Entry: SpilledEntry>: Sendable {
    // Written before `init`, when no other thread can see it, and read ever after.
    private let memory: MappedMemory

    /// How many there are.
    let count: Int

    /// Holds the first `count` entries that are in order in `memory`.
    init(_ memory: consuming MappedMemory, count: Int) {
        self.memory = memory
        self.count = count
    }

    /// Walks those whose keys' leads are in a range.
    func cursor(from low: UInt64, below high: UInt64?) -> EntryCursor<Entry> {
        let first = entries.firstPlace(notBelow: low)
        let end = high.map { entries.firstPlace(notBelow: $0) } ?? count
        // The closure keeps the entries.
        return EntryCursor(first..<max(first, end)) { [self] place, end, target in
            let copied = min(target.count, end - place)
            _ = target[..<copied].initialize(fromContentsOf: entries[place..<place + copied])
            return copied
        }
    }

    /// The entries, for as long as this holds them.
    var entries: UnsafeBufferPointer<Entry> {
        UnsafeBufferPointer(rebasing: UnsafeBufferPointer(memory.bytes.bindMemory(to: Entry.self))[..<count])
    }
}
