import TestSupport

@testable import TokenCounting

// What tests ask of the readers of vocabularies.

extension VocabularyCounter {
    /// The tokens of a text.
    func count(_ text: String) -> UInt32 { VocabularyCounterTests.counts(makeSession(), Array(text.utf8))[0] }
}

extension TemporaryFolder {
    /// The message of the error that reading a vocabulary gives, without the folder.
    func refusal(of path: String, pattern: PretokenPattern? = nil) -> String? {
        do {
            _ = try VocabularyCounter(file: path, pattern: pattern)
            return nil
        } catch {
            var text = error.description
            while let range = text.firstRange(of: self.path + "/") { text.removeSubrange(range) }
            return text
        }
    }
}
