extension VocabularyCounter {
    /// Reads a vocabulary file, whose format is recognised by its content.
    ///
    /// - Parameters:
    ///   - path: A tiktoken rank file.
    ///   - pattern: How text is cut, for files that do not say so and are not known by their digest.
    ///   - name: A name for what is printed; by default that of a known file, else the file's.
    /// - Throws: ``TokenCountingError`` naming the file, and the line where the format has lines, for anything that
    ///   would make a count wrong.
    public init(
        file path: String, pattern: PretokenPattern? = nil, name: String? = nil
    ) throws(TokenCountingError) {
        let (bytes, _) = try FileBytes.read(path)
        let digest = SHA256.hexDigest(of: bytes)
        let known = KnownVocabulary.named(by: digest)
        let (tokens, ranks) = try RankFileReader.read(bytes, path: path, allowsGaps: known != nil)
        guard let pattern = known?.pattern ?? pattern else {
            throw .unsupportedTokenizer(
                path: path,
                reason: "a rank file does not say how text is cut, and this one is none that is known by its digest: "
                    + "name its pattern, one of "
                    + PretokenPattern.allCases.map(\.rawValue).joined(separator: ", "))
        }
        self.init(
            name: name ?? known?.name ?? path, sha256: digest,
            model: TokenizerModel(
                pattern: pattern, merging: .ranks(TokenTable(tokens: tokens, numbers: ranks)),
                vocabularySize: tokens.count, composes: known?.composes ?? false))
    }
}
