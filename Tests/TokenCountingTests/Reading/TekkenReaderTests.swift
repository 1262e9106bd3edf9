import Testing

@testable import TokenCounting

@Suite struct TekkenReaderTests {
    @Test("A Tekken file counts, and a wrong one is refused")
    func tekken() throws {
        let folder = Folder()
        let counter = try VocabularyCounter(file: folder.write("tekken.json", Samples.tekken()))
        #expect(counter.pattern == .tekken)
        #expect(counter.count("hell") == 2)
        #expect(
            folder.refusal(of: folder.write("a.json", Samples.tekken(size: 300)))
                == "a.json:2: 300 tokens are wanted, and there are 258")
        #expect(
            folder.refusal(of: folder.write("b.json", Samples.tekken(shift: 1)))
                == "b.json:104: rank 102 stands where 101 is wanted")
        #expect(
            folder.refusal(of: folder.write("c.json", Samples.tekken(pattern: "x+")))
                == "c.json: text is cut by an unknown pattern: x+")
    }
}
