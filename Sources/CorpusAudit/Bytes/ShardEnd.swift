/// What is known of a shard's file once it has been read to its end.
struct ShardEnd {
    var identity: FileIdentity
    /// XXH3-128 of the file's bytes.
    var digest: Fingerprint
    /// What was passed over at the end of it.
    var notes: [Note] = []

    /// Something that was passed over: what, where in the decompressed shard if known, and why it may be.
    struct Note {
        var kind: ProblemKind
        var offset: Int?
        var reason: String
    }
}
