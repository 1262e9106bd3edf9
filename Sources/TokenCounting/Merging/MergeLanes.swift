/// Byte-pair merging of several short texts side by side.
///
/// A merge waits for the vocabulary's tables, which are larger than the processor's near caches, and the next merge
/// depends on the result. So texts take turns: after a text has merged a pair, it prefetches the memory for the merges
/// of the new symbol with its neighbours, and reads it at its next turn.
///
/// A symbol is named by the byte that it starts at. A mask has one bit for each symbol, and one more after the last;
/// merging two symbols clears a bit. Each symbol that remains is one token, so this does not work for rules where a
/// symbol may be several.
struct MergeLanes<Rules: MergeRules>: ~Copyable {
    /// How many texts take turns.
    static var width: Int { 16 }

    /// The most bytes of a text.
    static var longest: Int { 31 }

    /// The places of a text: its bytes, and its end.
    private static var places: Int { 32 }
    /// The bytes of a lane's text, so that 16 are readable from each place.
    private static var room: Int { 48 }

    private let rules: Rules
    private(set) var count = 0
    private var memory = ScratchMemory()
    private let texts: UnsafeMutablePointer<UInt8>
    private let lengths: UnsafeMutablePointer<Int>
    private let starts: UnsafeMutablePointer<UInt32>
    /// The place of each lane's last merge.
    private let merged: UnsafeMutablePointer<Int>
    /// For each place, the priority of merging its symbol with the next one, with the place in the low five bits;
    /// ``none`` if they do not merge.
    private let priorities: UnsafeMutablePointer<UInt64>
    private let symbols: UnsafeMutablePointer<UInt32>
    /// For each place, the merged symbol.
    private let products: UnsafeMutablePointer<UInt32>
    private let scratch: UnsafeMutablePointer<Int32>
    private let lanes: UnsafeMutablePointer<Int>

    private static var none: UInt64 { .max }

    init(_ rules: Rules) {
        self.rules = rules
        texts = memory.allocate(Self.width * Self.room, of: 0)
        lengths = memory.allocate(Self.width, of: 0)
        starts = memory.allocate(Self.width, of: 0)
        merged = memory.allocate(Self.width, of: 0)
        priorities = memory.allocate(Self.width * Self.places, of: Self.none)
        symbols = memory.allocate(Self.width * Self.places, of: 0)
        products = memory.allocate(Self.width * Self.places, of: 0)
        scratch = memory.allocate(Self.places + 1, of: 0)
        lanes = memory.allocate(Self.width, of: 0)
    }

    /// Adds a text, for which there must be a lane.
    ///
    /// - Parameters:
    ///   - bytes: The text; 16 bytes must be readable.
    ///   - length: Its bytes, from 1 to ``longest``.
    mutating func add(_ bytes: UnsafePointer<UInt8>, _ length: Int) {
        let lane = count
        count += 1
        let text = texts + lane * Self.room
        typealias Part = SIMD16<UInt8>
        let from = UnsafeRawPointer(bytes)
        let to = UnsafeMutableRawPointer(text)
        to.storeBytes(of: from.loadUnaligned(as: Part.self), as: Part.self)
        if length > 16 {
            let last = length - 16
            let end = from.loadUnaligned(fromByteOffset: last, as: Part.self)
            to.storeBytes(of: end, toByteOffset: last, as: Part.self)
        }
        lengths[lane] = length
        let symbols = symbols + lane * Self.places
        let parts = rules.cut(text, length, scratch, symbols)
        var mask: UInt32 = 0
        for part in 0...parts { mask |= 1 &<< UInt32(truncatingIfNeeded: scratch[part]) }
        starts[lane] = mask
        let priorities = priorities + lane * Self.places
        priorities.update(repeating: Self.none, count: length <= 16 ? 16 : Self.places)
        var part = 0
        while part &+ 1 < parts {
            let place = Int(scratch[part])
            note(
                rules.firstMerge(text, place, Int(scratch[part &+ 2]), symbols[part], symbols[part &+ 1]), lane, place)
            part &+= 1
        }
        // From the last one backwards, so that no symbol is overwritten before it is moved.
        part = parts
        while part > 0 {
            part &-= 1
            symbols[Int(scratch[part])] = symbols[part]
        }
    }

