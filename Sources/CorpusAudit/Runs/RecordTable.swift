import CDataWallVector

/// The records of one worker, and an index of them by text for when looking a text up costs less than another record.
///
/// With the index, repeats are folded as they arrive. An open-addressing table of fingerprints points at the newest
/// record of each text: a text that comes again from the same origin with the same quality only counts up; from
/// elsewhere it makes another record, and the index follows it, so that a chain never forms however many origins share
/// a text.
///
/// A slot holds 32 bits of the fingerprint beside the record's number, so that a search reads no record but the one it
/// is after, and growing reads none.
struct RecordTable: ~Copyable {
    /// How many records there are.
    private(set) var count = 0
    /// How many there may be.
    private(set) var capacity: Int

    private var memory: MappedMemory
    /// The index: for each slot, 32 bits of the fingerprint and, above them, the record's number plus one; 0 is empty.
    private var slots: MappedMemory
    private var slotMask = Self.initialSlots - 1
    /// Slots taken: one a text, however many records it has.
    private var slotsTaken = 0
    private let isIndexed: Bool

    private static let stride = MemoryLayout<UnitRecord>.stride
    private static let initialSlots = 1 << 12

    /// Creates an empty table.
    ///
    /// - Parameters:
    ///   - isIndexed: Whether repeats are looked up.
    ///   - memory: Bytes that records and index may take, sorting included; 100 kB at least.
    init(isIndexed: Bool, memory: Int) {
        self.isIndexed = isIndexed
        capacity = Self.capacity(memory: memory, isIndexed: isIndexed)
        self.memory = Self.mapped(&capacity)
        slots = Self.emptySlots()
    }

    /// The most records that fit.
    ///
    /// A record takes its 40 bytes, then 13 to 26 of the index, whose slots are a power of two and at most five in
    /// eight of them taken. Sorting takes 16, the index's own where there is one.
    private static func capacity(memory: Int, isIndexed: Bool) -> Int {
        let unindexed = min(Int(UInt32.max) - 1, max(1_024, memory / (stride + SortedRecords.roomPerRecord)))
        guard isIndexed else { return unindexed }
        var best = 1_024
        var slots = initialSlots
        while slots * 8 < memory, slots < 1 << 32 {
            best = max(best, min(slots / 8 * 5, (memory - slots * 8) / stride))
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
            let known = records + (Int(entry >> 32) - 1)
            if known.pointee.folds(with: record), known.pointee.copies < UnitRecord.maximumCopies {
                known.pointee.word += 1
                return
            }
        }
        append(record)
        keys[slot] = UInt64(count) << 32 | record.low & 0xFFFF_FFFF
        if entry == 0 {
            slotsTaken += 1
            if slotsTaken * 8 > slotMask * 5 { grow() }
        }
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

    /// The records, sorted, leaving the table empty.
    mutating func takeSorted() -> SortedRecords {
        let taken = count
        count = 0
        slotMask = Self.initialSlots - 1
        slotsTaken = 0
        // The index becomes the room to sort in, where it is large enough.
        var room = Self.emptySlots()
        swap(&slots, &room)
        if room.bytes.count < taken * SortedRecords.roomPerRecord {
            guard let larger = MappedMemory(byteCount: taken * SortedRecords.roomPerRecord) else {
                preconditionFailure("out of memory")
            }
            room = larger
        }
        var records = Self.mapped(&capacity)
        swap(&memory, &records)
        return SortedRecords(records, count: taken, room: room)
    }

    /// Room for records: as many as `capacity` says, or fewer where the address space is bounded; then runs are written
    /// earlier.
    private static func mapped(_ capacity: inout Int) -> MappedMemory {
        while true {
            if let memory = MappedMemory(byteCount: capacity * stride) { return memory }
            precondition(capacity > 1_024, "out of memory")
            capacity /= 2
        }
    }

    private static func emptySlots() -> MappedMemory {
        guard let slots = MappedMemory(byteCount: initialSlots * 8) else { preconditionFailure("out of memory") }
        return slots
    }

    private var records: UnsafeMutablePointer<UnitRecord> {
        memory.bytes.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: UnitRecord.self)
    }

    private var keys: UnsafeMutablePointer<UInt64> {
        slots.bytes.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: UInt64.self)
    }

    private mutating func append(_ record: UnitRecord) {
        precondition(count < capacity, "a full table takes no record")
        records[count] = record
        count += 1
    }

    /// The slot where a fingerprint stands, or the empty one where it would.
    @inline(__always)
    private func slot(of fingerprint: Fingerprint) -> Int {
        var slot = Int(truncatingIfNeeded: fingerprint.low) & slotMask
        while true {
            let entry = keys[slot]
            if entry == 0 { return slot }
            if (entry ^ fingerprint.low) & 0xFFFF_FFFF == 0,
                records[Int(entry >> 32) - 1].fingerprint == fingerprint
            {
                return slot
            }
            slot = (slot + 1) & slotMask
        }
    }

    private mutating func grow() {
        let mask = (slotMask + 1) * 2 - 1
        guard let larger = MappedMemory(byteCount: (mask + 1) * 8) else { preconditionFailure("out of memory") }
        let target = larger.bytes.bindMemory(to: UInt64.self)
        for place in 0...slotMask where keys[place] != 0 {
            let entry = keys[place]
            var slot = Int(truncatingIfNeeded: entry & 0xFFFF_FFFF) & mask
            while target[slot] != 0 { slot = (slot + 1) & mask }
            target[slot] = entry
        }
        slots = larger
        slotMask = mask
    }
}
