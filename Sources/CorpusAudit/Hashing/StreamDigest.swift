import CDataWallXXHash

/// XXH3-128 of bytes that arrive in pieces: the digest of a whole file.
struct StreamDigest: ~Copyable {
    // Only this value owns it: made in `init`, freed in `deinit`, never passed on.
    private let state: OpaquePointer

    init() {
        guard let state = datawall_xxh3_create() else { preconditionFailure("out of memory") }
        self.state = state
    }

    deinit { datawall_xxh3_free(state) }

    mutating func update(_ bytes: UnsafeRawBufferPointer) {
        datawall_xxh3_update(state, bytes.baseAddress, bytes.count)
    }

    func value() -> Fingerprint {
        let hash = datawall_xxh3_digest(state)
        return Fingerprint(high: hash.high, low: hash.low)
    }
}
