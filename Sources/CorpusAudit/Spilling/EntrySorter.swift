/// Sorts entries, however many: what does not fit in memory goes to files.
struct EntrySorter<Entry: SpilledEntry>: ~Copyable {
    private let store: RunStore
    private var capacity: Int
    /// Room for that many entries, once one was added.
    private var memory: MappedMemory?
    // The places of `memory`, set whenever that is. It is zeroed and values are trivial, so every place may be read;
    // `count` says which mean something.
    private var entries = UnsafeMutableBufferPointer<Entry>(start: nil, count: 0)
    private var count = 0
    /// Runs that are full.
    private var runs: [EntryRun] = []

    /// Creates a sorter that holds that many bytes of entries at once; further ones go to files of the store.
    init(memory: Int, store: RunStore) {
        // Sorting in place needs no copy.
        capacity = max(Self.leastCapacity, memory / MemoryLayout<Entry>.stride)
        self.store = store
    }

    private static var leastCapacity: Int { 1_024 }

    /// Takes in an entry.
    @inline(__always)
    mutating func add(_ entry: Entry) throws(RunError) {
        if count == entries.count { try makeRoom() }
        entries[count] = entry
        count += 1
    }

    /// All entries so far as runs, each in order; the sorter is empty then.
    ///
    /// Where the last run may stay in memory and the store is no durable one, it does.
    mutating func takeRuns(staysInMemory: Bool = true) throws(RunError) -> [EntryRun] {
        if staysInMemory, !store.isDurable { hold() } else { try spill() }
        defer { runs = [] }
        return runs
    }

    private mutating func makeRoom() throws(RunError) {
        try spill()
        while entries.isEmpty {
            if MemoryHeadroom.isLeft(), let room = MappedMemory(byteCount: capacity * MemoryLayout<Entry>.stride) {
                entries = UnsafeMutableBufferPointer(rebasing: room.bytes.bindMemory(to: Entry.self)[..<capacity])
                memory = consume room
                return
            }
            guard capacity > Self.leastCapacity else { throw .outOfMemory("sorting entries") }
            capacity /= 2
        }
    }

    /// Makes a run in memory of what is held.
    private mutating func hold() {
        guard count > 0 else { return }
        UnsafeMutableBufferPointer(rebasing: entries[..<count]).sortEntries()
        guard let held = memory.take() else { return }
        // Earlier runs may have filled it.
        held.giveBack(past: count * MemoryLayout<Entry>.stride)
        runs.append(EntryRun(HeldEntries<Entry>(held, count: count)))
        entries = UnsafeMutableBufferPointer(start: nil, count: 0)
        count = 0
    }

    /// Writes out what is held.
    private mutating func spill() throws(RunError) {
        guard count > 0 else { return }
        let held = UnsafeMutableBufferPointer(rebasing: entries[..<count])
        held.sortEntries()
        let path = try store.newPath()
        var writer = try EntryRun.writer(of: Entry.self, creating: path, isDurable: store.isDurable)
        for entry in held { try writer.append(entry) }
        try writer.finish()
        runs.append(try EntryRun(opening: path, kind: Entry.kind))
        count = 0
    }
}

extension UnsafeMutableBufferPointer where Element: SortedEntry {
    /// Sorts entries where they are.
    ///
    /// They are dealt out byte by byte of their keys' leads, from the highest on, until few are left that are alike.
    ///
    /// - Complexity: O(*n*) for leads that are spread; O(*n* log *n*) where many entries have one.
    func sortEntries() { sortEntries(byte: 7) }

    private static var fewEntries: Int { 96 }

    private func sortEntries(byte: Int) {
        var entries = self
        guard count > Self.fewEntries, byte >= 0 else { return entries.sort(by: Element.precedes) }
        let shift = UInt64(8 * byte)
        func digit(_ entry: Element) -> Int { Int(truncatingIfNeeded: entry.key.lead >> shift & 0xFF) }
        withUnsafeTemporaryAllocation(of: Int.self, capacity: 512) { places in
            // For each digit, where the next entry of it goes, and behind them where its entries end.
            places.initialize(repeating: 0)
            for entry in entries { places[256 + digit(entry)] += 1 }
            if places[256 + digit(entries[0])] == count {
                // All have one byte here: on with the highest in which they differ, if there is any.
                let lead = entries[0].key.lead
                let differing = entries.reduce(0) { $0 | ($1.key.lead ^ lead) }
                return sortEntries(byte: differing == 0 ? -1 : 7 - differing.leadingZeroBitCount / 8)
            }
            var sum = 0
            for digit in 0..<256 {
                places[digit] = sum
                sum += places[256 + digit]
                places[256 + digit] = sum
            }
            for bucket in 0..<256 {
                while places[bucket] < places[256 + bucket] {
                    var entry = entries[places[bucket]]
                    var target = digit(entry)
                    // The entry goes where it belongs, the one there where that does, until one belongs here.
                    while target != bucket {
                        swap(&entry, &entries[places[target]])
                        places[target] += 1
                        target = digit(entry)
                    }
                    entries[places[bucket]] = entry
                    places[bucket] += 1
                }
            }
            var start = 0
            for bucket in 0..<256 {
                let end = places[256 + bucket]
                if end - start > 1 {
                    UnsafeMutableBufferPointer(rebasing: entries[start..<end]).sortEntries(byte: byte - 1)
                }
                start = end
            }
        }
    }
}
