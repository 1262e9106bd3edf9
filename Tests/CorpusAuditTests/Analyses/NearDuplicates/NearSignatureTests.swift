import Testing

@testable import CorpusAudit

@Suite struct NearSignatureTests {
    private func shingles(_ text: String) -> [UInt32] {
        Array(text.utf8).withUnsafeBufferPointer { NearSignature().shingles(of: $0) }
    }

    private func minima(_ text: String, path: NearSignature.Path = .fastest) -> [UInt32]? {
        let signature = NearSignature(path: path)
        Array(text.utf8).withUnsafeBufferPointer { signature.read($0) }
        return signature.isPresent ? signature.minima : nil
    }

    @Test("Five words make a shingle, and fewer are one shingle of all")
    func words() {
        #expect(shingles("a b c d").count == 1)
        #expect(shingles("a b c d e").count == 1)
        #expect(shingles("a b c d e f g").count == 3)
        #expect(shingles("a b c d") != shingles("a b c d e"))
        #expect(shingles("A, b; (c) d -- e f").elementsEqual(shingles("a b c d e f")))
        #expect(shingles("x a b c d e").last == shingles("a b c d e").first)
        #expect(shingles("e d c b a") != shingles("a b c d e"))
    }

    @Test("Thirteen characters of a script without blanks make a shingle, and mixtures one in proportion")
    func characters() {
        let text = "天地玄黃宇宙洪荒日月盈昃辰宿列張"
        #expect(shingles(text).count == 4)
        #expect(shingles(String(text.prefix(12))).count == 1)
        #expect(shingles(String(text.prefix(13))).count == 1)
        #expect(shingles(String(text.dropFirst(2))).elementsEqual(shingles(text).dropFirst(2)))
        // Two words and eight characters weigh 66; one word needs eleven characters.
        #expect(shingles("one two " + String(text.prefix(10))).count == 1)
        #expect(shingles("one two " + String(text.prefix(11))).count == 2)
        // The last word completes the shingles of two characters at once.
        #expect(shingles(String(text.prefix(12)) + " end").count == 2)
    }

    @Test("A text without words has no signature, and a later text is not touched by an earlier one")
    func empty() {
        for text in ["", " \n", "?!… ½ 😀", "\u{301}"] {
            #expect(shingles(text).isEmpty)
            #expect(minima(text) == nil)
        }
        let signature = NearSignature()
        for text in ["one two three four five six", "...", "seven eight nine"] {
            Array(text.utf8).withUnsafeBufferPointer { signature.read($0) }
            #expect((signature.isPresent ? signature.minima : nil) == minima(text))
        }
    }

    @Test("A document of 80,000 lines, and one of a single long word, have the minima of their shingles")
    func long() {
        for text in [
            (0..<80_000).map { "line \($0 % 977) of many\n" }.joined(), String(repeating: "x", count: 1 << 20),
        ] {
            var minHash = MinHash()
            shingles(text).withUnsafeBufferPointer { minHash.insert($0) }
            #expect(minima(text) == Array(minHash.minima))
        }
    }

    // Written by Benchmarks/near/near_restatement.py, with NumPy and python-xxhash.
    @Test("Minima and band keys are those of the frozen method")
    func frozen() {
        let text = "The quick brown fox jumps over 13 lazy dogs. 天地玄黃宇宙洪荒日月盈昃 Ünïcödé at the end."
        let signature = NearSignature()
        Array(text.utf8).withUnsafeBufferPointer { signature.read($0) }
        #expect(shingles(text) == Self.frozenShingles)
        #expect(Array(signature.minima.prefix(8)) == Self.frozenMinima)
        #expect((0..<14).map(signature.key(ofBand:)) == Self.frozenKeys)
    }

    static let frozenShingles: [UInt32] = [
        0xD1B6_D85D, 0x76FC_4DD5, 0x8A7A_6DE4, 0x8059_4B57, 0x139C_92AA, 0xBC1E_461C, 0x6EDA_3946, 0x7C1F_56A0,
        0xA212_CB0B, 0x90C2_80CB, 0xB017_4D31, 0x078A_C6D2, 0xC32B_D8E3, 0x4046_03F9, 0x5E32_DD04, 0xA84A_FA41,
        0x52D9_E9B8, 0x4C8F_9C04, 0xB285_531B,
    ]
    static let frozenMinima: [UInt32] = [
        0x196E_0D76, 0x011A_9716, 0x0DF6_19B2, 0x0CC9_6942, 0x0193_AF11, 0x0EBD_ED76, 0x130A_5043, 0x0638_5A46,
    ]
    static let frozenKeys: [UInt64] = [
        0x24F9_F105_8588_55ED, 0xCE0C_1EAB_4692_B4DA, 0x068E_851A_51DD_81A9, 0xFF7C_1D79_53C5_67B3,
        0x7756_F168_E445_8AA4, 0xAB6F_2566_CBFC_3334, 0x8415_A94C_3EF8_0D7D, 0xD5C3_CCD7_DCB2_3B40,
        0x5C30_6A99_58B1_220B, 0xA963_623C_4082_C0A7, 0xE41B_4755_438C_98FB, 0xC75C_20F8_79A6_F33D,
        0xEDBB_E38F_060C_8A12, 0xE2A9_6179_BE73_8A93,
    ]
}
