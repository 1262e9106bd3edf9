import Testing

@testable import TokenCounting

@Suite struct CharacterSeamsTests {
    @Test("Two characters are joined where a token holds the end of one and the beginning of the other")
    func definition() {
        let seed = UInt64.random(in: 0 ... .max)
        var generator = SeededGenerator(seed: seed)
        let characters = ["é", "я", "中", "文", "字", "日", "ひ", "👍", "𝒜"].map { Array($0.utf8) }
        // Tokens cut anywhere out of texts of these.
        let tokens = (0..<60).map { _ in
            let text = (0..<3).flatMap { _ in characters.randomElement(using: &generator) ?? [] }
            let start = Int.random(in: 0..<text.count - 1, using: &generator)
            return Array(text[start...].prefix(Int.random(in: 2...5, using: &generator)))
        }
        let seams = CharacterSeams(tokens)
        func number(_ bytes: [UInt8]) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }
        // Whether the bytes at a place are the whole of a character, or as much of it as the token has.
        func ends(_ character: [UInt8], _ token: ArraySlice<UInt8>) -> Bool {
            let count = min(character.count, token.count)
            return character.suffix(count) == token.suffix(count)
        }
        func begins(_ character: [UInt8], _ token: ArraySlice<UInt8>) -> Bool {
            let count = min(character.count, token.count)
            return character.prefix(count) == token.prefix(count)
        }
        for left in characters {
            for right in characters {
                let reaches = tokens.contains { token in
                    (1..<token.count).contains { ends(left, token[..<$0]) && begins(right, token[$0...]) }
                }
                let joined = seams.areJoined(number(left), left.count, number(right), right.count)
                #expect(joined == reaches, "seed \(seed)")
            }
        }
    }
}
