extension MergePass {
    /// Bytes that walking one run takes: its block, and the room the allocator keeps for it.
    ///
    /// A block whose records are not plain is read, then parted into records and rows.
    static func bytesPerRun(_ layout: RecordLayout) -> Int {
        let block = RunFile.recordsPerBlock * layout.stride
        return (layout.isPlain ? block : 2 * block) + 1_024
    }

    /// Returns runs with the same records in the partitions, as few as can be walked at once.
    func consolidate(_ runs: [Run], stop: StopSignal) throws -> [Run] {
        try fewer(runs, bytesPerRun: Self.bytesPerRun(runs.layout), count: \.recordCount) { try merge($0, stop) }
    }

    private func merge(_ runs: [Run], _ stop: StopSignal) throws -> Run {
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
        var writer = try RunWriter(creating: path, layout: layout, origins: origins, isDurable: store.isDurable)
        var cursors: [EntryCursor<UnitRecord>] = []
        for run in runs {
            cursors.append(try run.cursor(from: partitions.low, below: partitions.high, among: runs.count))
        }
        var walk = try GroupMerge(cursors, memory: memory / 8)
        cursors = []
        let rows = walk.columns
        var group: [UnitRecord] = []
        var groups = 0
        var groupRows = RecordRows(layout: layout)
        while true {
            group.removeAll(keepingCapacity: true)
            groupRows.removeAll()
            let isLast = try !walk.nextGroup { record, run in
                var record = record
                record.word = record.word & 0xFF_FFFF_FFFF | renumbered[run][record.origin] << 40
                if !layout.isPlain { record.tokens = groupRows.append(record.tokens, of: rows[run]?.columns) }
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
    /// The layout of records that can store everything these runs contain.
    var layout: RecordLayout {
        RecordLayout(
            tokenizers: first?.layout.tokenizers ?? 1, hasScores: contains { $0.layout.hasScores })
    }
}
