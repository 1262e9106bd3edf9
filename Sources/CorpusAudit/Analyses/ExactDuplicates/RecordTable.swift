import CDataWallVector

/// The records of one worker, and an index of them by text for when looking a text up costs less than another record.
///
/// With the index, repeats are folded as they arrive. An open-addressing table of fingerprints points at the newest
/// record of each text: a text that comes again from an origin joined to the record's, with the same count, only
/// counts up; from elsewhere it makes another record, and the index follows it, so that a chain never forms however many
/// origins share a text.
///
/// A slot holds 32 bits of the fingerprint next to the record's number, so that a search reads no record but the one it
/// is after, and growing reads none. The index grows where it is: memory touched for the first time costs the system
/// more than all that is done with it here.
struct RecordTable: ~Copyable {
    /// How many records there are.
    private(set) var count = 0
    /// How many there may be.
    private(set) var capacity: Int

    private struct Room: ~Copyable {
        let records: MappedMemory
        /// The index: for each slot, 32 bits of the fingerprint and, above them, the record's number plus one.
        ///
        /// An empty slot is 0. There is room for all the slots there may come to be.
        let slots: MappedMemory
        /// For each record of an indexed table, a bit: whether another one has its text.
        let marks: MappedMemory
    }
    private var room: Room
    private var slotMask = Self.initialSlots - 1
    /// Slots taken: one a text, however many records it has.
    private var slotsTaken = 0
    private let isIndexed: Bool
    /// Where the records come from.
    var origins: RunOrigins

    private static let stride = MemoryLayout<UnitRecord>.stride
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
    /// A record takes its 40 bytes, then 11 to 22 of the index, whose slots are a power of two and at most three in
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

    /// Whether no further record fits.
    var isFull: Bool { count >= capacity }

    /// Tokens of a text that is in the index, or `nil`.
    func tokens(of fingerprint: Fingerprint) -> UInt32? {
        guard isIndexed else { return nil }
        let entry = keys[slot(of: fingerprint)]
        return entry == 0 ? nil : records[Int(entry >> 32) - 1].tokens
    }

    /// Takes in a unit; the table must not be full.
    mutating func insert(_ record: UnitRecord) {
        guard isIndexed else { return append(record) }
        let slot = slot(of: record.fingerprint)
        let entry = keys[slot]
        if entry != 0 {
            let known = Int(entry >> 32) - 1
            if fold(record, into: records + known) { return }
            mark(known)
            mark(count)
        }
        append(record)
        keys[slot] = UInt64(count) << 32 | record.low & 0xFFFF_FFFF
        if entry == 0 {
            slotsTaken += 1
            if slotsTaken * 4 > (slotMask + 1) * 3 { grow() }
        }
    }

    /// Counts a unit in the record of one with the same text, if it may; returns whether it did.
    @inline(__always)
    private mutating func fold(_ record: UnitRecord, into known: UnsafeMutablePointer<UnitRecord>) -> Bool {
        let copies = known.pointee.word & 0xFFFF
        guard known.pointee.folds(with: record), copies + 1 < UnitRecord.maximumCopies,
            origins.areJoined(known.pointee.origin, record.origin)
        else { return false }
        if known.pointee.origin != record.origin, !origins.precedes(known.pointee.origin, record.origin) {
            known.pointee.word = record.word | copies
            known.pointee.position = record.position
        }
        known.pointee.word += 1
        return true
    }

    /// Takes in units, one after the other; there must be room for all.
    ///
    /// Slots and records are asked for ahead, so that their cache misses overlap: some 30 ns a unit in a large table
    /// where one at a time takes 150.
    mutating func insert(_ batch: UnsafeBufferPointer<UnitRecord>) {
        if isIndexed {
            for record in batch { datawall_prefetch(keys + (Int(truncatingIfNeeded: record.low) & slotMask)) }
            for record in batch {
                let entry = keys[Int(truncatingIfNeeded: record.low) & slotMask]
                guard entry != 0, (entry ^ record.low) & 0xFFFF_FFFF == 0 else { continue }
                let known = records + (Int(entry >> 32) - 1)
                datawall_prefetch(known)
                datawall_prefetch(UnsafeRawPointer(known) + (Self.stride - 1))
            }
        }
        for record in batch { insert(record) }
    }

