/// Sorted records, in memory or in a file.
enum Run: Sendable {
    case memory(SortedRecords, origins: [RunOrigin])
    case file(RunFile)

    var origins: [RunOrigin] {
        switch self {
        case .memory(_, let origins): origins
        case .file(let file): file.origins
        }
    }

    /// Walks the records whose fingerprints' upper halves lie in a range.
    func cursor(from low: UInt64, below high: UInt64?) throws(RunError) -> RunCursor {
        switch self {
        case .memory(let records, _): RunCursor(records, from: low, below: high)
        case .file(let file): try RunCursor(file, from: low, below: high)
        }
    }
}
