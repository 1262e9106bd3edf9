import CDataWallVector

/// Walks several runs of entries together, one group of entries with the same key after the other.
///
/// Comparing the next entries of many runs costs log *k* steps for each entry, and the processor guesses half of them
/// wrong. So all entries whose leads are in one window of numbers are gathered first, from one run after the other, and
/// then sorted by dealing them out. The width of the next window follows from how many entries were in this one.
///
/// - Complexity: O(1) expected for each entry, and O(*k*) for each window of *k* runs.
struct GroupMerge<Entry: SpilledEntry>: ~Copyable {
    private var cursors: [EntryCursor<Entry>]
    /// Indices of cursors with entries left.
    private var active: [Int] = []
    /// For each run, the rows of its entries in the window, where entries have rows.
    let columns: [ColumnsInHand<Entry.Columns>?]
    private let hasColumns: Bool

    private var window: Window
    /// Entries in the window.
    private var count = 0
    /// The places of the window's order that are to be handed out next.
    private var places = 0..<0
    /// The end of the places up to which entries with the same upper bits are in order.
    private var settledEnd = 0
    /// The lowest lead of the cursors, where they have any entry left.
    private var lowestLead = UInt64.max
    /// The highest lead that an entry of the window may have.
    private var top: UInt64 = 0
    /// How far the highest lead of the next window is above its lowest.
    private var reach: UInt64 = .max

    /// Starts before the first group of all cursors.
    ///
    /// - Parameters:
    ///   - cursors: One for each run.
    ///   - memory: Bytes for the window; a group that needs more takes more.
    /// - Throws: ``RunError/machineFailed(reason:)`` where there is no memory for the window.
    init(_ cursors: consuming [EntryCursor<Entry>], memory: Int) throws(RunError) {
        columns = cursors.map { $0.columns.map { ColumnsInHand($0.columns.emptied) } }
        hasColumns = columns.contains { $0 != nil }
        let total = cursors.reduce(0) { $0 + $1.sourceCount }
        let rowBytes = 8 * (columns.lazy.compactMap { $0?.columns.width }.max() ?? 0)
        let room = max(
            Self.fewestEntries,
            min(
                memory / (Window.bytesPerEntry + rowBytes), Self.mostEntries,
                max(Self.enoughEntries, Self.enoughEntriesPerRun * cursors.count)))
        window = try Window(capacity: min(room, max(1, total)))
        if total > window.capacity {
            reach = Self.reach(Double(UInt64.max) / Double(total) * Double(window.target))
        }
        self.cursors = cursors
        for run in self.cursors.indices where !self.cursors[run].isAtEnd {
            active.append(run)
            lowestLead = min(lowestLead, self.cursors[run].current.key.lead)
        }
    }

    private static var fewestEntries: Int { 1_024 }
    /// As many as are in the nearest cache but one.
    private static var enoughEntries: Int { 1 << 14 }
    /// So many that copying them costs more than going from one run to the next.
    private static var enoughEntriesPerRun: Int { 64 }
    /// More would not be in the cache any more when they are handed out.
    private static var mostEntries: Int { 1 << 18 }

    /// Hands out all entries of the lowest key left, in any order.
    ///
    /// Returns whether there was one.
    @inline(__always)
    mutating func nextGroup(_ take: (_ entry: Entry, _ run: Int) -> Void) throws(RunError) -> Bool {
        if places.isEmpty {
            guard try gather() else { return false }
        }
        var place = places.lowerBound
        if place >= settledEnd {
            // Few entries are alike in the upper bits of their leads.
            let order = window.order
            if place + 1 < places.upperBound, order[place] >> 32 == order[place + 1] >> 32 {
                settle(from: place)
            } else {
                settledEnd = place + 1
            }
        }
        let key = window.entry(at: place).key
        repeat {
            window.prefetch(place + RecordOrder.lookahead, below: count)
            take(window.entry(at: place), window.run(at: place))
            place += 1
        } while place < settledEnd && window.entry(at: place).key == key
        places = place..<places.upperBound
        return true
    }

