/// Walks sorted entries in order, a block at a time.
///
/// A file is opened for each block and closed again, so that the number of files that are walked at once is not bounded by
/// the limit on open files; a block is 64,000 bytes or so, and the opening disappears next to reading it.
struct EntryCursor<Entry: SpilledEntry> {
    /// Copies entries in memory from a place on into a buffer, as many as it has room for or there are before an end, and
    /// returns how many.
    typealias Copy = (_ place: Int, _ end: Int, _ target: UnsafeMutableBufferPointer<Entry>) -> Int

    /// What is wrong with the next block of a file, though its checksum is right; `nil` where nothing is.
    ///
    /// Checksums hold what was written; what was written may still be another program's mistake, or forged.
    typealias Inspection = (_ block: [Entry], _ columns: Entry.Columns?) -> String?

    private enum Source {
        /// Entries in memory, and the places that are walked.
        case memory(Copy, from: Int, to: Int)
        case file(SortedFile, Inspection)
    }

    private let source: Source
    private var block: [Entry] = []
    private var index = 0
    private var blockEnd = 0
    /// The next block to read, and the upper bound of keys' leads.
    private var nextBlock: Int
    private let bound: UInt64?
    /// The last key of the block before.
    private var last: Entry.Key?
    /// The rows of the current entries, where they have any.
    let columns: ColumnsInHand<Entry.Columns>?

    /// The entry in hand; `nil` only at the end.
    private var entry: Entry?
    var isAtEnd: Bool { entry == nil }
    /// The entry in hand; there is one until the end.
    // Checked in debug builds; a merge asks for it only where `isAtEnd` is false.
    @inline(__always)
    var current: Entry { entry.unsafelyUnwrapped }

    /// How many entries there are where they come from, those outside the cursor's range included.
    var sourceCount: Int {
        switch source {
        case .memory(_, let first, let end): end - first
        case .file(let file, _): file.count
        }
    }

    /// Walks the entries in memory that are in some places.
    init(_ places: Range<Int>, columns: Entry.Columns? = nil, copy: @escaping Copy) {
        source = .memory(copy, from: places.lowerBound, to: places.upperBound)
        bound = nil
        self.columns = columns.map { ColumnsInHand($0) }
        nextBlock = 0
        copyBlock()
    }

    /// Walks the entries of a file whose keys' leads are in a range.
    ///
    /// `columns` are those that are behind entries, if any do, without a row.
    ///
    /// - Throws: ``RunError`` where a block is damaged, or where it holds what no scan writes.
    init(
        _ file: SortedFile, columns: Entry.Columns? = nil, from low: UInt64, below high: UInt64?,
        inspection: @escaping Inspection
    ) throws(RunError) {
        source = .file(file, inspection)
        bound = high
        self.columns = columns.map { ColumnsInHand($0) }
        nextBlock = try Self.firstBlock(of: file, notBelow: low)
        try advancePastBlock(from: low)
    }

    /// Goes on to the next entry.
    @inline(__always)
    mutating func advance() throws(RunError) { try advance(by: 1) }

    /// Copies entries from the one in hand on, up to the end of their block, whose leads are not above a bound.
    ///
    /// Returns how many there are, or for how many of them there is room.
    func copy(through last: UInt64, into target: UnsafeMutableBufferPointer<Entry>) -> Int {
        guard !isAtEnd else { return 0 }
        let end = min(blockEnd, index + target.count)
        var copied = 0
        while index + copied < end, block[index + copied].key.lead <= last {
            target[copied] = block[index + copied]
            copied += 1
        }
        return copied
    }

    /// Goes on by some entries, none of them beyond the block in hand.
    @inline(__always)
    mutating func advance(by count: Int) throws(RunError) {
        index += count
        guard index < blockEnd else { return try advancePastBlock(from: 0) }
        entry = block[index]
    }

    private mutating func end() {
        block = []
        entry = nil
    }

    // MARK: Memory

    /// Copies the next of the entries in memory, a batch so that their cache misses overlap.
    private mutating func copyBlock() {
        guard case .memory(let copy, let first, let end) = source else { return }
        let place = first + nextBlock * Self.batchSize
        guard place < end else { return self.end() }
        block = [Entry](unsafeUninitializedCapacity: Self.batchSize) { target, initialized in
            initialized = copy(place, end, UnsafeMutableBufferPointer(rebasing: target[..<Self.batchSize]))
        }
        nextBlock += 1
        index = 0
        blockEnd = block.count
        entry = block[0]
    }

    private static var batchSize: Int { 256 }

    // MARK: Files

    private mutating func advancePastBlock(from low: UInt64) throws(RunError) {
        guard case .file(let file, let inspection) = source else { return copyBlock() }
        while true {
            guard nextBlock < file.checksums.count else { return end() }
            try read(nextBlock, of: file, inspection)
            nextBlock += 1
            index = block.firstPlace(notBelow: low)
            blockEnd = bound.map { block.firstPlace(notBelow: $0) } ?? block.count
            if index < blockEnd {
                entry = block[index]
                return
            }
            if blockEnd < block.count { return end() }
        }
    }

