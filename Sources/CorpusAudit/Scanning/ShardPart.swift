/// The part of a shard that has been read, up to the end of a record, with its documents and damage.
struct ShardPart: Sendable {
    /// Documents and damage since the shard's start; the digest is not known yet.
    var report: ShardReport
    /// Records read.
    var records: Int
    /// The start of the next record, in decompressed bytes.
    var offset: Int
}

extension ShardPart {
    /// Shards whose commits lack an earlier part, have one twice, or have pieces that contradict each other.
    static func torn(in commits: [RunCommit]) -> [ByteName] {
        var numbers: [ByteName: [Int]] = [:]
        for report in commits.flatMap(\.inOrder) {
            numbers[ByteName(report.shard.path), default: []].append(report.parts)
        }
        let pieces = Dictionary(grouping: commits.flatMap(\.pieces)) { ByteName($0.shard.path) }
        let contradictory = pieces.filter { name, pieces in
            numbers[name] != nil || ShardPiece.contradict(pieces.compactMap(\.piece))
        }
        let torn = numbers.filter { $0.value.sorted() != Array(0..<$0.value.count) }
        return Set(torn.keys).union(contradictory.keys).sorted()
    }

    /// The last parts of the shards whose end no commit holds.
    static func unfinished(in commits: [RunCommit]) -> [ByteName: ShardPart] {
        var parts: [ByteName: ShardPart] = [:]
        for part in commits.compactMap(\.part) {
            let name = ByteName(part.report.shard.path)
            if part.report.parts >= parts[name]?.report.parts ?? 0 { parts[name] = part }
        }
        for report in commits.flatMap(\.reports) { parts[ByteName(report.shard.path)] = nil }
        return parts
    }
}
