import Testing

@testable import TokenCounting

@Suite struct SplitterTests {
    /// The pretokens of a text by only the scan, one after the other.
    static func pretokens<Cutter: Splitter>(_ cutter: Cutter.Type, _ text: [UInt8]) -> [Int] {
        text.withUnsafeBufferPointer { bytes in
            guard let start = bytes.baseAddress else { return [] }
            let scan = TextScan(start, end: text.count, classes: UnicodeClasses.table)
            var ends: [Int] = []
            var offset = 0
            while offset < text.count {
                offset = Cutter.pretokenEnd(scan, offset)
                ends.append(offset)
            }
            return ends
        }
    }

    /// The pretokens of a text as blocks find them, and by the scan where blocks do not.
    static func blockPretokens<Cutter: Splitter>(_ cutter: Cutter.Type, _ text: [UInt8]) -> [Int] {
        let padded = text + [UInt8](repeating: 0, count: 80)
        return padded.withUnsafeBufferPointer { bytes in
            guard let start = bytes.baseAddress else { return [] }
            let scan = TextScan(start, end: text.count, classes: UnicodeClasses.table)
            var ends: [Int] = []
            var offset = 0
            while offset < text.count {
                let block = ByteBlock(
                    start + offset, length: text.count - offset, classes: UnicodeClasses.table,
                    blockLetters: Cutter.blockLetters, stopsAtControls: Cutter.stopsAtControls)
                let found = Cutter.boundaries(block)
                let starts = found.starts & found.settled & ~1
                let isWhole = block.endsText && found.settled == block.valid
                ends += (1..<64).filter { starts >> UInt64($0) & 1 == 1 }.map { $0 + offset }
                if isWhole {
                    ends.append(offset + block.count)
                    break
                }
                if starts == 0 { ends.append(Cutter.pretokenEnd(scan, offset)) }
                offset = ends[ends.count - 1]
            }
            return ends
        }
    }

    static func strings(_ ends: [Int], of text: [UInt8]) -> [String] {
        zip([0] + ends, ends).map { String(decoding: text[$0..<$1], as: UTF8.self) }
    }

    static func split(_ pattern: PretokenPattern, _ text: [UInt8], blocks: Bool) -> [Int] {
        func ends<Cutter: Splitter>(_ cutter: Cutter.Type) -> [Int] {
            blocks ? blockPretokens(cutter, text) : pretokens(cutter, text)
        }
        return switch pattern {
        case .r50k: ends(R50kSplitter.self)
        case .cl100k: ends(Cl100kSplitter<Cl100kPattern>.self)
        case .llama3: ends(Cl100kSplitter<Llama3Pattern>.self)
        case .qwen2: ends(Cl100kSplitter<Qwen2Pattern>.self)
        case .qwen35: ends(Cl100kSplitter<Qwen35Pattern>.self)
        case .o200k: ends(O200kSplitter<O200kPattern>.self)
        case .tekken: ends(O200kSplitter<TekkenPattern>.self)
        case .deepseek: ends(DeepSeekSplitter.self)
        case .starcoder: ends(StarCoderSplitter.self)
        }
    }

    @Test(
        "Texts are cut as the published patterns cut them",
        arguments: [
            (
                PretokenPattern.r50k, "I can't  wait, it's 2024!\n",
                ["I", " can", "'t", " ", " wait", ",", " it", "'s", " 2024", "!", "\n"]
            ),
            (.r50k, "CAN'T", ["CAN", "'", "T"]),
            (
                .cl100k, "I CAN'T  wait: 12345 (yes)\n\n  x\n  ",
                [
                    "I", " CAN", "'T", " ", " wait", ":", " ", "123", "45", " (", "yes", ")\n\n", " ", " x", "\n  ",
                ]
            ),
            (.llama3, "x\n  ", ["x", "\n", "  "]),
            (.qwen2, "in 2024", ["in", " ", "2", "0", "2", "4"]),
            (.qwen35, "e\u{301}t 1", ["e\u{301}t", " ", "1"]),
            (.llama3, "e\u{301}t", ["e", "\u{301}t"]),
            (
                .o200k, "HelloWorld don't's ABC中D a!\n/b",
                ["Hello", "World", " don't", "'s", " ABC中", "D", " a", "!\n/", "b"]
            ),
            (.tekken, "don't 12", ["don", "'t", " ", "1", "2"]),
            (
                .deepseek, "foo.bar  12345日本語の!é \u{1}\u{2}x",
                [
                    "foo", ".bar", "  ", "123", "45", "日本語の", "!", "é", " ", "\u{1}", "\u{2}x",
                ]
            ),
            (
                .starcoder, "it's  42 \u{16FF5}.a½\n7",
                ["it", "'s", "  ", "4", "2", " ", "\u{16FF5}", ".", "a", "½", "\n", "7"]
            ),
        ])
    func published(pattern: PretokenPattern, text: String, expected: [String]) {
        let bytes = Array(text.utf8)
        #expect(Self.strings(Self.split(pattern, bytes, blocks: false), of: bytes) == expected)
        #expect(Self.strings(Self.split(pattern, bytes, blocks: true), of: bytes) == expected)
    }

    @Test("Blocks find the pretokens that the scan finds", arguments: PretokenPattern.allCases)
    func blocks(pattern: PretokenPattern) {
        let seed = UInt64.random(in: 0 ... .max)
        var fuzzer = TextFuzzer(seed: seed)
        for _ in 0..<400 {
            let text = fuzzer.text()
            let scanned = Self.split(pattern, text, blocks: false)
            let found = Self.split(pattern, text, blocks: true)
            #expect(scanned == found, "seed \(seed): \(Self.strings(scanned, of: text))")
        }
    }

    @Test("A regular expression is recognised by its exact text")
    func recognition() {
        for pattern in PretokenPattern.allCases {
            for spelling in pattern.spellings {
                #expect(PretokenPattern(regularExpression: spelling) == pattern)
                #expect(PretokenPattern(regularExpression: spelling + " ") == nil)
            }
        }
    }
}
