import Testing

@testable import TokenCounting

@Suite struct PretokenMemoTests {
    private func key(_ text: [UInt8]) -> PackedKey {
        let padded = text + [UInt8](repeating: 0xEE, count: 16)
        return padded.withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress else { preconditionFailure("not empty") }
            return PackedKey(start, length: text.count)
        }
    }

    @Test("Keys of up to 15 bytes differ unless the bytes are the same", arguments: 1...15)
    func keys(length: Int) {
        let text = (0..<length).map { UInt8($0 * 17 + 1) }
        let one = key(text)
        #expect(one.high >> 60 == 0)
        for index in text.indices {
            var other = text
            other[index] ^= 0x80
            #expect(key(other).low != one.low || key(other).high != one.high)
        }
        if length < 15 { #expect(key(text + [0]).high != one.high) }
    }

    @Test("What was inserted is found again, while the table grows and after")
    func shortPretokens() {
        var memo = PretokenMemo()
        func text(_ number: Int) -> [UInt8] { Array("w\(number)".utf8) }
        for number in 0..<20_000 {
            let key = key(text(number))
            if memo.find(key, key.hash) != 0 { Issue.record("\(number) was never inserted") }
            memo.insert(key, key.hash, count: number % 15 + 1)
        }
        for number in 0..<20_000 {
            let key = key(text(number))
            let found = memo.find(key, key.hash)
            if found != number % 15 + 1 { Issue.record("\(number): \(found)") }
        }
    }

    @Test("Long pretokens are found again until there are too many, and memory stays bounded")
    func longPretokens() {
        var memo = PretokenMemo()
        for number in 0..<3_000 {
            let text = Array("a pretoken of more than fifteen bytes \(number)".utf8)
            text.withUnsafeBufferPointer { buffer in
                guard let start = buffer.baseAddress else { return }
                let hash = ByteHash.hash(start, text.count)
                #expect(memo.findLong(start, text.count, hash) == 0)
                memo.insertLong(start, text.count, hash, count: number + 1)
                #expect(memo.findLong(start, text.count, hash) == number + 1)
            }
        }
        let text = Array("a pretoken of more than fifteen bytes 7".utf8)
        let found = text.withUnsafeBufferPointer { buffer in
            buffer.baseAddress.map { memo.findLong($0, text.count, ByteHash.hash($0, text.count)) }
        }
        #expect(found == 8)
        #expect(memo.footprint < 1 << 20)
    }
}
