import Testing

@testable import CorpusAudit

@Suite struct UTF8ValidationTests {
    private func firstInvalid(_ bytes: [UInt8]) -> Int? {
        bytes.withUnsafeBufferPointer { UTF8Validation.firstInvalidOffset($0) }
    }

    @Test("every scalar value is valid, at every place of a block")
    func scalars() {
        for value in stride(from: 0, through: 0x10FFFF, by: 61) {
            guard let scalar = Unicode.Scalar(UInt32(value)) else { continue }
            let bytes = [UInt8](repeating: 0x61, count: value % 37) + Array(String(Character(scalar)).utf8)
            #expect(firstInvalid(bytes) == nil)
        }
    }

    @Test("all pairs and triples of interesting bytes are judged as the standard library judges them")
    func exhaustive() {
        let bytes: [UInt8] = [
            0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF,
            0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF,
        ]
        for a in bytes {
            for b in bytes {
                for c in bytes {
                    for tail in [[0x61], [0x80], [0xBF, 0x61]] as [[UInt8]] {
                        let text = [a, b, c] + tail
                        let isValid = String(validating: text, as: UTF8.self) != nil
                        #expect((firstInvalid(text) == nil) == isValid, "\(text)")
                    }
                }
            }
        }
    }
}
