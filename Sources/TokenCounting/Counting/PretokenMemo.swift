internal import CDataWallVector

/// The counts of pretokens seen, as many as fit in a fixed amount of memory.
///
/// Short pretokens are packed with their length and count into one 16-byte slot of an open-addressing table that
/// doubles up to a limit. At the limit, a new entry replaces the first slot that it hashes to, so that the memo does
/// not stay full of an old language when the corpus changes to another. Longer pretokens are in an arena that is
/// emptied when full. Exact: keys are compared whole.
///
/// Unsafe memory, because a lookup is made for every pretoken of a corpus: indices are masked by the table's size, and
/// only the memo owns its memory, which it frees.
struct PretokenMemo: ~Copyable {
    /// The most short slots: 2²¹ of 16 bytes.
    private static let mostSlots = 1 << 21
    /// The longest pretoken remembered.
    static let longest = 2_048
    private static let mostLong = 1 << 18
    private static let arenaSize = 1 << 24

    private static let countShift: UInt64 = 60
    private static let keyMask: UInt64 = (1 << 60) - 1

    private var slots: UnsafeMutablePointer<SIMD2<UInt64>>
    private var mask: UInt64
    private var used = 0

    private struct LongSlot {
        var hash: UInt64 = 0
        var offset: UInt32 = 0
        var length: UInt16 = 0
        var count: UInt16 = 0
    }
    private var longSlots: UnsafeMutablePointer<LongSlot>
    private var longMask: UInt64
    private var longUsed = 0
    private var arena: UnsafeMutablePointer<UInt8>
    private var arenaCapacity: Int
    private var arenaUsed = 0

    init() {
        mask = (1 << 12) - 1
        slots = Self.emptySlots(Int(mask) + 1)
        longMask = (1 << 8) - 1
        longSlots = .allocate(capacity: Int(longMask) + 1)
        longSlots.initialize(repeating: LongSlot(), count: Int(longMask) + 1)
        arenaCapacity = 1 << 13
        arena = .allocate(capacity: arenaCapacity)
    }

    deinit {
        slots.deallocate()
        longSlots.deallocate()
        arena.deallocate()
    }

    private static func emptySlots(_ count: Int) -> UnsafeMutablePointer<SIMD2<UInt64>> {
        LargeMemory.allocate(count, of: .zero)
    }

    /// The bytes of memory held.
    var footprint: Int {
        (Int(mask) + 1) * 16 + (Int(longMask) + 1) * MemoryLayout<LongSlot>.stride + arenaCapacity
    }

    /// Asks for the memory in which a pretoken's count may be.
    @inline(__always)
    func expect(_ pretoken: NotedPretoken) {
        if pretoken.isShort {
            datawall_prefetch(slots + Int(truncatingIfNeeded: pretoken.hash & mask))
        } else {
            datawall_prefetch(longSlots + Int(truncatingIfNeeded: pretoken.hash & longMask))
        }
    }

    /// The count of a pretoken, or 0 if it is not known.
    @inline(__always)
    func find(_ pretoken: NotedPretoken) -> Int {
        pretoken.isShort
            ? find(pretoken.key, pretoken.hash) : findLong(pretoken.bytes, pretoken.length, pretoken.hash)
    }

    /// Remembers the count of a pretoken that ``find(_:)`` does not know, unless it is too long.
    mutating func insert(_ pretoken: NotedPretoken, count: Int) {
        if pretoken.isShort {
            insert(pretoken.key, pretoken.hash, count: count)
        } else if pretoken.length <= Self.longest {
            insertLong(pretoken.bytes, pretoken.length, pretoken.hash, count: count)
        }
    }

    /// The count of a short pretoken if it is in the first slot that it may be in, else 0.
    @inline(__always)
    func first(_ key: PackedKey, _ hash: UInt64) -> Int {
        let slot = slots[Int(truncatingIfNeeded: hash & mask)]
        let differs = (slot[0] ^ key.low) | ((slot[1] ^ key.high) & Self.keyMask)
        return differs == 0 ? Int(truncatingIfNeeded: slot[1] &>> Self.countShift) : 0
    }

    /// The count of a short pretoken, or 0 if it is not known.
    func find(_ key: PackedKey, _ hash: UInt64) -> Int {
        var index = hash & mask
        while true {
            let slot = slots[Int(truncatingIfNeeded: index)]
            if slot[1] == 0 { return 0 }
            if (slot[0] ^ key.low) | ((slot[1] ^ key.high) & Self.keyMask) == 0 {
                return Int(truncatingIfNeeded: slot[1] &>> Self.countShift)
            }
            index = (index &+ 1) & mask
        }
    }

