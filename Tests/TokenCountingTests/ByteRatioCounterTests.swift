import Testing
import TokenCounting

@Suite struct ByteRatioCounterTests {
    @Test(
        "each unit is rounded to the nearest token, and only an empty one has none",
        arguments: [
            ([4], [1]), ([5], [1]), ([6], [2]), ([1], [1]), ([0], [0]), ([400, 400, 402], [100, 0, 1]),
        ])
    func units(ends: [Int], expected: [UInt32]) throws {
        let session = try ByteRatioCounter(bytesPerToken: 4).makeSession()
        let text = [UInt8](repeating: 0x61, count: ends.last ?? 0)
        var counts = [UInt32](repeating: .max, count: ends.count)
        var span = counts.mutableSpan
        session.count(text.span, unitEnds: ends.span, into: &span)
        #expect(counts == expected)
    }

    @Test("an identity says that the counts are an estimate and with which ratio")
    func identity() throws {
        let identity = try ByteRatioCounter(bytesPerToken: 3.5).identity
        #expect(identity.name == "bytes/3.5")
        #expect(identity.isEstimate)
        #expect(!identity.isCertified)
        #expect(identity.assumedBytesPerToken == 3.5)
    }

    @Test("a ratio that no text could have is refused with the way out", arguments: [0, -1, .nan, .infinity, 1e6])
    func refusal(ratio: Double) {
        #expect(throws: TokenCountingError.self) { try ByteRatioCounter(bytesPerToken: ratio) }
        #expect("\(TokenCountingError.unusableByteRatio(ratio))".contains("such as 4"))
    }
}
