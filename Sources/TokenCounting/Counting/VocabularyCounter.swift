/// Counts a text's tokens exactly, as the tokenizer of a vocabulary file would make them, without making them.
///
/// The file is read and checked once; sessions on many threads share it.
///
/// The same rules hold for every tokenizer: the spellings of special tokens in a text are plain text, nothing is added
/// before or after it (no beginning-of-text token), and each invalid UTF-8 sequence counts as U+FFFD. Added tokens that
/// are not special are tokens at any place, as the file says. Truncation and padding are not applied.
public struct VocabularyCounter: TokenCounter {
    /// The counter's entry in the audit file: the tokenizer's name and the SHA-256 of its file.
    public let identity: TokenizerIdentity
    /// The family of tokenizers, as `cl100k` or `sentencepiece bpe`.
    public let family: String
    /// The pattern that cuts text before its bytes are merged, or `nil` if the tokenizer has no such step.
    public let pattern: PretokenPattern?
    /// The number of tokens in the vocabulary.
    public let vocabularySize: Int

    let model: ReadModel

    init(name: String, sha256: String, model: ReadModel) {
        identity = TokenizerIdentity(
            name: name, sha256: sha256, isCertified: true, isEstimate: false,
            policy: TokenizationPolicy(normalization: model.normalization))
        family = model.family
        pattern = model.pattern
        vocabularySize = model.vocabularySize
        self.model = model
    }

    /// Makes a session with its own memo.
    public func makeSession() -> any TokenCountingSession {
        model.makeSession()
    }
}