    /// Reads a block and checks it: its checksum, its order, and that its entries are such as a scan writes.
    private mutating func read(_ number: Int, of file: SortedFile, _ inspection: Inspection) throws(RunError) {
        let count = min(file.entriesPerBlock, file.count - number * file.entriesPerBlock)
        let offset = SortedFile.headerSize + number * file.entriesPerBlock * file.stride
        try MemoryHeadroom.require(for: "merging runs")
        let handle = try SystemFile(reading: file.path)
        let isSound: Bool
        var fault: String?
        if file.stride == MemoryLayout<Entry>.stride {
            isSound = try load(count, at: offset, of: file, handle) == file.checksums[number]
        } else {
            let bytes = try handle.read(count * file.stride, at: offset)
            isSound = bytes.withUnsafeBytes { SortedFile.checksum($0) } == file.checksums[number]
            bytes.withUnsafeBytes { unpack($0, stride: file.stride, &fault) }
        }
        guard isSound else { throw .damaged(path: file.path, reason: "the checksum of its block \(number) is wrong") }
        guard isInOrder() else { throw .damaged(path: file.path, reason: "its records are not sorted") }
        if let fault = inspection(block, columns?.columns) ?? fault { throw .damaged(path: file.path, reason: fault) }
    }

    /// Reads a block that is in the file as it does in memory; returns its checksum.
    private mutating func load(
        _ count: Int, at offset: Int, of file: SortedFile, _ handle: borrowing SystemFile
    ) throws(RunError) -> UInt64 {
        var fault: RunError?
        var checksum: UInt64 = 0
        block = [Entry](unsafeUninitializedCapacity: count) { buffer, initialized in
            // The buffer may be larger than was asked for.
            let bytes = UnsafeMutableRawBufferPointer(
                rebasing: UnsafeMutableRawBufferPointer(buffer)[..<(count * file.stride)])
            do throws(RunError) {
                try handle.read(into: bytes, at: offset)
                checksum = SortedFile.checksum(UnsafeRawBufferPointer(bytes))
                initialized = count
            } catch {
                fault = error
            }
        }
        if let fault { throw fault }
        return checksum
    }

    /// Takes a block apart in which rows are behind entries, or entries are closer than in memory.
    private mutating func unpack(_ bytes: UnsafeRawBufferPointer, stride: Int, _ fault: inout String?) {
        let size = MemoryLayout<Entry>.size
        var rows = columns?.columns.emptied
        block = Swift.stride(from: 0, to: bytes.count, by: stride).map { place in
            var entry = bytes.loadUnaligned(fromByteOffset: place, as: Entry.self)
            let row = UnsafeRawBufferPointer(rebasing: bytes[place + size..<place + stride])
            if let wrong = rows?.load(&entry, from: row) { fault = fault ?? wrong }
            return entry
        }
        if let rows { columns?.columns = rows }
    }

    private mutating func isInOrder() -> Bool {
        guard var previous = last ?? block.first?.key else { return true }
        var isInOrder = true
        for entry in block {
            let key = entry.key
            if key < previous { isInOrder = false }
            previous = key
        }
        last = previous
        return isInOrder
    }

    /// The first block that may hold a lead at or above a bound: the one before the first that starts at it.
    private static func firstBlock(of file: SortedFile, notBelow low: UInt64) throws(RunError) -> Int {
        guard low > 0, file.count > 0 else { return 0 }
        let handle = try SystemFile(reading: file.path)
        var lower = 0
        var upper = file.checksums.count
        while lower < upper {
            let middle = (lower + upper) / 2
            let offset = SortedFile.headerSize + middle * file.entriesPerBlock * file.stride
            let bytes = try handle.read(MemoryLayout<Entry>.size, at: offset)
            let lead = bytes.withUnsafeBytes { $0.loadUnaligned(as: Entry.self).key.lead }
            if lead < low { lower = middle + 1 } else { upper = middle }
        }
        return max(0, lower - 1)
    }
}

extension RandomAccessCollection where Element: SpilledEntry, Index == Int {
    /// The first place of entries in order whose key's lead is not below a bound.
    func firstPlace(notBelow bound: UInt64) -> Int {
        var low = startIndex
        var high = endIndex
        while low < high {
            let middle = low + (high - low) / 2
            if self[middle].key.lead < bound { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// The rows that the entries of a cursor or a merge point into, shared with whoever walks it: its own properties are out
/// of reach while it hands out entries.
// Used by the one thread that walks it.
final class ColumnsInHand<Columns> {
    var columns: Columns

    init(_ columns: Columns) { self.columns = columns }
}
