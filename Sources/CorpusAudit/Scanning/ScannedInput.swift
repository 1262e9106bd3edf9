/// A shard that was read: what stands of it in the audit.
struct ScannedInput: Sendable {
    var shard: Int
    var bytes: Int
    var digest: Fingerprint
}
