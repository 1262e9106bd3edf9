import Testing

@testable import TokenCounting

@Suite struct TokenRatioSampleTests {
    @Test(
        "Student's quantiles are those of the tables",
        arguments: [
            // Two-sided 95 %: any table of Student's distribution.
            (29.0, 2.0452), (40.0, 2.0211), (60.0, 2.0003), (120.0, 1.9799), (1e6, 1.9600),
        ])
    func student(degrees: Double, quantile: Double) {
        #expect(abs(TokenRatioSample.studentQuantile(degrees: degrees) - quantile) < 1e-4)
    }

    @Test("A worked example has the textbook's ratio and error")
    func worked() throws {
        var sample = TokenRatioSample()
        // Fifteen documents of 100 bytes and 20 tokens, fifteen of 100 and 30: r = 0.25, s² = 25·30/29, mean 100.
        for index in 0..<30 { sample.add(bytes: 100, tokens: index % 2 == 0 ? 20 : 30) }
        let estimate = try #require(sample.tokens(corpusBytes: 1_000_000))
        let reach = 2.04523 * (25.0 * 30 / 29 / 30).squareRoot() / 100 * 1_000_000
        #expect(estimate.value == 250_000)
        let interval = try #require(estimate.interval)
        #expect(abs(interval.upperBound - 250_000 - reach) < 1)
        #expect(abs(250_000 - interval.lowerBound - reach) < 1)
        #expect(sample.bytesPerToken()?.value == 4)
        // A sample of everything is certain.
        let whole = try #require(sample.tokens(corpusBytes: 3_000, corpusDocuments: 30)?.interval)
        #expect(whole.upperBound - whole.lowerBound < 1e-9)
    }

    @Test("Few documents give no interval, none no estimate")
    func few() {
        var sample = TokenRatioSample()
        #expect(sample.tokens(corpusBytes: 100) == nil)
        sample.add(bytes: 0, tokens: 0)
        #expect(sample.documents == 0)
        sample.add(bytes: 10, tokens: 2)
        #expect(sample.tokens(corpusBytes: 100) == .init(value: 20, interval: nil))
    }

    @Test("Samples merge to the same sample in any order")
    func merging() {
        var generator = SeededGenerator(seed: 5)
        var whole = TokenRatioSample()
        var parts = (0..<3).map { _ in TokenRatioSample() }
        for index in 0..<300 {
            let bytes = Int.random(in: 1..<100_000, using: &generator)
            whole.add(bytes: bytes, tokens: bytes / 4)
            parts[index % 3].add(bytes: bytes, tokens: bytes / 4)
        }
        for order in [[0, 1, 2], [2, 0, 1]] {
            var merged = TokenRatioSample()
            for part in order { merged.merge(parts[part]) }
            #expect(merged == whole)
        }
    }

    @Test("The interval holds the truth about as often as it says")
    func coverage() throws {
        // Documents of three languages and skewed lengths, 200 of 20,000 drawn at a time.
        let seed = UInt64.random(in: 0 ... .max)
        var generator = SeededGenerator(seed: seed)
        let corpus = (0..<20_000).map { index -> (bytes: Int, tokens: Int) in
            let bytes =
                500 + Int(Double.random(in: 0..<1, using: &generator) * Double.random(in: 0..<8_000, using: &generator))
            let perToken = [3.9, 2.6, 3.4][index % 3] * Double.random(in: 0.8..<1.2, using: &generator)
            return (bytes, Int(Double(bytes) / perToken))
        }
        let truth = Double(corpus.map(\.tokens).reduce(0, +))
        let bytes = corpus.map(\.bytes).reduce(0, +)
        var held = 0
        for _ in 0..<200 {
            var sample = TokenRatioSample()
            for document in corpus where TokenRatioSample.includes(generator.next(), share: 0.01) {
                sample.add(bytes: document.bytes, tokens: document.tokens)
            }
            let interval = try #require(sample.tokens(corpusBytes: bytes, corpusDocuments: corpus.count)?.interval)
            if interval.contains(truth) { held += 1 }
        }
        // 95 % of 200 is 190, with a deviation of 3.1: five of them below.
        #expect(held > 174, "seed \(seed)")
    }
}
