public import TokenCounting

/// How an audit is made; where the text lies is the ``Corpus``'s part.
public struct AuditOptions: Sendable {
    /// What counts the tokens.
    public var tokenizer: any TokenCounter
    /// How many threads read shards.
    public var threads: Int
    /// The longest record that is read, in bytes; longer ones are reported and left out.
    public var maximumRecordBytes: Int
    /// Whether the first damage ends the audit.
    public var isStrict: Bool

    /// Creates options.
    ///
    /// - Parameters:
    ///   - tokenizer: What counts the tokens.
    ///   - threads: How many threads read shards; at least 1.
    ///   - maximumRecordBytes: The longest record that is read; by default 512 MiB.
    ///   - isStrict: Whether the first damage ends the audit.
    public init(
        tokenizer: any TokenCounter, threads: Int = 1, maximumRecordBytes: Int = 512 << 20, isStrict: Bool = false
    ) {
        self.tokenizer = tokenizer
        self.threads = max(1, threads)
        self.maximumRecordBytes = maximumRecordBytes
        self.isStrict = isStrict
    }
}
