/// Which units of a corpus are a sample of it: those whose fingerprints are the lowest.
///
/// A fingerprint is as good as random and depends on only the text, so the same distinct texts are drawn whatever the
/// files, the threads and the parts a corpus is scanned in, and all copies of a text with it. In runs, which are
/// sorted by fingerprint, the sample is first.
struct SampleShare: Sendable, Hashable {
    /// The share of distinct texts, above 0 and below 1.
    let value: Double
    /// The upper halves of sampled fingerprints are below this.
    let bound: UInt64

    init(_ value: Double) {
        precondition(value > 0 && value < 1, "a sample's share is between 0 and 1")
        self.value = value
        // As in `TokenRatioSample.includes`: the upper 53 bits as a fraction are below the share.
        bound = UInt64((value * 0x1p53).rounded(.up)) << 11
    }

    @inline(__always)
    func holds(_ fingerprint: Fingerprint) -> Bool { fingerprint.high < bound }
}
