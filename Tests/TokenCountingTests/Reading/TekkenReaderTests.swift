import TestSupport
import Testing

@testable import TokenCounting

@Suite struct TekkenReaderTests {
    @Test("A Tekken file counts, and a wrong one is refused")
    func tekken() throws {
        let folder = try TemporaryFolder()
        let counter = try VocabularyCounter(file: folder.write(Samples.tekken(), to: "tekken.json"))
        #expect(counter.pattern == .tekken)
        #expect(counter.count("hell") == 2)
        #expect(
            folder.refusal(of: try folder.write(Samples.tekken(size: 300), to: "a.json"))
                == "a.json:2: 300 tokens are wanted, and there are 258")
        #expect(
            folder.refusal(of: try folder.write(Samples.tekken(shift: 1), to: "b.json"))
                == "b.json:104: rank 102 in place of 101")
        #expect(
            folder.refusal(of: try folder.write(Samples.tekken(pattern: "x+"), to: "c.json"))
                == "c.json: text is cut by an unknown pattern: x+")
    }
}
