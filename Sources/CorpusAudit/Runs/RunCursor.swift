/// Walks the records of one run in order, a block at a time.
///
/// A file is opened for each block and closed again when many runs are walked at once, so that their number is not
/// bounded by the limit on open files; a block is 64,000 bytes, and the opening disappears beside reading it.
struct RunCursor {
    private enum Source {
        /// Records in memory, and the places that are walked.
        case memory(SortedRecords, from: Int, to: Int)
        case file(RunFile)
    }

    private let source: Source
    private var block: [UnitRecord]
    private var index: Int
    private var blockEnd: Int
    /// The next block to read, and the upper bound of fingerprints' upper halves.
    private var nextBlock: Int
    private let bound: UInt64?
    /// The last fingerprint of the block before.
    private var last = Fingerprint.zero
    /// What the records read so far add up to, copies counted, in bytes or tokens, and what they may.
    private var sum: UInt64 = 0
    private let sumLimit: UInt64
    /// The rows of the records in hand, where they are not plain.
    let rows: RowsInHand?

    /// The record in hand; meaningless at the end.
    private(set) var current: UnitRecord
    private(set) var isAtEnd: Bool

    private static let nothing = UnitRecord(.zero, tokens: 0, bytes: 0, origin: 0, position: 0)

    /// Walks records in memory whose fingerprints' upper halves lie in a range.
    init(_ records: SortedRecords, rows: RecordRows? = nil, from low: UInt64, below high: UInt64?) {
        sumLimit = .max
        source = .memory(
            records, from: records.firstPlace(notBelow: low),
            to: high.map { records.firstPlace(notBelow: $0) } ?? records.count)
        bound = high
        self.rows = rows.map { RowsInHand($0) }
        block = []
        index = 0
        blockEnd = 0
        nextBlock = 0
        isAtEnd = false
        current = Self.nothing
        copyBlock()
    }

    /// Walks such records of a file, which is one of `count` that are walked together.
    ///
    /// - Throws: ``RunError`` where a block is damaged, or where it holds what no scan writes.
    init(_ file: RunFile, from low: UInt64, below high: UInt64?, among count: Int = 1) throws(RunError) {
        // The sums of all of them stay below 2⁶², so that no addition overflows.
        sumLimit = 1 << 62 / UInt64(max(1, count))
        source = .file(file)
        bound = high
        rows = file.layout.isPlain ? nil : RowsInHand(RecordRows(layout: file.layout))
        block = []
        index = 0
        blockEnd = 0
        nextBlock = try Self.firstBlock(of: file, notBelow: low)
        isAtEnd = false
        current = Self.nothing
        try advancePastBlock(from: low)
    }

    /// Goes on to the next record.
    @inline(__always)
    mutating func advance() throws(RunError) {
        index += 1
        guard index < blockEnd else { return try advancePastBlock(from: 0) }
        current = block[index]
    }

    /// Copies the next records of those in memory, a batch so that their cache misses overlap.
    private mutating func copyBlock() {
        guard case .memory(let records, let first, let end) = source else { return }
        let place = first + nextBlock * Self.batchSize
        guard place < end else {
            block = []
            return isAtEnd = true
        }
        block = [UnitRecord](unsafeUninitializedCapacity: Self.batchSize) { target, initialized in
            initialized = records.copy(
                from: place, below: end, into: UnsafeMutableBufferPointer(rebasing: target[..<Self.batchSize]))
        }
        nextBlock += 1
        index = 0
        blockEnd = block.count
        current = block[0]
    }

    private static let batchSize = 256

    private mutating func advancePastBlock(from low: UInt64) throws(RunError) {
        guard case .file(let file) = source else { return copyBlock() }
        while true {
            guard nextBlock < file.checksums.count else {
                block = []
                return isAtEnd = true
            }
            try read(nextBlock, of: file)
            nextBlock += 1
            index = Self.firstIndex(in: block, notBelow: low)
            blockEnd = bound.map { Self.firstIndex(in: block, notBelow: $0) } ?? block.count
            if index < blockEnd {
                current = block[index]
                return
            }
            if blockEnd < block.count {
                block = []
                return isAtEnd = true
            }
        }
    }

    private mutating func read(_ number: Int, of file: RunFile) throws(RunError) {
        let first = number * RunFile.recordsPerBlock
        let count = min(RunFile.recordsPerBlock, file.recordCount - first)
        try MemoryHeadroom.require(for: "merging runs")
        let handle = try SystemFile(reading: file.path)
        guard file.layout.isPlain else {
            return try readWide(number, of: file, first: first, count: count, handle)
        }
        var fault: RunError?
        var isSound = false
        block = [UnitRecord](unsafeUninitializedCapacity: count) { buffer, initialized in
            let bytes = UnsafeMutableRawBufferPointer(buffer)
            let wanted = UnsafeMutableRawBufferPointer(rebasing: bytes[..<(count * file.stride)])
            do throws(RunError) {
                try handle.read(into: wanted, at: RunFile.headerSize + first * file.stride)
                isSound = RunFile.checksum(UnsafeRawBufferPointer(wanted)) == file.checksums[number]
                initialized = count
            } catch {
                fault = error
            }
        }
        if let fault { throw fault }
        try check(isSound, number, of: file, rows: nil)
    }

