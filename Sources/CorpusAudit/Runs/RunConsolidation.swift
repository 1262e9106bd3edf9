/// Merges runs into fewer, when their blocks together would not fit in memory.
struct RunConsolidation {
    let memory: Int
    let store: RunStore
    /// The records that merged runs need.
    var partitions = PartitionRange.all

    /// Bytes that walking one run takes: its block, and the room the allocator keeps for it.
    ///
    /// A block whose records are not plain is read, then parted into records and rows.
    static func bytesPerRun(_ layout: RecordLayout) -> Int {
        let block = RunFile.recordsPerBlock * layout.stride
        return (layout.isPlain ? block : 2 * block) + 1_024
    }

    /// Returns runs with the same records in the partitions, as few as can be walked at once.
    ///
    /// The smallest are merged, and no more than need be: a few runs too many cost a few runs' records, not all of them.
    func consolidate(_ runs: [Run], stop: StopSignal) throws -> [Run] {
        var runs = runs
        // How many runs can be walked at once.
        let width = max(2, memory * 3 / 4 / Self.bytesPerRun(runs.layout))
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
        let layout = runs.layout
        var writer = try RunWriter(creating: path, layout: layout, origins: origins)
        var cursors: [RunCursor] = []
        for run in runs {
            cursors.append(try run.cursor(from: partitions.low, below: partitions.high, among: runs.count))
        }
        var walk = RunMerge(cursors)
        cursors = []
        let rows = walk.rows
        var group: [UnitRecord] = []
        var groups = 0
        var groupRows = RecordRows(layout: layout)
        while true {
            group.removeAll(keepingCapacity: true)
            groupRows.removeAll()
            let isLast = try !walk.nextGroup { record, run in
                var record = record
                record.word = record.word & 0xFF_FFFF_FFFF | renumbered[run][record.origin] << 40
                if !layout.isPlain { record.tokens = groupRows.append(record.tokens, of: rows[run]?.rows) }
                group.append(record)
            }
            if isLast { break }
            groups += 1
            if groups % 65_536 == 0 { try stop.check() }
            if group.count > 1 { group.sort(by: UnitRecord.precedes) }
            if layout.isPlain {
                for record in group { try writer.append(record) }
            } else {
                for record in group { try writer.append(record, of: groupRows) }
            }
        }
        try writer.finish()
        return .file(try RunFile(opening: path))
    }
}

extension [Run] {
    /// What records must hold for all that these runs have.
    var layout: RecordLayout {
        RecordLayout(
            tokenizers: first?.layout.tokenizers ?? 1, hasScores: contains { $0.layout.hasScores })
    }
}
