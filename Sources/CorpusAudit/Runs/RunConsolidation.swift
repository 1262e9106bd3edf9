/// Merges runs into fewer, when their blocks together would not fit in memory.
struct RunConsolidation {
    let memory: Int
    let store: RunStore
    /// The records that merged runs need.
    var partitions = PartitionRange.all

    /// Bytes that walking one run takes: its block, and the room the allocator keeps for it.
    ///
    /// With several tokenizers a block is read, then parted into records and rows.
    static func bytesPerRun(tokenizers: Int) -> Int {
        let block = RunFile.recordsPerBlock * RunFile.stride(tokenizers)
        return (tokenizers == 1 ? block : 2 * block) + 1_024
    }

    /// Returns runs with the same records in the partitions, as few as can be walked at once.
    ///
    /// The smallest are merged, and no more than need be: a few runs too many cost a few runs' records, not all of them.
    func consolidate(_ runs: [Run], stop: StopSignal) throws -> [Run] {
        var runs = runs
        // How many runs can be walked at once.
        let width = max(2, memory * 3 / 4 / Self.bytesPerRun(tokenizers: runs.first?.tokenizerCount ?? 1))
        while runs.count > width {
            runs = runs.enumerated()
                .sorted { ($0.element.recordCount, $0.offset) < ($1.element.recordCount, $1.offset) }
                .map(\.element)
            let excess = min(width, runs.count - width + 1)
            let merged = try merge(Array(runs[..<excess]), stop)
            runs.replaceSubrange(..<excess, with: [merged])
        }
        return runs
    }

    private func merge(_ runs: [Run], _ stop: StopSignal) throws -> Run {
        guard runs.count > 1 else { return runs[0] }
        var numbers: [RunOrigin: Int] = [:]
        var origins: [RunOrigin] = []
        let renumbered = runs.map { run in
            run.origins.map { origin -> UInt64 in
                if let known = numbers[origin] { return UInt64(known) }
                numbers[origin] = origins.count
                origins.append(origin)
                return UInt64(origins.count - 1)
            }
        }
        let path = try store.newPath()
        var writer = try RunWriter(creating: path, tokenizers: runs[0].tokenizerCount, origins: origins)
        var cursors: [RunCursor] = []
        for run in runs {
            cursors.append(try run.cursor(from: partitions.low, below: partitions.high, among: runs.count))
        }
        var walk = RunMerge(cursors)
        cursors = []
        let rows = walk.rows
        var group: [UnitRecord] = []
        var groups = 0
        var groupRows = TokenRows(width: runs[0].tokenizerCount)
        while true {
            group.removeAll(keepingCapacity: true)
            groupRows.removeAll()
            let isLast = try !walk.nextGroup { record, run in
                var record = record
                record.word = record.word & 0xFF_FFFF_FFFF | renumbered[run][record.origin] << 40
                if let rows = rows[run] { record.tokens = groupRows.append(record.tokens, of: rows.rows) }
                group.append(record)
            }
            if isLast { break }
            groups += 1
            if groups % 65_536 == 0 { try stop.check() }
            if group.count > 1 { group.sort(by: UnitRecord.precedes) }
            if groupRows.width == 1 {
                for record in group { try writer.append(record) }
            } else {
                for record in group { try writer.append(record, row: record.tokens, of: groupRows) }
            }
        }
        try writer.finish()
        return .file(try RunFile(opening: path))
    }
}