    /// Reads a block of records with columns behind them.
    private mutating func readWide(
        _ number: Int, of file: RunFile, first: Int, count: Int, _ handle: borrowing SystemFile
    ) throws(RunError) {
        let bytes = try handle.read(count * file.stride, at: RunFile.headerSize + first * file.stride)
        let isSound = bytes.withUnsafeBytes { RunFile.checksum($0) } == file.checksums[number]
        let layout = file.layout
        var blockRows = RecordRows(layout: layout)
        var counts: [UInt32] = []
        var isInRange = true
        block = bytes.withUnsafeBytes { bytes in
            (0..<count).map { index in
                var record = bytes.loadUnaligned(fromByteOffset: index * file.stride, as: UnitRecord.self)
                func column(_ number: Int) -> UInt64 {
                    let offset = index * layout.stride + RecordLayout.plain.stride + 8 * number
                    return bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                }
                counts.removeAll(keepingCapacity: true)
                counts.append(record.tokens)
                for number in 0..<layout.tokenizers - 1 {
                    if column(number) > UInt64(UInt32.max) { isInRange = false }
                    counts.append(UInt32(truncatingIfNeeded: column(number)))
                }
                var score = RecordRows.noScore
                if layout.hasScores { score = Double(bitPattern: column(layout.columns - 1)) }
                if score.isInfinite { isInRange = false }
                record.tokens = blockRows.append(counts, score: score)
                return record
            }
        }
        try check(isSound, number, of: file, rows: blockRows)
        guard isInRange else {
            throw .damaged(path: file.path, reason: "a record has a count beyond 32 bits, or an infinite score")
        }
        rows?.rows = blockRows
    }

    /// Checks a block: its checksum, and that its records are such as a scan writes.
    ///
    /// Checksums hold what was written; what was written may still be another program's mistake, or forged.
    private mutating func check(_ isSound: Bool, _ number: Int, of file: RunFile, rows: RecordRows?) throws(RunError) {
        guard isSound else { throw .damaged(path: file.path, reason: "the checksum of its block \(number) is wrong") }
        var isSorted = true
        var highestOrigin = 0
        var positions: UInt64 = 0
        var words: UInt64 = 0
        var fewestBytes = UInt32.max
        var previous = last
        // A record adds less than 2⁴⁸ and a block less than 2⁵⁹.
        var added: UInt64 = 0
        for record in block {
            let fingerprint = record.fingerprint
            if fingerprint < previous { isSorted = false }
            previous = fingerprint
            highestOrigin = max(highestOrigin, record.origin)
            positions |= record.position
            words |= record.word
            fewestBytes = min(fewestBytes, record.bytes)
            var tokens = record.tokens
            if let rows { tokens = (0..<file.layout.tokenizers).reduce(0) { max($0, rows[record.tokens, $1]) } }
            added += UInt64(record.copies) * UInt64(max(tokens, record.bytes))
        }
        last = previous
        guard isSorted else { throw .damaged(path: file.path, reason: "its records are not sorted") }
        guard highestOrigin < file.origins.count else {
            throw .damaged(path: file.path, reason: "a record has an origin that its footer does not name")
        }
        guard positions <= UInt64(Int.max) else {
            throw .damaged(path: file.path, reason: "a record has a position of 2⁶³ or more")
        }
        guard words & UnitRecord.reservedBits == 0 else {
            throw .damaged(path: file.path, reason: "a record has bits set that mean nothing")
        }
        guard fewestBytes > 0 else { throw .damaged(path: file.path, reason: "a record has no byte") }
        guard added <= sumLimit - sum else {
            throw .damaged(path: file.path, reason: "its records add up to more bytes or tokens than can be")
        }
        sum += added
    }

    /// The first block that may hold a fingerprint at or above a bound: the one before the first that starts at it.
    private static func firstBlock(of file: RunFile, notBelow low: UInt64) throws(RunError) -> Int {
        guard low > 0, file.recordCount > 0 else { return 0 }
        let handle = try SystemFile(reading: file.path)
        var lower = 0
        var upper = file.checksums.count
        while lower < upper {
            let middle = (lower + upper) / 2
            let offset = RunFile.headerSize + middle * RunFile.recordsPerBlock * file.stride
            let bytes = try handle.read(8, at: offset)
            let high = bytes.withUnsafeBytes { $0.loadUnaligned(as: UInt64.self) }
            if high < low { lower = middle + 1 } else { upper = middle }
        }
        return max(0, lower - 1)
    }

    private static func firstIndex(in records: [UnitRecord], notBelow bound: UInt64) -> Int {
        var low = 0
        var high = records.count
        while low < high {
            let middle = (low + high) / 2
            if records[middle].high < bound { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// The rows that a cursor's records point into, shared with whoever walks it: a cursor lies in a merge, where its
/// properties are out of reach while the merge hands out records.
// Used by the one thread that walks the cursor.
final class RowsInHand {
    fileprivate(set) var rows: RecordRows

    fileprivate init(_ rows: RecordRows) { self.rows = rows }
}
