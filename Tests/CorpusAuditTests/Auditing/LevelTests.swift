import OrderedJSON
import TestSupport
import Testing
import TokenCounting

@testable import CorpusAudit

@Suite struct LevelTests {
    private func units(_ text: String, _ level: Audit.Level) -> [String] {
        texts(Array(text.utf8), level).map { String(decoding: $0.text, as: UTF8.self) }
    }

    /// The texts of the units and where each ends.
    private func texts(_ bytes: [UInt8], _ level: Audit.Level) -> [(text: [UInt8], end: Int)] {
        bytes.withUnsafeBufferPointer { buffer in
            var splitter = UnitSplitter(level: level)
            // What was split before is forgotten.
            splitter.split(buffer)
            splitter.split(buffer)
            var start = 0
            return splitter.ends.map { end in
                defer { start = end }
                return (Array(splitter.text(from: start, to: end, of: buffer)), end)
            }
        }
    }

    @Test(
        "lines end at line feeds, paragraphs at runs of them",
        arguments: [
            ("a\nb", ["a", "b"], ["a\nb"]), ("a\n", ["a"], ["a"]),
            ("a\n\nb\n\n\n", ["a", "", "b", "", ""], ["a", "b"]),
            ("\n", [""], [""]), ("", [""], [""]), ("a\r\nb", ["a", "b"], ["a\r\nb"]),
            // Line ends of either kind, and a mixture of them.
            ("a\r\n", ["a"], ["a"]), ("a\r\n\r\nb\r\n", ["a", "", "b"], ["a", "b"]),
            ("a\n\r\nb", ["a", "", "b"], ["a", "b"]), ("a\r\n\nb", ["a", "", "b"], ["a", "b"]),
            // A blank line at the start ends a paragraph without text.
            ("\na", ["", "a"], ["", "a"]), ("\r\na", ["", "a"], ["", "a"]),
            // A carriage return elsewhere is text, and so is a blank: neither makes a line blank.
            ("a\rb", ["a\rb"], ["a\rb"]), ("a\r", ["a\r"], ["a\r"]), ("a\r\r\nb", ["a\r", "b"], ["a\r\r\nb"]),
            ("a\n\r\r\nb", ["a", "\r", "b"], ["a\n\r\r\nb"]), ("a\n \nb", ["a", " ", "b"], ["a\n \nb"]),
        ] as [(String, [String], [String])])
    func splitting(text: String, lines: [String], paragraphs: [String]) {
        #expect(units(text, .line) == lines)
        #expect(units(text, .paragraph) == paragraphs)
    }

    @Test("documents of any length are cut as a byte at a time would cut them", arguments: 0..<40 as Range<UInt64>)
    func splittingAtRandom(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<(isSoak ? 25_000 : 1) {
            let bytes = (0..<Int.random(in: 0...400, using: &random)).map { _ in
                Array("xxxxx\r\r\n\n\n".utf8).randomElement(using: &random) ?? 0
            }
            for level in [Audit.Level.line, .paragraph] {
                let (texts, ends) = level == .line ? Self.lines(bytes) : Self.paragraphs(bytes)
                let found = self.texts(bytes, level)
                #expect(found.map(\.text) == texts.map { Array(bytes[$0]) }, "seed \(seed), \(level)")
                #expect(found.map(\.end) == ends, "seed \(seed), \(level)")
            }
        }
    }

    /// The texts of lines and where each line ends, a byte at a time.
    private static func lines(_ bytes: [UInt8]) -> (texts: [Range<Int>], ends: [Int]) {
        var texts: [Range<Int>] = []
        var ends: [Int] = []
        var start = 0
        for place in bytes.indices where bytes[place] == UInt8(ascii: "\n") {
            let isCRLF = place > start && bytes[place - 1] == UInt8(ascii: "\r")
            texts.append(start..<(isCRLF ? place - 1 : place))
            ends.append(place + 1)
            start = place + 1
        }
        if start < bytes.count || bytes.isEmpty {
            texts.append(start..<bytes.count)
            ends.append(bytes.count)
        }
        return (texts, ends)
    }

