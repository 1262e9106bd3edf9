/// The report of one shard: its entry among the inputs, its documents by source, its damage.
struct ShardReport: Sendable {
    /// Documents that a source has in the shard.
    struct Share: Sendable, Equatable {
        var source: ByteName
        var documents = 0
        var emptyUnits = 0
        /// Records that a condition left out; they do not count as documents.
        var filtered = 0
    }

    var shard: Shard
    /// The attempt, for a job whose documents came from memory.
    var attempt: Int?
    var identity = FileIdentity.nothing
    var digest = Fingerprint.zero
    var shares: [Share] = []
    var problems = ProblemLog()
    /// Invalid UTF-8 sequences in its texts, each counted as one U+FFFD, over all records.
    var replacedSequences = 0
    /// The file that belongs to the shard, if one does.
    var index: CompanionFile?
    /// The layout of the file, if its format has row groups.
    var layout: ShardLayout?
    /// Which part of the shard this is about, where threads share it; `nil` for the whole shard.
    var piece: ShardPiece?
    /// Commits that hold earlier parts of the shard.
    var parts = 0
    /// Whether the file existed and could be read to the end of its content.
    var wasRead = true

    /// Whether reading the shard again would give the same: it was read, or it contains nothing that can be read.
    ///
    /// Problems of the machine may be gone the next time.
    var isSettled: Bool {
        wasRead
            || !problems.counts.isEmpty && !problems.counts.keys.contains(where: \.isOfTheMachine)
                && shares.allSatisfy { $0.documents == 0 }
    }
}
