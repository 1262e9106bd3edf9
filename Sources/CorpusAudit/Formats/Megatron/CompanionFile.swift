/// A file that belongs to a shard and is read with it: the index of a Megatron shard.
struct CompanionFile: Sendable, Equatable {
    /// Its path as the audit lists it.
    var path: String
    var identity: FileIdentity
    var digest: Fingerprint

    init(path: String, identity: FileIdentity, digest: Fingerprint) {
        self.path = path
        self.identity = identity
        self.digest = digest
    }

    /// Reads a file through for its digest.
    init(reading location: String, path: String, stop: StopSignal? = nil) throws(StreamFault) {
        var file = try ByteSource(path: location, stop: stop)
        let buffer = try OwnedBuffer(byteCount: 1 << 18)
        while try file.read(into: buffer.bytes) > 0 {}
        identity = try file.finalIdentity()
        digest = file.digestValue()
        self.path = path
    }
}
