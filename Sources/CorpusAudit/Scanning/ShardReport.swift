/// What became of one shard: its place among the inputs, its documents by source, its damage.
struct ShardReport: Sendable {
    /// Documents that a source has in the shard.
    struct Share: Sendable, Equatable {
        var source: ByteName
        var documents = 0
        var emptyUnits = 0
        /// Records that a condition left out; they are no documents.
        var filtered = 0
    }

    var shard: Shard
    /// The attempt, where it is a job whose documents came from memory.
    var attempt: Int?
    var identity = FileIdentity.nothing
    var digest = Fingerprint.zero
    var shares: [Share] = []
    var problems = ProblemLog()
    /// Sequences of its texts that were not UTF-8, each taken for one U+FFFD, every record counted.
    var replacedSequences = 0
    /// The file that belongs to the shard, if one does.
    var index: CompanionFile?
    /// What the file is made of, where its format has row groups.
    var layout: ShardLayout?
    /// Which part of the shard this is about, where threads share it; `nil` for the whole shard.
    var piece: ShardPiece?
    /// Commits that hold earlier parts of the shard.
    var parts = 0
    /// Whether the file was there and could be read to the end of what it holds.
    var wasRead = true

    /// Whether reading the shard again would find the same: it was read, or it holds nothing that can be read.
    ///
    /// What the machine caused may be gone the next time.
    var isSettled: Bool {
        wasRead
            || !problems.counts.isEmpty && !problems.counts.keys.contains(where: \.isOfTheMachine)
                && shares.allSatisfy { $0.documents == 0 }
    }
}
