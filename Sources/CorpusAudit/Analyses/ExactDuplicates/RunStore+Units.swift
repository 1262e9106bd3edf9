extension RunStore {
    /// Stores records.
    ///
    /// `rows` are their rows, if they are not plain.
    func keep(
        _ records: HeldRecords, rows: RecordRows? = nil, origins: [RunOrigin], staysInMemory: Bool
    ) throws(RunError) -> Run {
        if !isDurable, staysInMemory { return .memory(records, rows: rows, origins: origins) }
        let path = try newPath()
        try RunWriter.write(try records.sorted(), rows: rows, origins: origins, to: path, isDurable: isDurable)
        return .file(try RunFile(opening: path))
    }

    /// The same runs, with none of them in memory.
    func writeOut(_ runs: GatheredRuns) throws(RunError) -> GatheredRuns {
        var written = GatheredRuns()
        for run in runs.units {
            guard case .memory(let records, let rows, let origins) = run else {
                written.units.append(run)
                continue
            }
            written.units.append(try keep(records, rows: rows, origins: origins, staysInMemory: false))
        }
        for run in runs.entries { written.entries.append(try run.written(to: self)) }
        return written
    }
}
