import CDataWallVector
import Testing
import UnicodeText

@testable import CorpusAudit

@Suite struct BenchmarkIndexTests {
    /// An index of items, and the words of each.
    private static func index(_ items: [[String]], order: [Int]? = nil) -> BenchmarkIndex {
        let words = NormalizedWords()
        let bytes = items.reduce(0) { $0 + $1.reduce(0) { $0 + $1.utf8.count + 1 } }
        var builder = BenchmarkIndex.Builder(bytes: bytes)
        for item in items {
            Array(item.joined(separator: " ").utf8).withUnsafeBufferPointer { words.read($0) }
            let isRoom = builder.add(words)
            #expect(isRoom)
        }
        return builder.finish(order: order ?? Array(items.indices))
    }

    private static func hash(_ words: ArraySlice<String>) -> UInt64 {
        Array(words.joined(separator: " ").utf8).withUnsafeBufferPointer { bytes in
            bytes.baseAddress.map { BenchmarkIndex.hash($0, bytes.count) } ?? 0
        }
    }

    private static func mayContainPart(_ words: ArraySlice<String>, _ index: BenchmarkIndex) -> Bool {
        // With a blank behind the last word.
        Array((words.joined(separator: " ") + " ").utf8).withUnsafeBufferPointer { bytes in
            bytes.baseAddress.map { mayContain(datawall_part_hash($0, bytes.count - 1), index) } ?? false
        }
    }

    private static func mayContain(_ hash: UInt64, _ index: BenchmarkIndex) -> Bool {
        index.filter.mayContain(hash)
    }

    private static func items(_ count: Int, words: ClosedRange<Int>, vocabulary: Int, seed: UInt64) -> [[String]] {
        var random = SeededGenerator(seed: seed)
        let letters = Array("abcdefghijklmnopqrstuvwxyz")
        var known: [String] = []
        for number in 0..<vocabulary {
            known.append(String([letters[number % 26], letters[number / 26 % 26], letters[number / 676 % 26]]))
        }
        var items: [[String]] = []
        for _ in 0..<count {
            let length = Int.random(in: words, using: &random)
            items.append((0..<length).map { _ in known[Int.random(in: 0..<vocabulary, using: &random)] })
        }
        return items
    }

    @Test("Each sequence is found in all its places, and no other is", arguments: [2, 20, 10_000])
    func places(vocabulary: Int) throws {
        let items = Self.items(400, words: 0...40, vocabulary: vocabulary, seed: UInt64(vocabulary))
        let order = items.indices.shuffled()
        let index = Self.index(items, order: order)
        var expected: [UInt64: [[Int]]] = [:]
        for (place, item) in order.map({ items[$0] }).enumerated() {
            for start in item.indices.dropLast(7) {
                expected[Self.hash(item[start..<start + 8]), default: []].append([place, start])
            }
        }
        for (hash, places) in expected {
            let numbers = Array(index.numbers(from: try #require(index.place(of: hash))))
            let found = numbers.map { number in
                let item = index.item(of: number)
                return [item, Int(number - index.first(of: item))]
            }
            #expect(found == places)
        }
        #expect(index.count == expected.values.reduce(0) { $0 + $1.count })
        for hash in expected.keys { #expect(expected[hash &+ 1] != nil || index.place(of: hash &+ 1) == nil) }
        for item in items where item.count >= 8 {
            for start in item.indices.dropLast(3) {
                #expect(Self.mayContainPart(item[start..<start + 4], index))
            }
        }
    }

    @Test("A distinct sequence takes at most 16 bytes", arguments: [30_000, 66_000, 250_000])
    func bytes(sequences: Int) {
        let index = Self.index(
            Self.items(sequences / 93, words: 100...100, vocabulary: 17_576, seed: UInt64(sequences)))
        let bytes = Double(index.bytes) / Double(index.count)
        #expect(bytes <= Double(BenchmarkIndex.bytesPerSequence))
    }

    @Test("Few parts of other texts may stand in an item")
    func filter() {
        let index = Self.index(Self.items(2_000, words: 60...60, vocabulary: 17_576, seed: 1))
        let others = Self.items(2_000, words: 4...4, vocabulary: 17_576, seed: 2)
        let passing = others.count { Self.mayContainPart($0[...], index) }
        #expect(passing < 300, "\(passing) of 2,000")
    }

    @Test("An index of nothing has nothing")
    func nothing() {
        let index = Self.index([[], ["a"]])
        #expect(index.place(of: 0) == nil)
        #expect(index.place(of: .max) == nil)
        #expect(!Self.mayContain(0, index))
    }
}
