import CDataWallVector

/// The records of one worker, and an index of them by text for when looking a text up costs less than another record.
///
/// With the index, repeats are folded as they arrive. An open-addressing table of fingerprints points at the newest
/// record of each text: a text that comes again from an origin joined to the record's, with the same count, only
/// counts up; from elsewhere it makes another record, and the index follows it, so that a chain never forms however many
/// origins share a text.
///
/// A slot holds 32 bits of the fingerprint next to the record's number, so that a search reads no record but the one it
/// is after, and growing reads none. The index grows where it is, and records are packed: memory touched for the first
/// time costs the system more than all that is done with it here.
struct RecordTable: ~Copyable {
    /// How many records there may be.
    private(set) var capacity: Int

    private struct Room: ~Copyable {
        var records: PackedRecords
        /// The index, in lines of eight slots: their tags, 32 bits of the fingerprint each, then for each the record's
        /// number plus one, which is 0 where a slot is empty.
        ///
        /// There is room for all the slots there may come to be.
        let slots: MappedMemory
        /// For each record of an indexed table, a bit: whether another one has its text, or entries of an analysis are
        /// joined with it.
        let marks: MappedMemory
    }
    private var room: Room
    private var slotMask = Self.initialSlots - 1
    /// Slots taken: one a text, however many records it has.
    private var slotsTaken = 0
    private let isIndexed: Bool
    /// Where the records come from.
    var origins: RunOrigins

    private static let stride = PackedRecords.bytesPerRecord
    private static let initialSlots = 1 << 12

    /// Creates an empty table.
    ///
    /// - Parameters:
    ///   - isIndexed: Whether repeats are looked up.
    ///   - joinsShards: Whether a repeat in another shard of the same source shares a record, which then represents the
    ///     first of them by path.
    ///   - memory: Bytes that records and index may take, sorting included; 100 kB at least.
    /// - Throws: ``RunError/machineFailed(reason:)`` where there is no memory for the smallest table.
    init(isIndexed: Bool, joinsShards: Bool = false, memory: Int) throws(RunError) {
        self.isIndexed = isIndexed
        origins = RunOrigins(joinsShards: joinsShards)
        capacity = Self.capacity(memory: memory, isIndexed: isIndexed)
        room = try Self.room(&capacity, isIndexed: isIndexed)
    }

    /// The most records that fit.
    ///
    /// A record takes 40 bytes at most, then 11 to 22 of the index, whose slots are a power of two and at most three in
    /// four of them taken, and a bit. Sorting takes 16 at most, half of them the index's own where there is one.
    private static func capacity(memory: Int, isIndexed: Bool) -> Int {
        let unindexed = min(Int(UInt32.max) - 1, max(1_024, memory / (stride + RecordOrder.roomPerRecord)))
        guard isIndexed else { return unindexed }
        var best = 1_024
        var slots = initialSlots
        while slots * 8 < memory, slots < 1 << 32 {
            best = max(best, min(slots / 4 * 3, (memory - slots * 8) / stride))
            slots *= 2
        }
        return min(best, unindexed)
    }

    /// How many records there are.
    var count: Int { room.records.count }

    /// How many more fit.
    var free: Int { room.records.free }

    /// Whether no further record fits.
    var isFull: Bool { free < 1 }

    /// Tokens of a text that is in the index, or `nil`.
    func tokens(of fingerprint: Fingerprint) -> UInt32? {
        guard isIndexed else { return nil }
        let (_, number) = find(fingerprint)
        return number == 0 ? nil : room.records.view.tokens(number - 1)
    }

    /// Asks for the slots where a text is looked up first.
    @inline(__always)
    func prefetch(_ fingerprint: Fingerprint) {
        guard isIndexed else { return }
        datawall_prefetch(slots + 2 * home(UInt32(truncatingIfNeeded: fingerprint.low)))
    }

    /// Takes in a unit; the table must not be full.
    mutating func insert(_ record: UnitRecord) {
        guard isIndexed else { return room.records.append(record) }
        let (slot, number) = find(record.fingerprint)
        if number != 0 {
            if fold(record, into: number - 1) { return }
            mark(number - 1)
            mark(count)
        }
        room.records.append(record)
        fill(slot, tag: UInt32(truncatingIfNeeded: record.low), number: UInt32(truncatingIfNeeded: count))
        if number == 0 {
            slotsTaken += 1
            if slotsTaken * 4 > (slotMask + 1) * 3 { grow() }
        }
    }

    /// Marks the record that was taken in last, which must not be of a repeat.
    mutating func markLast() {
        if isIndexed, count > 0 { mark(count - 1) }
    }

    /// Counts a unit in the record of one with the same text, if it may; returns whether it did.
    @inline(__always)
    private mutating func fold(_ record: UnitRecord, into number: Int) -> Bool {
        if room.records.addCopy(record, at: number) { return true }
        var known = room.records.view[number]
        let copies = known.word & 0xFFFF
        guard known.folds(with: record), copies + 1 < UnitRecord.maximumCopies,
            origins.areJoined(known.origin, record.origin)
        else { return false }
        if known.origin != record.origin, !origins.precedes(known.origin, record.origin) {
            known.word = record.word | copies
            known.position = record.position
        }
        known.word += 1
        room.records.store(known, at: number)
        return true
    }

