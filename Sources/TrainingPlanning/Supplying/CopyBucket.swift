/// Distinct texts that lie in the files equally often, or nearly so.
public struct CopyBucket: Sendable, Hashable {
    /// How often each lies in the files, weighted by tokens: 1 or more.
    public var copies: Double

    /// Their tokens, each text once.
    public var uniqueTokens: Double

    /// Creates a bucket.
    public init(copies: Double, uniqueTokens: Double) {
        self.copies = copies
        self.uniqueTokens = uniqueTokens
    }

    /// Their tokens as they lie in the files.
    public var fileTokens: Double { copies * uniqueTokens }
}
