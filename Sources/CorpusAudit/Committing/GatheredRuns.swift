/// The runs from some documents: unit records, and entries of further kinds.
struct GatheredRuns: Sendable {
    var units: [Run] = []
    var entries: [EntryRun] = []

    /// Bytes of memory that they take.
    var memoryBytes: Int {
        units.reduce(0) { $0 + $1.memoryBytes } + entries.reduce(0) { $0 + $1.memoryBytes }
    }

    static func += (left: inout GatheredRuns, right: GatheredRuns) {
        left.units += right.units
        left.entries += right.entries
    }

    /// The runs of a kind of entries.
    func entries<Entry: SpilledEntry>(of type: Entry.Type) -> [EntryRun] {
        entries.filter { $0.kind.name == Entry.kindName }
    }
}
