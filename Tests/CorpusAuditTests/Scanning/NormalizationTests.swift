import Testing
import UnicodeText

@testable import CorpusAudit

@Suite struct NormalizationTests {
    private func applied(_ text: String, _ normalization: Normalization) -> String? {
        normalization.makeFolder().map { folder in
            Array(text.utf8).withUnsafeBufferPointer {
                folder.withFolded($0) { String(decoding: $0, as: UTF8.self) }
            }
        }
    }

    @Test("a name says what is done, and nothing is done without one")
    func names() {
        let text = " E\u{301} "
        #expect(applied(text, []) == nil)
        for (name, expected) in [
            ("nfc", " \u{C9} "), ("lowercase", " e\u{301} "), ("whitespace", "E\u{301}"), ("nfc+lowercase", " \u{E9} "),
            ("nfc+lowercase+whitespace", "\u{E9}"),
        ] {
            let normalization = Normalization(name: name)
            let found = normalization.flatMap { applied(text, $0) }
            #expect(found.map { Array($0.utf8) } == Array(expected.utf8), "\(name)")
            #expect(normalization?.name == name)
        }
    }
}
