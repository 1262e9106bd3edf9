import CDataWallVector

/// Records in memory, read in the order of their fingerprints, then origin, quality and position.
///
/// The records stay where they were put; what is sorted are eight bytes for each, the upper half of the fingerprint's
/// upper half and the record's number. Fingerprints are uniform, so dealing them out by those bits leaves only ties to
/// settle.
///
/// - Complexity: O(*n*) expected to make; O(*n* log *n*) when one text has very many records.
final class SortedRecords: @unchecked Sendable {
    // Safe to share: both are written in `init` alone, before any other thread can see them, and read ever after.
    private let memory: MappedMemory
    private let order: MappedMemory

    /// How many there are.
    let count: Int

    /// Sorts the first `count` records that lie in `memory`.
    ///
    /// `room` is memory of any content with eight bytes a record, for the order.
    init(_ memory: consuming MappedMemory, count: Int, room: consuming MappedMemory) {
        precondition(count <= UInt32.max, "a run in memory has at most 2³² records")
        let records = UnsafeBufferPointer(rebasing: memory.bytes.bindMemory(to: UnitRecord.self)[..<count])
        Self.sort(records, into: UnsafeMutableBufferPointer(rebasing: room.bytes.bindMemory(to: UInt64.self)[..<count]))
        self.memory = memory
        order = room
        self.count = count
    }

    /// Sorts an array's records.
    convenience init(_ records: [UnitRecord]) {
        guard let memory = MappedMemory(byteCount: records.count * MemoryLayout<UnitRecord>.stride),
            let room = MappedMemory(byteCount: records.count * Self.orderPerRecord)
        else { preconditionFailure("out of memory") }
        records.withUnsafeBytes { memory.bytes.copyMemory(from: $0) }
        self.init(memory, count: records.count, room: room)
    }

    /// Bytes a record's place in the order takes.
    static let orderPerRecord = MemoryLayout<UInt64>.stride

    /// Bytes it takes at most while the order is made: its key, twice.
    static let roomPerRecord = 2 * orderPerRecord

    /// Copies records from a place on into a buffer, as many as it has room for or there are before `end`, and returns
    /// how many.
    func copy(from place: Int, below end: Int, into target: UnsafeMutableBufferPointer<UnitRecord>) -> Int {
        let copied = min(target.count, end - place)
        for offset in 0..<min(Self.lookahead, copied) { prefetch(place + offset) }
        for offset in 0..<copied {
            prefetch(place + offset + Self.lookahead)
            target.initializeElement(at: offset, to: self[place + offset])
        }
        return copied
    }

    private static let lookahead = 16

    /// The record in a place of the order.
    @inline(__always)
    subscript(place: Int) -> UnitRecord {
        precondition(place >= 0 && place < count, "a place among the records")
        let index = keys[place] & 0xFFFF_FFFF
        return (records + Int(truncatingIfNeeded: index)).pointee
    }

    /// Asks for the record in a place ahead, which will be read soon.
    @inline(__always)
    private func prefetch(_ place: Int) {
        guard place < count else { return }
        let record = records + Int(truncatingIfNeeded: keys[place] & 0xFFFF_FFFF)
        datawall_prefetch(record)
        // A record of forty bytes lies across two cache lines more often than not.
        datawall_prefetch(UnsafeRawPointer(record) + MemoryLayout<UnitRecord>.stride - 1)
    }

