/// Merges runs into fewer, when their blocks together would not fit in memory.
struct RunConsolidation {
    let memory: Int
    let store: RunStore

    /// Bytes that walking one run takes: its block, and the room the allocator keeps for it.
    static let bytesPerRun = RunFile.recordsPerBlock * RunFile.stride + 1_024

    /// How many runs can be walked at once.
    var width: Int { max(2, memory * 3 / 4 / Self.bytesPerRun) }

    /// Returns runs with the same records, at most ``width`` of them in files.
    ///
    /// Each pass reads and writes all records of the runs it merges once; two passes reach `width`² runs.
    func consolidate(_ runs: [Run]) throws(RunError) -> [Run] {
        var runs = runs
        while runs.count > width {
            var merged: [Run] = []
            for start in stride(from: 0, to: runs.count, by: width) {
                merged.append(try merge(Array(runs[start..<min(start + width, runs.count)])))
            }
            runs = merged
        }
        return runs
    }

    private func merge(_ runs: [Run]) throws(RunError) -> Run {
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
        var writer = try RunWriter(creating: path, origins: origins)
        var cursors: [RunCursor] = []
        for run in runs { cursors.append(try run.cursor(from: 0, below: nil)) }
        var walk = RunMerge(cursors)
        cursors = []
        var group: [UnitRecord] = []
        while true {
            group.removeAll(keepingCapacity: true)
            let isLast = try !walk.nextGroup { record, run in
                var record = record
                record.word = record.word & 0xFF_FFFF_FFFF | renumbered[run][record.origin] << 40
                group.append(record)
            }
            if isLast { break }
            if group.count > 1 { group.sort(by: UnitRecord.precedes) }
            for record in group { try writer.append(record) }
        }
        try writer.finish()
        return .file(try RunFile(opening: path))
    }
}
