/// The order of records in memory: by fingerprint, then origin and position.
///
/// The records stay where they were put; what is sorted are eight bytes for each, the upper half of the fingerprint's
/// upper half and the record's number. Fingerprints are uniform, so dealing them out by those bits leaves only ties to
/// settle.
///
/// - Complexity: O(*n*) expected to make; O(*n* log *n*) when one text has very many records.
final class RecordOrder: Sendable {
    // Written only in `init`, before any other thread can see it, and read ever after.
    private let memory: MappedMemory

    /// How many records are in order.
    let count: Int

    /// Orders the `count` records that are in some places.
    ///
    /// `room` is memory of any content, taken where it is large enough. Without `settlesTies` records are in order by the
    /// upper halves of their keys only.
    init(
        of records: PackedRecords.View, places: some Sequence<Int>, count: Int,
        room: consuming MappedMemory?, settlesTies: Bool = true
    ) throws(RunError) {
        memory = try Self.memory(for: count, in: room)
        self.count = count
        let keys = UnsafeMutableBufferPointer(rebasing: memory.bytes.bindMemory(to: UInt64.self)[..<count])
        try Self.sort(records, places, into: keys)
        if settlesTies { Self.settleTies(keys, of: records) }
    }

    private static func memory(
        for count: Int, in room: consuming MappedMemory?
    ) throws(RunError) -> MappedMemory {
        if let room, room.bytes.count >= count * bytesPerRecord { return room }
        guard let memory = MappedMemory(byteCount: count * bytesPerRecord) else {
            throw .outOfMemory("sorting records")
        }
        return memory
    }

    /// Bytes a record's place in the order takes.
    static let bytesPerRecord = MemoryLayout<UInt64>.stride

    /// Bytes it takes at most while the order is made: its key, twice.
    static let roomPerRecord = 2 * bytesPerRecord

    /// How many records ahead to ask for those in random places.
    static let lookahead = 16

    /// In order, the upper half of each fingerprint's upper half and, below it, the record's place.
    var keys: UnsafePointer<UInt64> {
        UnsafePointer(memory.bytes.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: UInt64.self))
    }

    /// Fills `keys` with sorted keys of the records in some places.
    ///
    /// They are dealt out once, by their upper bits, into buckets that are in the cache; there they are dealt again by
    /// the others, from the lowest on. So the order needs no second room of its own size unless one bucket is all.
    private static func sort(
        _ records: PackedRecords.View, _ places: some Sequence<Int>,
        into keys: UnsafeMutableBufferPointer<UInt64>
    ) throws(RunError) {
        let bits = min(12, max(0, Int.bitWidth - (keys.count / bucketSize).leadingZeroBitCount))
        try withUnsafeTemporaryAllocation(of: Int.self, capacity: 1 << bits + 1) { (ends) throws(RunError) in
            ends.initialize(repeating: 0)
            // Shifted by 64, a number is 0: one bucket.
            let shift = UInt64(64 - bits)
            for place in places { ends[Int(truncatingIfNeeded: records.high(place) >> shift)] += 1 }
            var sum = 0
            var largest = 0
            for bucket in ends.indices {
                largest = max(largest, ends[bucket])
                (ends[bucket], sum) = (sum, sum + ends[bucket])
            }
            for place in places {
                let high = records.high(place)
                let bucket = Int(truncatingIfNeeded: high >> shift)
                keys[ends[bucket]] = high & 0xFFFF_FFFF_0000_0000 | UInt64(truncatingIfNeeded: place)
                ends[bucket] += 1
            }
            guard let room = MappedMemory(byteCount: largest * MemoryLayout<UInt64>.stride) else {
                throw .outOfMemory("sorting records")
            }
            var start = 0
            for bucket in 0..<(1 << bits) {
                sort(
                    UnsafeMutableBufferPointer(rebasing: keys[start..<ends[bucket]]),
                    with: room.bytes.bindMemory(to: UInt64.self), dealtBits: bits)
                start = ends[bucket]
            }
        }
    }

    /// About as many keys as are in the nearest cache but one, twice.
    private static let bucketSize = 8_192

    /// Sorts keys by their upper halves, which are alike in their first `dealtBits` bits; `room` is for as many.
    static func sort(
        _ keys: UnsafeMutableBufferPointer<UInt64>, with room: UnsafeMutableBufferPointer<UInt64>, dealtBits: Int = 0
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
        _ keys: UnsafeMutableBufferPointer<UInt64>, of records: PackedRecords.View
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
                    records.prefetch(Int(keys[asked] & 0xFFFF_FFFF))
                    records.prefetch(Int(keys[asked + 1] & 0xFFFF_FFFF))
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
