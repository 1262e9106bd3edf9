import TokenCounting

/// Counts the tokens of several tokenizers and answers with the number of a row that holds the counts.
///
/// Equal counts have one row, so records are folded by their row as they are by their count where there is one
/// tokenizer, and nothing else that handles records need know how many there are. Row 0 is all zeros.
final class RowCountingSession: TokenCountingSession {
    private let session: CombinedCountingSession
    private let width: Int
    private var rows: TokenRows
    /// An open-addressing table of row numbers plus one; 0 is empty.
    private var slots: [UInt32] = []
    /// Whether the rows have been taken, so that the next count starts afresh.
    private var wasTaken = true
    private var columns: [UInt32] = []

    init(_ counter: CombinedCounter) {
        session = counter.makeSession()
        width = counter.counters.count
        rows = TokenRows(width: width)
        startAfresh()
    }

    var replacedSequences: Int { session.replacedSequences }

    /// Bytes that a row takes at most, its share of the index and the room that growing takes included.
    static func bytesPerRow(_ width: Int) -> Int { 2 * (4 * width + 8) }

    /// Receives the number of a row for each unit.
    ///
    /// Rows hold until the first count after ``takeRows()``.
    func count(_ document: Span<UInt8>, unitEnds: Span<Int>, into counts: inout MutableSpan<UInt32>) {
        if wasTaken { startAfresh() }
        let units = unitEnds.count
        columns.removeAll(keepingCapacity: true)
        columns.append(contentsOf: repeatElement(0, count: units * width))
        var target = columns.mutableSpan
        session.count(document, unitEnds: unitEnds, into: &target)
        let columns = columns
        for unit in 0..<units { counts[unit] = row { columns[$0 * units + unit] } }
    }

    /// The rows so far; what is counted from now on has rows of its own.
    func takeRows() -> TokenRows {
        wasTaken = true
        return rows
    }

    /// Gives the units from a place on, counted before the rows were taken, rows among the new ones.
    func carryOver(_ counts: inout [UInt32], from start: Int) {
        let old = rows
        startAfresh()
        for unit in start..<counts.count {
            let known = counts[unit]
            counts[unit] = row { old[known, $0] }
        }
    }

    private func startAfresh() {
        rows = TokenRows(width: width, counts: [UInt32](repeating: 0, count: width))
        slots = [UInt32](repeating: 0, count: 1 << 10)
        place(0)
        wasTaken = false
    }

    /// The number of the row that holds some counts, given by column.
    private func row(_ count: (Int) -> UInt32) -> UInt32 {
        var hash: UInt64 = 0
        for column in 0..<width { hash = Self.mix(hash, count(column)) }
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] != 0 {
            let known = slots[slot] - 1
            if (0..<width).allSatisfy({ rows[known, $0] == count($0) }) { return known }
            slot = (slot + 1) & (slots.count - 1)
        }
        let row = rows.append((0..<width).map(count))
        slots[slot] = row + 1
        if rows.count * 2 > slots.count { grow() }
        return row
    }

    private func grow() {
        slots = [UInt32](repeating: 0, count: slots.count * 2)
        for row in 0..<UInt32(rows.count) { place(row) }
    }

    private func place(_ row: UInt32) {
        var hash: UInt64 = 0
        for column in 0..<width { hash = Self.mix(hash, rows[row, column]) }
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = row + 1
    }

    @inline(__always)
    private static func mix(_ hash: UInt64, _ count: UInt32) -> UInt64 {
        let product = (hash ^ UInt64(count) ^ 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
        return product.high ^ product.low
    }
}