    /// Merges all texts to their ends; ``tokens(_:)`` holds until ``removeAll()``.
    mutating func run() {
        var active = 0
        for lane in 0..<count where merge(lane) {
            lanes[active] = lane
            active &+= 1
        }
        while active > 0 {
            var kept = 0
            for index in 0..<active {
                let lane = lanes[index]
                renew(lane)
                lanes[kept] = lane
                kept &+= merge(lane) ? 1 : 0
            }
            active = kept
        }
    }

    /// The tokens that a lane's text became.
    func tokens(_ lane: Int) -> Int { starts[lane].nonzeroBitCount - 1 }

    mutating func removeAll() { count = 0 }

    @inline(__always)
    private func note(_ merge: UInt64, _ lane: Int, _ place: Int) {
        let index = lane &* Self.places &+ place
        priorities[index] = merge == Rules.none ? Self.none : (merge &>> 32) &<< 5 | UInt64(truncatingIfNeeded: place)
        products[index] = UInt32(truncatingIfNeeded: merge)
    }

    /// Merges a lane's first pair and prefetches the merges of the result; `false` if no pair merges.
    @inline(__always)
    private func merge(_ lane: Int) -> Bool {
        let priorities = priorities + lane &* Self.places
        var least = (priorities[0], priorities[1], priorities[2], priorities[3])
        let end = lengths[lane] <= 16 ? 16 : Self.places
        var from = 4
        while from < end {
            least.0 = min(least.0, priorities[from])
            least.1 = min(least.1, priorities[from &+ 1])
            least.2 = min(least.2, priorities[from &+ 2])
            least.3 = min(least.3, priorities[from &+ 3])
            from &+= 4
        }
        let best = min(min(least.0, least.1), min(least.2, least.3))
        if best == Self.none { return false }
        let place = Int(truncatingIfNeeded: best & 31)
        let symbols = symbols + lane &* Self.places
        symbols[place] = products[lane &* Self.places &+ place]
        let gone = next(starts[lane], place)
        let mask = starts[lane] & ~(1 &<< UInt32(truncatingIfNeeded: gone))
        starts[lane] = mask
        merged[lane] = place
        priorities[place] = Self.none
        priorities[gone] = Self.none
        let text = texts + lane &* Self.room
        let behind = next(mask, place)
        if behind < lengths[lane] {
            rules.expect(text, place, next(mask, behind), symbols[place], symbols[behind])
        }
        if let before = previous(mask, place) {
            priorities[before] = Self.none
            rules.expect(text, before, behind, symbols[before], symbols[place])
        }
        return true
    }

    /// Notes the merges of a lane's last merged symbol with its neighbours.
    @inline(__always)
    private func renew(_ lane: Int) {
        let text = texts + lane &* Self.room
        let symbols = symbols + lane &* Self.places
        let mask = starts[lane]
        let place = merged[lane]
        let behind = next(mask, place)
        if behind < lengths[lane] {
            note(rules.merge(text, place, next(mask, behind), symbols[place], symbols[behind]), lane, place)
        }
        if let before = previous(mask, place) {
            note(rules.merge(text, before, behind, symbols[before], symbols[place]), lane, before)
        }
    }

    /// The first start after a place that is before the end.
    @inline(__always)
    private func next(_ mask: UInt32, _ place: Int) -> Int {
        (mask & (~1 &<< UInt32(truncatingIfNeeded: place))).trailingZeroBitCount
    }

    /// The last start before a place.
    @inline(__always)
    private func previous(_ mask: UInt32, _ place: Int) -> Int? {
        let below = mask & ((1 &<< UInt32(truncatingIfNeeded: place)) &- 1)
        return below == 0 ? nil : 31 &- below.leadingZeroBitCount
    }
}