    /// Takes in units, one after the other; there must be room for all.
    ///
    /// Slots and records are asked for ahead, so that their cache misses overlap: some 30 ns a unit in a large table
    /// where one at a time takes 150.
    mutating func insert(_ batch: UnsafeBufferPointer<UnitRecord>) {
        if isIndexed {
            for record in batch { datawall_prefetch(slots + 2 * home(UInt32(truncatingIfNeeded: record.low))) }
            for record in batch {
                let tag = UInt32(truncatingIfNeeded: record.low)
                let line = slots + 2 * home(tag)
                let found = datawall_search_slots8(line, tag).matches
                guard found != 0 else { continue }
                room.records.view.prefetch(Int(line[Self.lineSlots + found.trailingZeroBitCount]) - 1)
            }
        }
        for record in batch { insert(record) }
    }

    /// The records, leaving the table empty.
    mutating func take() throws(RunError) -> HeldRecords {
        var full = try Self.room(&capacity, isIndexed: isIndexed)
        slotMask = Self.initialSlots - 1
        slotsTaken = 0
        swap(&room, &full)
        // The index becomes the room for the order.
        return HeldRecords(full.records, knowsShared: isIndexed, marks: full.marks, room: full.slots)
    }

    /// Room for records and for all the slots they may come to need: for as many as `capacity` says, or fewer where the
    /// address space is bounded; then runs are written earlier.
    ///
    /// A table leaves room for those of other threads and for what reading needs.
    private static func room(_ capacity: inout Int, isIndexed: Bool) throws(RunError) -> Room {
        while true {
            var slots = isIndexed ? initialSlots : 0
            while slots / 4 * 3 < capacity, isIndexed { slots *= 2 }
            if let records = PackedRecords(capacity: capacity),
                let slots = MappedMemory(byteCount: slots * 8),
                let marks = MappedMemory(byteCount: isIndexed ? (capacity + 63) / 64 * 8 : 0),
                MemoryHeadroom.isLeft(capacity > smallCapacity ? 4 * MemoryHeadroom.bytes : MemoryHeadroom.bytes)
            {
                return Room(records: records, slots: slots, marks: marks)
            }
            guard capacity > 1_024 else { throw .outOfMemory("records") }
            capacity /= 2
        }
    }

    /// Records of a table that may be made in the last room there is.
    private static let smallCapacity = 1 << 16

    private var slots: UnsafeMutablePointer<UInt32> {
        room.slots.bytes.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: UInt32.self)
    }

    private func mark(_ record: Int) {
        let words = room.marks.bytes.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: UInt64.self)
        words[record >> 6] |= 1 << UInt64(record & 63)
    }

    // MARK: Index

    /// Slots of a cache line.
    ///
    /// All of a line are searched at once, before the next line is asked for: while three slots in four are taken at most,
    /// most searches end in the first.
    private static let lineSlots = 8

    /// The first slot of the line where the search for a tag starts.
    @inline(__always)
    private func home(_ tag: UInt32) -> Int { Int(tag) & slotMask & ~(Self.lineSlots - 1) }

    /// The slot where a fingerprint stands and its record's number plus one, or the empty slot where it would, and 0.
    @inline(__always)
    private func find(_ fingerprint: Fingerprint) -> (slot: Int, number: Int) {
        let tag = UInt32(truncatingIfNeeded: fingerprint.low)
        var first = home(tag)
        while true {
            let line = slots + 2 * first
            let found = datawall_search_slots8(line, tag)
            var matches = found.matches
            while matches != 0 {
                let slot = matches.trailingZeroBitCount
                let number = Int(line[Self.lineSlots + slot])
                if room.records.view.fingerprint(number - 1) == fingerprint { return (first + slot, number) }
                matches &= matches &- 1
            }
            if found.empties != 0 { return (first + found.empties.trailingZeroBitCount, 0) }
            first = (first + Self.lineSlots) & slotMask
        }
    }

    @inline(__always)
    private func fill(_ slot: Int, tag: UInt32, number: UInt32) {
        let inLine = slot & (Self.lineSlots - 1)
        let line = slots + 2 * (slot - inLine)
        line[inLine] = tag
        line[Self.lineSlots + inLine] = number
    }

    /// Doubles the slots in place.
    ///
    /// Each line is emptied once and its entries put where they belong now: in its own line or the same one of the upper
    /// half, or behind them. Lines are taken in their order, from behind one that has an empty slot on, over the end and
    /// up to that one. So all lines between an entry's own and the one it stood in have been emptied before it, and what
    /// is put there stays; what is put into a line yet to come is taken up again with it.
    private mutating func grow() {
        let last = slotMask + 1 - Self.lineSlots
        slotMask = slotMask * 2 + 1
        var start = last
        while datawall_search_slots8(slots + 2 * start, 0).empties == 0 { start -= Self.lineSlots }
        var first = start
        repeat {
            first = first == last ? 0 : first + Self.lineSlots
            let line = UnsafeMutableRawPointer(slots + 2 * first).assumingMemoryBound(
                to: InlineArray<16, UInt32>.self)
            let entries = line.pointee
            line.pointee = InlineArray(repeating: 0)
            for slot in 0..<Self.lineSlots where entries[Self.lineSlots + slot] != 0 {
                place(entries[slot], number: entries[Self.lineSlots + slot])
            }
        } while first != start
    }

    /// Puts an entry into the first empty slot of those that are searched for it.
    @inline(__always)
    private func place(_ tag: UInt32, number: UInt32) {
        var first = home(tag)
        while true {
            let empties = datawall_search_slots8(slots + 2 * first, tag).empties
            if empties != 0 { return fill(first + empties.trailingZeroBitCount, tag: tag, number: number) }
            first = (first + Self.lineSlots) & slotMask
        }
    }
}
