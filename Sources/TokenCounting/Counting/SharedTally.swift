internal import CDataWallVector

/// Counts the pretokens of one scan for several tokenizers: one look into a shared memo gives all their counts.
struct SharedTally: PretokenTally, ~Copyable {
    /// The most tokenizers that share a memo.
    static let mostMembers = 8
    /// The most slots: 2²⁰ of 32 bytes.
    private static let mostSlots = 1 << 20

    /// Counts of up to eight tokenizers; the sum of a batch's does not overflow, with at most 15 tokens each.
    private typealias Amount = SIMD8<UInt16>

    private struct Slot {
        var low: UInt64 = 0
        /// Zero in a slot that is free.
        var high: UInt64 = 0
        var amount = Amount.zero
    }

    /// Each tokenizer's own count of a pretoken, with its own memo.
    private let members: [(NotedPretoken) -> Int]
    /// The tokens of each tokenizer so far.
    private(set) var totals: [Int]

    // Unsafe memory as in `PretokenMemo`: indices are masked, and only this value owns its memory.
    private var slots: UnsafeMutablePointer<Slot>
    private var mask: UInt64
    private var used = 0

    init(_ members: [(NotedPretoken) -> Int]) {
        precondition(members.count <= Self.mostMembers, "eight tokenizers share a memo at most")
        self.members = members
        totals = members.map { _ in 0 }
        mask = (1 << 12) - 1
        slots = .allocate(capacity: 1 << 12)
        slots.initialize(repeating: Slot(), count: 1 << 12)
    }

    deinit { slots.deallocate() }

    /// Sets all totals to zero.
    mutating func reset() {
        for index in totals.indices { totals[index] = 0 }
    }

    @inline(__always)
    private mutating func count(_ pretoken: NotedPretoken) -> Amount {
        guard pretoken.isShort else { return countLong(pretoken) }
        let key = pretoken.key
        let slot = slots[Int(truncatingIfNeeded: pretoken.hash & mask)]
        if (slot.low ^ key.low) | (slot.high ^ key.high) == 0 { return slot.amount }
        return countAnew(pretoken, key)
    }

    @inline(__always)
    func expect(_ pretoken: NotedPretoken) {
        datawall_prefetch(slots + Int(truncatingIfNeeded: pretoken.hash & mask))
    }

    mutating func take(_ batch: UnsafeBufferPointer<NotedPretoken>) {
        var amount = Amount.zero
        for pretoken in batch { amount &+= count(pretoken) }
        for index in totals.indices { totals[index] += Int(amount[index]) }
    }

    mutating func finish() {}

    @inline(never)
    private mutating func countLong(_ pretoken: NotedPretoken) -> Amount {
        // May be too large for an amount.
        for index in members.indices { totals[index] += members[index](pretoken) }
        return .zero
    }

    @inline(never)
    private mutating func countAnew(_ pretoken: NotedPretoken, _ key: PackedKey) -> Amount {
        let hash = pretoken.hash
        var index = hash & mask
        while slots[Int(index)].high != 0 {
            let slot = slots[Int(index)]
            if (slot.low ^ key.low) | (slot.high ^ key.high) == 0 { return slot.amount }
            index = (index &+ 1) & mask
        }
        var amount = Amount.zero
        for member in members.indices {
            amount[member] = UInt16(truncatingIfNeeded: members[member](pretoken))
        }
        let value = Slot(low: key.low, high: key.high, amount: amount)
        if used * 2 > Int(mask), !grow() {
            // Full: replaces the first slot that it hashes to, which leaves no gap.
            slots[Int(hash & mask)] = value
            return amount
        }
        place(value, hash)
        used += 1
        return amount
    }

    private mutating func place(_ value: Slot, _ hash: UInt64) {
        var index = hash & mask
        while slots[Int(index)].high != 0 { index = (index &+ 1) & mask }
        slots[Int(index)] = value
    }

    private mutating func grow() -> Bool {
        let count = Int(mask) + 1
        guard count < Self.mostSlots else { return false }
        let old = slots
        slots = LargeMemory.allocate(count * 4, of: Slot())
        mask = UInt64(count * 4 - 1)
        for index in 0..<count where old[index].high != 0 {
            place(old[index], PackedKey(low: old[index].low, high: old[index].high).hash)
        }
        old.deallocate()
        return true
    }
}
