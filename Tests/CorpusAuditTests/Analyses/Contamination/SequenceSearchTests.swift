import Testing
import UnicodeText

@testable import CorpusAudit

@Suite struct SequenceSearchTests {
    private static func read(_ text: [String], _ words: NormalizedWords) {
        Array(text.joined(separator: " ").utf8).withUnsafeBufferPointer { words.read($0) }
    }

    private static func index(_ items: [[String]]) -> BenchmarkIndex {
        let words = NormalizedWords()
        var builder = BenchmarkIndex.Builder(bytes: 0)
        for item in items {
            read(item, words)
            let isRoom = builder.add(words)
            #expect(isRoom)
        }
        return builder.finish(order: Array(items.indices))
    }

    private static func found(_ text: [String], _ search: borrowing SequenceSearch) throws -> [Int] {
        let words = NormalizedWords()
        read(text, words)
        var found: [Int] = []
        try search.forEachSequence(in: words) { _, word in found.append(word) }
        return found
    }

    private static func expected(_ text: [String], _ sequences: Set<[String]>) -> [Int] {
        text.indices.dropLast(7).filter { sequences.contains(Array(text[$0..<$0 + 8])) }
    }

    @Test(
        "All sequences of items are found, and nothing else", arguments: [1, 2, 3, 30, 3_000], [1, 2] as [UInt64])
    func random(vocabulary: Int, seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        // Digits would all become 0.
        let letters = Array("ghijklmnopqrstuv")
        let known = (0..<vocabulary).map { number in
            "w" + String(String(number, radix: 16).map { letters[$0.hexDigitValue ?? 0] })
        }
        func text(_ count: Int) -> [String] {
            (0..<count).map { _ in known[Int.random(in: 0..<vocabulary, using: &random)] }
        }
        let items = (0..<30).map { _ in text(Int.random(in: 0...40, using: &random)) }
        let search = SequenceSearch(Self.index(items))
        var sequences: Set<[String]> = []
        for item in items { for word in item.indices.dropLast(7) { sequences.insert(Array(item[word..<word + 8])) } }
        for length in Array(0...30) + [1_279, 1_280, 1_281, 1_282, 1_283, 1_284, 5_000] {
            var document = text(length)
            // Items at all offsets, whole and in part, also at both ends.
            while document.count + 60 < 2 * length {
                document += (items.randomElement(using: &random) ?? []).dropFirst(Int.random(in: 0...3, using: &random))
                document += text(Int.random(in: 0...9, using: &random))
            }
            #expect(try Self.found(document, search) == Self.expected(document, sequences), "\(length) words")
        }
        for item in items { #expect(try Self.found(item, search) == Array(item.indices.dropLast(7))) }
    }
}