    /// Paragraphs, from lines: blank ones end the lines before them.
    private static func paragraphs(_ bytes: [UInt8]) -> (texts: [Range<Int>], ends: [Int]) {
        let (lines, lineEnds) = lines(bytes)
        var texts: [Range<Int>] = []
        var ends: [Int] = []
        var text: Range<Int>?
        for (place, line) in lines.enumerated() {
            let isBlank = line.isEmpty && lineEnds[place] > line.lowerBound
            if isBlank, place > 0, text == nil {
                ends[ends.count - 1] = lineEnds[place]
            } else if isBlank {
                texts.append(text ?? line)
                ends.append(lineEnds[place])
                text = nil
            } else {
                text = (text?.lowerBound ?? line.lowerBound)..<line.upperBound
            }
        }
        if let text {
            texts.append(text)
            ends.append(bytes.count)
        }
        return (texts, ends)
    }

    @Test(
        "an audit is the same, byte for byte, from one run in memory, from several, spilled and through a state folder",
        arguments: [Audit.Level.document, .paragraph, .line], [1, 2])
    func waysThroughMemory(level: Audit.Level, tokenizers: Int) async throws {
        let small = try SmallCorpus(seed: 3)
        let corpus = try small.corpus()
        var options = try small.options(level: level, threads: 1)
        options.topCopies = 20
        if tokenizers == 2 { options.furtherTokenizers = [try ByteRatioCounter(bytesPerToken: 3.5)] }
        var files = [try await Auditor(options: options).audit(corpus).json.fileText()]
        for (threads, memory) in [(2, 2 << 30), (5, 2 << 30), (1, 100 << 10), (2, 200 << 10)] {
            options.threads = threads
            options.memory = memory
            files.append(try await Auditor(options: options).audit(corpus).json.fileText())
        }
        let state = try TemporaryFolder()
        files.append(try await Auditor(options: options).audit(corpus, state: state.path).json.fileText())
        #expect(Set(files).count == 1)

        // One shard, summed by more threads than read it.
        let shard = try small.corpus([corpus.shards[0].location])
        options.threads = 1
        let alone = try await Auditor(options: options).audit(shard).json.fileText()
        options.threads = 4
        #expect(try await Auditor(options: options).audit(shard).json.fileText() == alone)
    }

    @Test("lines are counted with their line feed, fingerprinted without it; empty ones are no unique unit")
    func lines() async throws {
        let folder = try TemporaryFolder()
        try folder.write(#"{"text": "one\n\ntwo\none"}"# + "\n" + #"{"text": "two"}"#, to: "s/1.jsonl")
        var options = AuditOptions(tokenizer: try ByteRatioCounter(bytesPerToken: 1))
        options.level = .line
        let audit = try await Auditor(options: options).audit(try Corpus(paths: [folder.path]))
        #expect(audit.totals.documents == 2)
        #expect(audit.totals.units == 5)
        #expect(audit.totals.emptyUnits == 1)
        #expect(audit.totals.uniqueUnits == 2)
        #expect(audit.totals.bytes == 12)
        // An estimate takes the bytes that the audit counts.
        #expect(audit.totals.tokens == 12)
        #expect(audit.totals.uniqueTokens == 6)
        // A counter sees lines with their line ends: "one\n" and "two\n" have one each.
        options.tokenizer = ByteKindCounter("feeds", counting: 0x0A)
        let counted = try await Auditor(options: options).audit(try Corpus(paths: [folder.path]))
        #expect(counted.totals.tokens == 6)
        #expect(counted.totals.uniqueTokens == 4)
    }

    @Test("normalization decides what is the same, not what is counted")
    func normalization() async throws {
        let folder = try TemporaryFolder()
        try folder.write("{\"text\": \"Ä  b\"}\n{\"text\": \"a\u{308} B \"}\n", to: "s/1.jsonl")
        var options = AuditOptions(tokenizer: try ByteRatioCounter(bytesPerToken: 1))
        var audit = try await Auditor(options: options).audit(try Corpus(paths: [folder.path]))
        #expect(audit.totals.uniqueUnits == 2)
        options.normalization = [.nfc, .lowercase, .whitespace]
        audit = try await Auditor(options: options).audit(try Corpus(paths: [folder.path]))
        #expect(audit.totals.uniqueUnits == 1)
        #expect(audit.totals.bytes == 11)
        #expect(audit.options.normalization == "nfc+lowercase+whitespace")
    }
}
