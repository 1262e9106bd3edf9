import Testing

@testable import ParquetReading

/// Decoders on bytes by hand; the source is the format's Encodings.md.
@Suite struct EncodingTests {
    private func withReader<Result>(_ bytes: [UInt8], _ body: (ByteReader) throws -> Result) rethrows -> Result {
        try bytes.withUnsafeBytes { try body(ByteReader($0)) }
    }

    private func runs(_ bytes: [UInt8], width: Int, count: Int) throws -> [UInt32] {
        try withReader(bytes) { reader in
            var decoder = try HybridDecoder(reader, width: width)
            var values: [UInt32] = []
            while values.count < count {
                let (value, times) = try decoder.next(count - values.count)
                values += [UInt32](repeating: value, count: times)
            }
            return values
        }
    }

    @Test("the numbers 0 to 7 in three bits are those of Encodings.md")
    func packed() throws {
        #expect(try runs([3, 0b1000_1000, 0b1100_0110, 0b1111_1010], width: 3, count: 8) == Array(0...7))
    }

    @Test("runs may be longer than the values, and a last packed run may lack its padding")
    func lenient() throws {
        #expect(try runs([200, 1, 5], width: 3, count: 3) == [5, 5, 5])
        #expect(try runs([3, 0b1000_1000], width: 3, count: 2) == [0, 1])
        #expect(throws: ParquetError.self) { try runs([3, 0b1000_1000], width: 3, count: 3) }
        #expect(throws: ParquetError.self) { try runs([4, 8], width: 3, count: 2) }
        #expect(throws: ParquetError.self) { try runs([], width: 0, count: 1) }
        #expect(try runs([1 << 1, 0xFF, 0xFF, 0xFF, 0xFF], width: 32, count: 1) == [.max])
    }

    private func deltas(_ bytes: [UInt8]) throws -> [Int64] {
        try withReader(bytes) { reader in
            var decoder = try DeltaDecoder(reader)
            var values: [Int64] = []
            while let value = try? decoder.next() { values.append(value) }
            return values
        }
    }

    @Test("differences are added up, and those of no bits are the smallest")
    func differences() throws {
        // 1, 2, 3, 4, 5: the first example of Encodings.md, in a block of 128 values and four miniblocks.
        #expect(try deltas([0x80, 1, 4, 5, 2, 2, 0, 0, 0, 0]) == [1, 2, 3, 4, 5])
        // 7, 5, 3, 1, 2, 3, 4, 5: its second example; smallest difference -2, then 0, 0, 0, 3, 3, 3, 3 in two bits.
        let packed: [UInt8] = [0b1100_0000, 0b0011_1111] + [0, 0, 0, 0, 0, 0]
        #expect(try deltas([0x80, 1, 4, 8, 14, 3, 2, 0, 0, 0] + packed) == [7, 5, 3, 1, 2, 3, 4, 5])
    }

    @Test("sums of differences wrap")
    func wrapping() throws {
        // The largest integer and 1 more.
        let first: [UInt8] = [0xFE] + [UInt8](repeating: 0xFF, count: 8) + [1]
        #expect(try deltas([0x80, 1, 4, 2] + first + [2, 0, 0, 0, 0]) == [.max, .min])
    }

    @Test("what follows differences is found without decoding them")
    func rest() throws {
        try withReader([0x80, 1, 4, 5, 2, 2, 0, 0, 0, 0, 42]) { reader in
            var decoder = try DeltaDecoder(reader)
            var after = try decoder.rest()
            #expect(try after.byte() == 42)
            // From within the values too.
            _ = try decoder.next()
            _ = try decoder.next()
            after = try decoder.rest()
            #expect(try after.byte() == 42)
        }
    }

    @Test(
        "headers of differences that cannot be are refused",
        arguments: [
            [0, 4, 5, 2], [0x80, 1, 0, 5, 2], [0x80, 1, 5, 5, 2], [0x80, 1, 8, 5, 2], [0x40, 2, 5, 2],
            [0x80, 1, 4, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 2], [0x80, 0x80, 0x80, 0x10, 4, 5, 2],
        ] as [[UInt8]])
    func headers(bytes: [UInt8]) {
        #expect(throws: ParquetError.self) { try deltas(bytes) }
    }

    @Test("bits are read up to the last byte of the memory")
    func bits() {
        let bytes: [UInt8] = (1...17).map { $0 }
        withReader(bytes) { reader in
            for bit in 0..<(17 * 8) {
                for width in 0...min(64, 17 * 8 - bit) {
                    var expected: UInt64 = 0
                    for place in 0..<width where bytes[(bit + place) / 8] >> UInt8((bit + place) % 8) & 1 == 1 {
                        expected |= 1 << UInt64(place)
                    }
                    #expect(reader.bits(width, at: bit) == expected)
                }
            }
        }
    }
}