    /// The records, leaving the table empty.
    mutating func take() throws(RunError) -> HeldRecords {
        var full = try Self.room(&capacity, isIndexed: isIndexed)
        let taken = count
        count = 0
        slotMask = Self.initialSlots - 1
        slotsTaken = 0
        swap(&room, &full)
        // The index becomes the room for the order.
        return HeldRecords(
            full.records, count: taken, knowsShared: isIndexed, marks: full.marks, room: full.slots)
    }

    /// Room for records and for all the slots they may come to need: for as many as `capacity` says, or fewer where the
    /// address space is bounded; then runs are written earlier.
    ///
    /// A table leaves room for those of other threads and for what reading needs.
    private static func room(_ capacity: inout Int, isIndexed: Bool) throws(RunError) -> Room {
        while true {
            var slots = isIndexed ? initialSlots : 0
            while slots / 4 * 3 < capacity, isIndexed { slots *= 2 }
            if let records = MappedMemory(byteCount: capacity * stride),
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

    private var records: UnsafeMutablePointer<UnitRecord> {
        room.records.bytes.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: UnitRecord.self)
    }

    private var keys: UnsafeMutablePointer<UInt64> {
        room.slots.bytes.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: UInt64.self)
    }

    private func mark(_ record: Int) {
        let words = room.marks.bytes.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: UInt64.self)
        words[record >> 6] |= 1 << UInt64(record & 63)
    }

    private mutating func append(_ record: UnitRecord) {
        precondition(count < capacity, "a full table takes no record")
        records[count] = record
        count += 1
    }

    // MARK: Index

    /// Slots of a cache line.
    ///
    /// All of a line are searched, from the fingerprint's own slot on and round to it, before the next line is asked
    /// for: while three slots in four are taken at most, most searches end in the first.
    private static let lineSlots = 8

    /// The slot where a fingerprint is, or the empty one where it would.
    @inline(__always)
    private func slot(of fingerprint: Fingerprint) -> Int {
        let home = Int(truncatingIfNeeded: fingerprint.low) & slotMask
        var line = home & ~(Self.lineSlots - 1)
        while true {
            for step in 0..<Self.lineSlots {
                let slot = line | (home &+ step) & (Self.lineSlots - 1)
                let entry = keys[slot]
                if entry == 0 { return slot }
                if (entry ^ fingerprint.low) & 0xFFFF_FFFF == 0,
                    records[Int(entry >> 32) - 1].fingerprint == fingerprint
                {
                    return slot
                }
            }
            line = (line + Self.lineSlots) & slotMask
        }
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
        var first = last
        while (0..<Self.lineSlots).allSatisfy({ keys[first + $0] != 0 }) { first -= Self.lineSlots }
        var line = first
        repeat {
            line = line == last ? 0 : line + Self.lineSlots
            var entries = InlineArray<8, UInt64>(repeating: 0)
            for slot in entries.indices {
                entries[slot] = keys[line + slot]
                keys[line + slot] = 0
            }
            for index in entries.indices where entries[index] != 0 { place(entries[index]) }
        } while line != first
    }

    /// Puts an entry into the first empty slot of those that are searched for it.
    @inline(__always)
    private func place(_ entry: UInt64) {
        let home = Int(truncatingIfNeeded: entry & 0xFFFF_FFFF) & slotMask
        var line = home & ~(Self.lineSlots - 1)
        while true {
            for step in 0..<Self.lineSlots {
                let slot = line | (home &+ step) & (Self.lineSlots - 1)
                if keys[slot] == 0 { return keys[slot] = entry }
            }
            line = (line + Self.lineSlots) & slotMask
        }
    }
}