    /// Brings entries that are alike in the upper bits of their leads in order.
    ///
    /// Nearly all of them have one key, and then they are.
    private mutating func settle(from place: Int) {
        let order = window.order
        settledEnd = place + 2
        while settledEnd < places.upperBound, order[settledEnd] >> 32 == order[place] >> 32 { settledEnd += 1 }
        let key = window.entry(at: place).key
        guard (place + 1..<settledEnd).contains(where: { window.entry(at: $0).key != key }) else { return }
        let entries = window.entries
        var tied = UnsafeMutableBufferPointer(rebasing: order[place..<settledEnd])
        tied.sort { entries[Int($0 & 0xFFFF_FFFF)].key < entries[Int($1 & 0xFFFF_FFFF)].key }
    }

    // MARK: Windows

    /// Fills the window with the next entries and sorts them; returns whether there are any.
    private mutating func gather() throws(RunError) -> Bool {
        var low = lowestLead
        if places.upperBound < count {
            // Entries above the last window's bound that were gathered before it was lowered.
            low = min(low, keepLeft())
        } else {
            guard !active.isEmpty else { return false }
            count = 0
            top = 0
            if hasColumns { for rows in columns { rows.map { $0.columns = $0.columns.emptied } } }
        }
        top = max(top, low + min(reach, UInt64.max - low))
        let shift = UInt64(max(0, 32 - (top - low).leadingZeroBitCount))
        // Leads that are alike in their upper bits are never parted, for they are not in order yet.
        let lowerBits: UInt64 = 1 << shift - 1
        var last = low + min(reach | lowerBits, UInt64.max - low)
        top = max(top, last)
        window.setKeys(0..<count, low: low, shift: shift)

        lowestLead = .max
        var left = 0
        for position in active.indices {
            let run = active[position]
            while true {
                let copied = cursors[run].copy(through: last, into: window.free(from: count))
                takeRows(count..<count + copied, of: run)
                window.setKeys(count..<count + copied, low: low, shift: shift)
                count += copied
                try cursors[run].advance(by: copied)
                guard !cursors[run].isAtEnd else { break }
                let lead = cursors[run].current.key.lead
                guard lead <= last else {
                    lowestLead = min(lowestLead, lead)
                    active[left] = run
                    left += 1
                    break
                }
                // A full window gets a lower bound, and what was gathered above it waits for the next window.
                guard count == window.capacity else { continue }
                let half = (last - low) / 2 | lowerBits
                if half < last - low { last = low + half } else { try window.grow(count) }
            }
        }
        active.removeLast(active.count - left)
        if cursors.count > 1 { window.sort(count) }
        let end = last == top ? count : window.firstPlace(above: last, count)
        places = 0..<end
        settledEnd = 0
        reach = Self.reach((Double(last - low) + 1) * min(8, Double(window.target) / Double(count)))
        return true
    }

    private static func reach(_ width: Double) -> UInt64 { UInt64(exactly: width.rounded(.down)) ?? .max }

    /// Moves the entries that were not handed out to the front of the window; returns their lowest lead.
    private mutating func keepLeft() -> UInt64 {
        // In the order of their numbers, so that none moves onto one that is yet to move.
        let numbers = window.order[places.upperBound..<count].map { Int($0 & 0xFFFF_FFFF) }.sorted()
        var rows = hasColumns ? columns.map { $0?.columns.emptied } : []
        var lowest = UInt64.max
        for (target, number) in numbers.enumerated() {
            lowest = min(lowest, window.entries[number].key.lead)
            let run = Int(window.runs[number])
            var entry = window.entries[number]
            if let known = columns[run] { rows[run]?.take(&entry, from: known.columns) }
            window.entries[target] = entry
            window.runs[target] = window.runs[number]
        }
        for (known, rows) in zip(columns, rows) { if let rows { known?.columns = rows } }
        count = numbers.count
        return lowest
    }

    /// Notes the run of some entries of the window, and takes over the rows that they have in its block.
    private func takeRows(_ places: Range<Int>, of run: Int) {
        window.runs[places].update(repeating: UInt32(run))
        guard let rows = columns[run], let block = cursors[run].columns else { return }
        // By value: the compiler of Swift 6.3 cannot build the address of an entry here for the thread sanitizer.
        for place in places {
            var entry = window.entries[place]
            rows.columns.take(&entry, from: block.columns)
            window.entries[place] = entry
        }
    }