    /// Remembers the count, from 1 to 15, of a short pretoken that ``find(_:_:)`` does not know.
    mutating func insert(_ key: PackedKey, _ hash: UInt64, count: Int) {
        let value = SIMD2(key.low, key.high | UInt64(count) &<< Self.countShift)
        if used * 4 > Int(mask) * 3 {
            if Int(mask) + 1 < Self.mostSlots {
                grow()
            } else {
                // Slots are never emptied, so all other chains stay valid.
                slots[Int(truncatingIfNeeded: hash & mask)] = value
                return
            }
        }
        place(value, hash)
        used += 1
    }

    private mutating func place(_ value: SIMD2<UInt64>, _ hash: UInt64) {
        var index = hash & mask
        while slots[Int(truncatingIfNeeded: index)][1] != 0 { index = (index &+ 1) & mask }
        slots[Int(truncatingIfNeeded: index)] = value
    }

    private mutating func grow() {
        let old = slots
        let oldCount = Int(mask) + 1
        let count = min(oldCount * 4, Self.mostSlots)
        slots = Self.emptySlots(count)
        mask = UInt64(count - 1)
        for index in 0..<oldCount where old[index][1] != 0 {
            let key = PackedKey(low: old[index][0], high: old[index][1] & Self.keyMask)
            place(old[index], key.hash)
        }
        old.deallocate()
    }

    /// The count of a pretoken of 16 to ``longest`` bytes, or 0 if it is not known.
    func findLong(_ bytes: UnsafePointer<UInt8>, _ length: Int, _ hash: UInt64) -> Int {
        var index = hash & longMask
        while true {
            let slot = longSlots[Int(truncatingIfNeeded: index)]
            if slot.count == 0 { return 0 }
            if slot.hash == hash, Int(slot.length) == length, equal(arena + Int(slot.offset), bytes, length) {
                return Int(slot.count)
            }
            index = (index &+ 1) & longMask
        }
    }

    @inline(__always)
    private func equal(_ left: UnsafePointer<UInt8>, _ right: UnsafePointer<UInt8>, _ length: Int) -> Bool {
        let (left, right) = (UnsafeRawPointer(left), UnsafeRawPointer(right))
        var offset = 0
        while offset + 8 < length {
            if left.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                != right.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            {
                return false
            }
            offset += 8
        }
        return left.loadUnaligned(fromByteOffset: length - 8, as: UInt64.self)
            == right.loadUnaligned(fromByteOffset: length - 8, as: UInt64.self)
    }

    /// Remembers the count of a pretoken of 16 to ``longest`` bytes that ``findLong(_:_:_:)`` does not know.
    mutating func insertLong(_ bytes: UnsafePointer<UInt8>, _ length: Int, _ hash: UInt64, count: Int) {
        if longUsed * 2 > Int(longMask) || arenaUsed + length > arenaCapacity { makeRoom(length) }
        (arena + arenaUsed).update(from: bytes, count: length)
        placeLong(
            LongSlot(hash: hash, offset: UInt32(arenaUsed), length: UInt16(length), count: UInt16(count)))
        arenaUsed += length
        longUsed += 1
    }

    private mutating func placeLong(_ value: LongSlot) {
        var index = value.hash & longMask
        while longSlots[Int(truncatingIfNeeded: index)].count != 0 { index = (index &+ 1) & longMask }
        longSlots[Int(truncatingIfNeeded: index)] = value
    }

    /// Doubles the part that is full, or forgets all long pretokens if that would pass the limit.
    private mutating func makeRoom(_ length: Int) {
        if longUsed * 2 > Int(longMask) {
            let old = longSlots
            let oldCount = Int(longMask) + 1
            guard oldCount < Self.mostLong else { return forgetLong() }
            longMask = UInt64(oldCount * 2 - 1)
            longSlots = .allocate(capacity: oldCount * 2)
            longSlots.initialize(repeating: LongSlot(), count: oldCount * 2)
            for index in 0..<oldCount where old[index].count != 0 { placeLong(old[index]) }
            old.deallocate()
        }
        if arenaUsed + length > arenaCapacity {
            guard arenaCapacity < Self.arenaSize else { return forgetLong() }
            let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: arenaCapacity * 2)
            larger.update(from: arena, count: arenaUsed)
            arena.deallocate()
            arena = larger
            arenaCapacity *= 2
        }
    }

    private mutating func forgetLong() {
        longSlots.update(repeating: LongSlot(), count: Int(longMask) + 1)
        longUsed = 0
        arenaUsed = 0
    }
}

extension PackedKey {
    /// A key from its halves.
    init(low: UInt64, high: UInt64) {
        self.low = low
        self.high = high
    }
}