    /// The first place whose fingerprint's upper half is not below a bound.
    func firstPlace(notBelow bound: UInt64) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle].high < bound { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private var records: UnsafePointer<UnitRecord> {
        UnsafePointer(memory.bytes.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: UnitRecord.self))
    }

    private var keys: UnsafePointer<UInt64> {
        UnsafePointer(order.bytes.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: UInt64.self))
    }

    // MARK: Sorting

    /// Fills `keys` with sorted keys.
    ///
    /// They are dealt out once, by their upper bits, into buckets that lie in the cache; there they are dealt again by
    /// the others, from the lowest on. So the order needs no second room of its own size unless one bucket is all.
    private static func sort(
        _ records: UnsafeBufferPointer<UnitRecord>, into keys: UnsafeMutableBufferPointer<UInt64>
    ) {
        guard records.count > 1 else {
            for record in records { keys[0] = record.high & 0xFFFF_FFFF_0000_0000 }
            return
        }
        let bits = min(12, max(0, Int.bitWidth - (records.count / bucketSize).leadingZeroBitCount))
        withUnsafeTemporaryAllocation(of: Int.self, capacity: 1 << bits + 1) { ends in
            ends.initialize(repeating: 0)
            // Shifted by 64, a number is 0: one bucket.
            let shift = UInt64(64 - bits)
            for record in records { ends[Int(truncatingIfNeeded: record.high >> shift)] += 1 }
            var sum = 0
            var largest = 0
            for bucket in ends.indices {
                largest = max(largest, ends[bucket])
                (ends[bucket], sum) = (sum, sum + ends[bucket])
            }
            for (index, record) in records.enumerated() {
                let bucket = Int(truncatingIfNeeded: record.high >> shift)
                keys[ends[bucket]] = record.high & 0xFFFF_FFFF_0000_0000 | UInt64(truncatingIfNeeded: index)
                ends[bucket] += 1
            }
            guard let room = MappedMemory(byteCount: largest * MemoryLayout<UInt64>.stride) else {
                preconditionFailure("out of memory")
            }
            var start = 0
            for bucket in 0..<(1 << bits) {
                sort(
                    UnsafeMutableBufferPointer(rebasing: keys[start..<ends[bucket]]),
                    with: room.bytes.bindMemory(to: UInt64.self), dealtBits: bits)
                start = ends[bucket]
            }
        }
        settleTies(keys, of: records)
    }

    /// About as many keys as lie in the nearest cache but one, twice.
    private static let bucketSize = 8_192

    /// Sorts keys that are alike in their upper `dealtBits` bits, or have none dealt.
    private static func sort(
        _ keys: UnsafeMutableBufferPointer<UInt64>, with room: UnsafeMutableBufferPointer<UInt64>, dealtBits: Int
    ) {
        // Dealing goes through all places of a digit, however few keys there are.
        var source = keys
        guard keys.count > 256 else { return source.sort() }
        var target = UnsafeMutableBufferPointer(rebasing: room[..<keys.count])
        for shift: UInt64 in [32, 43, 54] where dealtBits < 64 - Int(shift) {
            deal(UnsafeBufferPointer(source), into: target, shift: shift)
            swap(&source, &target)
        }
        if source.baseAddress != keys.baseAddress { _ = keys.update(from: source) }
    }

    /// Deals keys into 2,048 buckets by eleven bits, keeping their order within each.
    private static func deal(
        _ source: UnsafeBufferPointer<UInt64>, into target: UnsafeMutableBufferPointer<UInt64>, shift: UInt64
    ) {
        withUnsafeTemporaryAllocation(of: Int.self, capacity: 2_048) { offsets in
            offsets.initialize(repeating: 0)
            for key in source { offsets[Int(truncatingIfNeeded: key >> shift & 0x7FF)] += 1 }
            var sum = 0
            for bucket in offsets.indices {
                (offsets[bucket], sum) = (sum, sum + offsets[bucket])
            }
            for key in source {
                let bucket = Int(truncatingIfNeeded: key >> shift & 0x7FF)
                target[offsets[bucket]] = key
                offsets[bucket] += 1
            }
        }
    }

    /// Orders the keys that are alike in all their bits by the records behind them.
    private static func settleTies(
        _ keys: UnsafeMutableBufferPointer<UInt64>, of records: UnsafeBufferPointer<UnitRecord>
    ) {
        func precedes(_ left: UInt64, _ right: UInt64) -> Bool {
            UnitRecord.precedes(records[Int(left & 0xFFFF_FFFF)], records[Int(right & 0xFFFF_FFFF)])
        }
        // Records behind ties lie anywhere: those a little ahead are asked for, so that the cache misses overlap.
        var asked = 0
        var start = 0
        while start < keys.count {
            while asked < min(keys.count - 1, start + lookahead) {
                if keys[asked] >> 32 == keys[asked + 1] >> 32 {
                    datawall_prefetch(records.baseAddress.unsafelyUnwrapped + Int(keys[asked] & 0xFFFF_FFFF))
                    datawall_prefetch(records.baseAddress.unsafelyUnwrapped + Int(keys[asked + 1] & 0xFFFF_FFFF))
                }
                asked += 1
            }
            let lead = keys[start] >> 32
            var end = start + 1
            while end < keys.count, keys[end] >> 32 == lead { end += 1 }
            if end - start > 1 {
                var tied = UnsafeMutableBufferPointer(rebasing: keys[start..<end])
                tied.sort(by: precedes)
            }
            start = end
        }
    }
}
