import TokenCounting

/// Counts the tokens of several tokenizers and answers with the number of a row that holds the counts and the score.
///
/// Equal rows have one number, so records are folded by their row as plain ones are by their count, and nothing else that
/// handles records need know how many tokenizers there are. Row 0 is all zeros, without a score.
final class RowCountingSession: TokenCountingSession {
    private let session: CombinedCountingSession
    private let layout: RecordLayout
    /// The score of the document whose units are counted.
    var score: Double?
    private var rows: RecordRows
    /// An open-addressing table of row numbers plus one; 0 is empty.
    private var slots: [UInt32] = []
    /// Whether the rows have been taken, so that the next count starts afresh.
    private var wasTaken = true
    private var columns: [UInt32] = []
    /// The row that is looked for.
    private var wanted: [UInt32] = []

    init(_ counter: CombinedCounter, hasScores: Bool = false) {
        session = counter.makeSession()
        layout = RecordLayout(tokenizers: counter.counters.count, hasScores: hasScores)
        rows = RecordRows(layout: layout)
        startAfresh()
    }

    var replacedSequences: Int { session.replacedSequences }

    /// Bytes that a row takes at most, its part of the index and the room that growing takes included.
    static func bytesPerRow(_ layout: RecordLayout) -> Int { 2 * (4 * layout.rowWords + 8) }

    /// Counts each unit, and stores the number of the row with its counts and score.
    ///
    /// The rows stay until the first count after ``takeRows()``.
    func count(_ document: Span<UInt8>, unitEnds: Span<Int>, into counts: inout MutableSpan<UInt32>) {
        if wasTaken { startAfresh() }
        let units = unitEnds.count
        columns.removeAll(keepingCapacity: true)
        columns.append(contentsOf: repeatElement(0, count: units * layout.tokenizers))
        var target = columns.mutableSpan
        session.count(document, unitEnds: unitEnds, into: &target)
        let columns = columns
        for unit in 0..<units { counts[unit] = row { columns[$0 * units + unit] } }
    }

    /// The row of a unit of the document that is not counted, or whose count by the only tokenizer is known.
    func row(tokens: UInt32 = 0) -> UInt32 {
        if wasTaken { startAfresh() }
        return row { _ in tokens }
    }

    /// The row of a unit of the document that has the same counts as a known row.
    func row(like known: UInt32) -> UInt32 {
        guard layout.hasScores else { return known }
        let counts = (0..<layout.tokenizers).map { rows[known, $0] }
        return row { counts[$0] }
    }

    /// The rows so far; later counts get new rows.
    func takeRows() -> RecordRows {
        wasTaken = true
        return rows
    }

    /// Gives new rows to the units at and after a place, whose counts were made before the rows were taken.
    func carryOver(_ counts: inout [UInt32], from start: Int) {
        let old = rows
        startAfresh()
        for unit in start..<counts.count {
            let known = counts[unit]
            counts[unit] = row { old[known, $0] }
        }
    }

    private func startAfresh() {
        rows = RecordRows(layout: layout)
        slots = [UInt32](repeating: 0, count: 1 << 10)
        _ = rows.append(repeatElement(0, count: layout.tokenizers))
        place(0)
        wasTaken = false
    }

    /// The number of the row that holds some counts, given by column, and the score.
    private func row(_ count: (Int) -> UInt32) -> UInt32 {
        wanted.removeAll(keepingCapacity: true)
        for column in 0..<layout.tokenizers { wanted.append(count(column)) }
        if layout.hasScores {
            let (low, high) = RecordRows.words(of: score ?? RecordRows.noScore)
            wanted.append(low)
            wanted.append(high)
        }
        var slot = slot(of: wanted[...])
        while slots[slot] != 0 {
            let known = slots[slot] - 1
            if words(known).elementsEqual(wanted) { return known }
            slot = (slot + 1) & (slots.count - 1)
        }
        let row = rows.append(wanted[..<layout.tokenizers], score: score ?? RecordRows.noScore)
        slots[slot] = row + 1
        if rows.count * 2 > slots.count { grow() }
        return row
    }

    private func grow() {
        slots = [UInt32](repeating: 0, count: slots.count * 2)
        for row in 0..<UInt32(rows.count) { place(row) }
    }

    private func place(_ row: UInt32) {
        var slot = slot(of: words(row))
        while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = row + 1
    }

    private func words(_ row: UInt32) -> ArraySlice<UInt32> {
        rows.words[Int(row) * layout.rowWords..<(Int(row) + 1) * layout.rowWords]
    }

    /// The slot where the search for a row starts.
    private func slot(of words: ArraySlice<UInt32>) -> Int {
        var hash: UInt64 = 0
        for word in words {
            let product = (hash ^ UInt64(word) ^ 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
            hash = product.high ^ product.low
        }
        return Int(truncatingIfNeeded: hash) & (slots.count - 1)
    }
}
