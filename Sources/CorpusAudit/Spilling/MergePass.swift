/// Merges runs into fewer, where their blocks together would not fit in memory.
struct MergePass {
    let memory: Int
    /// Where merged runs go.
    let store: RunStore
    /// The entries that merged runs need.
    var partitions = PartitionRange.all

    /// Returns runs with the same entries in the partitions, as few as can be walked at once.
    ///
    /// Throws ``RunError`` where a run is damaged or cannot be written, and `CancellationError` where the signal is
    /// requested.
    func consolidate<Entry: SpilledEntry>(
        _ runs: [EntryRun], of type: Entry.Type, stop: StopSignal
    ) throws -> [EntryRun] {
        try fewer(runs, bytesPerRun: EntryRun.bytesPerRun(Entry.kind), count: \.count) { runs in
            let path = try store.newPath()
            var writer = try EntryRun.writer(of: Entry.self, creating: path, isDurable: store.isDurable)
            try walk(runs, stop: stop) { (entry: Entry) in try writer.append(entry) }
            try writer.finish()
            return try EntryRun(opening: path, kind: Entry.kind)
        }
    }

    /// Hands out all entries of the partitions in order, in passes where they are in too many runs.
    func merge<Entry: SpilledEntry>(_ runs: [EntryRun], stop: StopSignal, _ take: (Entry) throws -> Void) throws {
        try walk(try consolidate(runs, of: Entry.self, stop: stop), stop: stop, take)
    }

    private func walk<Entry: SpilledEntry>(
        _ runs: [EntryRun], stop: StopSignal, _ take: (Entry) throws -> Void
    ) throws {
        var cursors: [EntryCursor<Entry>] = []
        for run in runs {
            cursors.append(try run.cursor(of: Entry.self, from: partitions.low, below: partitions.high))
        }
        var merge = KWayMerge(cursors)
        cursors = []
        var entries = 0
        while let entry = try merge.next() {
            try take(entry)
            entries += 1
            if entries % 65_536 == 0 { try stop.check() }
        }
    }

    /// Merges the smallest of some runs, and no more than need be, until all can be walked at once.
    ///
    /// A few runs too many cost a few runs' entries, not all of them.
    func fewer<Run>(
        _ runs: [Run], bytesPerRun: Int, count: (Run) -> Int, merge: ([Run]) throws -> Run
    ) rethrows -> [Run] {
        var runs = runs
        // How many runs can be walked at once.
        let width = max(2, memory * 3 / 4 / bytesPerRun)
        while runs.count > width {
            runs = runs.enumerated()
                .sorted { (count($0.element), $0.offset) < (count($1.element), $1.offset) }
                .map(\.element)
            let excess = min(width, runs.count - width + 1)
            let merged = try merge(Array(runs[..<excess]))
            runs.replaceSubrange(..<excess, with: [merged])
        }
        return runs
    }
}