    /// Entries in one window of leads, in the order in which they came, and their order by lead.
    private struct Window: ~Copyable {
        let capacity: Int
        private let entryMemory: MappedMemory
        private let runMemory: MappedMemory
        private let orderMemory: MappedMemory
        /// What sorting takes besides.
        private let room: MappedMemory

        static var bytesPerEntry: Int { MemoryLayout<Entry>.stride + 4 + RecordOrder.roomPerRecord }

        /// How many entries should come at once, so that some more still have room.
        var target: Int { max(1, capacity / 4 * 3) }

        init(capacity: Int) throws(RunError) {
            let stride = MemoryLayout<UInt64>.stride
            guard MemoryHeadroom.isLeft(),
                let entries = MappedMemory(byteCount: capacity * MemoryLayout<Entry>.stride),
                let runs = MappedMemory(byteCount: capacity * MemoryLayout<UInt32>.stride),
                let order = MappedMemory(byteCount: capacity * stride),
                let room = MappedMemory(byteCount: capacity * stride)
            else { throw .outOfMemory("merging runs") }
            self.capacity = capacity
            entryMemory = entries
            runMemory = runs
            orderMemory = order
            self.room = room
        }

        // Each lies in a mapping of its own that this value holds, which has room for `capacity` of them and starts at
        // a page, so that all are aligned. The system fills mappings with zeros and all three are trivial types, so any
        // place may be read.
        var entries: UnsafeMutableBufferPointer<Entry> { entryMemory.bytes.bindMemory(to: Entry.self) }
        var runs: UnsafeMutableBufferPointer<UInt32> { runMemory.bytes.bindMemory(to: UInt32.self) }
        /// The upper bits of each entry's lead above the window's lowest and, below them, its number in the window.
        var order: UnsafeMutableBufferPointer<UInt64> { orderMemory.bytes.bindMemory(to: UInt64.self) }

        @inline(__always)
        func entry(at place: Int) -> Entry { entries[Int(order[place] & 0xFFFF_FFFF)] }

        @inline(__always)
        func run(at place: Int) -> Int { Int(runs[Int(order[place] & 0xFFFF_FFFF)]) }

        /// Asks for the entry in a place ahead, which will be read soon.
        @inline(__always)
        func prefetch(_ place: Int, below end: Int) {
            guard place < end else { return }
            let number = Int(order[place] & 0xFFFF_FFFF)
            let entry = UnsafeRawPointer(entries.baseAddress.unsafelyUnwrapped + number)
            datawall_prefetch(entry)
            // It may lie across two cache lines.
            datawall_prefetch(entry + (MemoryLayout<Entry>.size - 1))
            datawall_prefetch(runs.baseAddress.unsafelyUnwrapped + number)
        }

        func free(from place: Int) -> UnsafeMutableBufferPointer<Entry> {
            UnsafeMutableBufferPointer(rebasing: entries[place..<capacity])
        }

        func setKeys(_ numbers: Range<Int>, low: UInt64, shift: UInt64) {
            let entries = entries
            let order = order
            for number in numbers {
                order[number] = ((entries[number].key.lead - low) >> shift) << 32 | UInt64(number)
            }
        }

        func sort(_ count: Int) {
            RecordOrder.sort(
                UnsafeMutableBufferPointer(rebasing: order[..<count]), with: room.bytes.bindMemory(to: UInt64.self))
        }

        /// The first place of the order with a lead above a bound, which parts no leads that are alike in their upper bits.
        func firstPlace(above bound: UInt64, _ count: Int) -> Int {
            var low = 0
            var high = count
            while low < high {
                let middle = (low + high) / 2
                if entry(at: middle).key.lead > bound { high = middle } else { low = middle + 1 }
            }
            return low
        }

        /// Doubles the room, keeping the first entries.
        mutating func grow(_ count: Int) throws(RunError) {
            let larger = try Window(capacity: capacity * 2)
            _ = larger.entries.update(fromContentsOf: entries[..<count])
            _ = larger.runs.update(fromContentsOf: runs[..<count])
            _ = larger.order.update(fromContentsOf: order[..<count])
            self = larger
        }
    }
}
