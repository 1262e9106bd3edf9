import Testing

@testable import CorpusAudit

@Suite struct NearSelectionTests {
    private func node(_ number: Int, bytes: Int) -> NearNode {
        NearNode(fingerprint: Fingerprint(high: UInt64(number % 3), low: UInt64(number)), bytes: UInt32(bytes))
    }

    private func entries(_ keys: [NearNode: [UInt64]]) -> [BandEntry] {
        keys.flatMap { node, keys in keys.map { BandEntry(key: $0, node: node) } }
    }

    @Test("The passes decide as the definition does, on 300 random corpora")
    func definition() {
        let seed = UInt64.random(in: 0 ... .max)
        var generator = SeededGenerator(seed: seed)
        for corpus in 0..<300 {
            var keys: [NearNode: [UInt64]] = [:]
            let values = UInt64.random(in: 1...12, using: &generator)
            for number in 0..<Int.random(in: 1...30, using: &generator) {
                let node = node(number, bytes: Int.random(in: 1...9, using: &generator))
                keys[node] = (0..<14).map { $0 << 32 | UInt64.random(in: 0...values, using: &generator) }
            }
            let thresholds = [3, 1, 2, 4, 5, 14]
            var found = entries(keys)
            found += found.shuffled(using: &generator).prefix(20)
            let model = NearModel(found.shuffled(using: &generator), thresholds: thresholds)
            let expected = NearModel.copies(of: keys, thresholds: thresholds)
            #expect(model.copies == expected, "seed \(seed), corpus \(corpus)")
        }
    }

    @Test("A copy of a near copy is kept, if it is no near copy of a text that is kept")
    func chain() {
        // Each shares three bands with the next: components would keep one.
        let nodes = (0..<6).map { node($0, bytes: 100 - $0) }
        var keys: [NearNode: [UInt64]] = [:]
        for (index, node) in nodes.enumerated() {
            let shared = (0..<3).map { UInt64(index) << 8 | $0 } + (0..<3).map { UInt64(index + 1) << 8 | $0 }
            keys[node] = shared + (0..<8).map { UInt64(index) << 8 | 0x80 | $0 }
        }
        let copies = NearModel(entries(keys), thresholds: [3, 4]).copies
        #expect(copies[3] == [nodes[1]: nodes[0], nodes[3]: nodes[2], nodes[5]: nodes[4]])
        #expect(copies[4] == [:])
    }

    @Test("Members of a large bucket are compared with 32, and those left out are counted")
    func cap() {
        let nodes = (0..<40).map { node($0, bytes: 100 - $0) }
        let model = NearModel(nodes.map { BandEntry(key: 7, node: $0) }, thresholds: [1, 2])
        #expect(model.buckets.cappedBuckets == 1)
        #expect(model.buckets.largestBucket == 40)
        // The 34th is not compared with one, the 40th with seven.
        #expect(model.buckets.uncomparedPairs == (1...7).reduce(0, +))
        #expect(model.copies[1]?.count == 39)
        #expect(model.copies[2]?.isEmpty == true)
        let whole = NearModel(nodes.prefix(33).map { BandEntry(key: 7, node: $0) }, thresholds: [1])
        #expect(whole.buckets.cappedBuckets == 0)
        #expect(whole.buckets.uncomparedPairs == 0)
    }

    @Test("A corpus without a shared bucket, or without entries, has no near copy")
    func none() {
        #expect(NearModel([], thresholds: [1]).copies == [1: [:]])
        let alone = (0..<50).map { BandEntry(key: UInt64($0), node: node($0, bytes: 5)) }
        #expect(NearModel(alone, thresholds: [1]).copies == [1: [:]])
    }

    @Test("Documents of one frame with bodies of their own are kept")
    func templates() {
        var generator = SeededGenerator(seed: 5)
        func words(_ count: Int) -> String {
            (0..<count).map { _ in String((0..<8).map { _ in "abcdefghijkl".randomElement(using: &generator) ?? "m" }) }
                .joined(separator: " ")
        }
        let frame = words(100)
        let signature = NearSignature()
        var found: [BandEntry] = []
        let count = 300
        for _ in 0..<count {
            let text = Array((frame + " " + words(100)).utf8)
            text.withUnsafeBufferPointer { text in
                signature.read(text)
                let node = NearNode(fingerprint: Fingerprint(of: text), bytes: UInt32(text.count))
                for band in 0..<14 { found.append(BandEntry(key: signature.key(ofBand: band), node: node)) }
            }
        }
        let model = NearModel(found, thresholds: [3, 1])
        // Similarity is 1 in 3: connected components of shared bands are what chains such documents together.
        #expect((model.copies[3]?.count ?? count) <= count / 100)
    }
}
