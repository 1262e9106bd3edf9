import CDataWallXXHash

/// XXH3-128 of bytes that arrive in pieces: the digest of a whole file.
struct StreamDigest: ~Copyable {
    // Owned by this value alone: made in `init`, freed in `deinit`, never handed out.
    private let state: OpaquePointer

    init() {
        guard let state = XXH3_createState() else { preconditionFailure("out of memory") }
        self.state = state
        XXH3_128bits_reset(state)
    }

    deinit { XXH3_freeState(state) }

    mutating func update(_ bytes: UnsafeRawBufferPointer) {
        XXH3_128bits_update(state, bytes.baseAddress, bytes.count)
    }

    func value() -> Fingerprint {
        let hash = XXH3_128bits_digest(state)
        return Fingerprint(high: hash.high64, low: hash.low64)
    }
}
