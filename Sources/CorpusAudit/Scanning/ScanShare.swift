/// What one worker brings home from the shards it read.
struct ScanShare: Sendable {
    /// Unit records sorted by fingerprint; their origins index `origins`.
    var records: [UnitRecord]
    var origins: [OriginTally]
    var inputs: [ScannedInput]
    var problems: ProblemLog
}
