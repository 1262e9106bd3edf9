/// Checks and mends UTF-8.
enum UTF8Validation {
    /// The offset of the first byte that starts no well-formed sequence (Unicode 16.0, table 3-7), or `nil`.
    ///
    /// - Complexity: O(*n*); sixteen bytes a step where the text is ASCII.
    static func firstInvalidOffset(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        guard let base = bytes.baseAddress else { return nil }
        let count = bytes.count
        var index = 0
        while index < count {
            if count - index >= 16 {
                let block = UnsafeRawPointer(base + index).loadUnaligned(as: SIMD2<UInt64>.self)
                if (block.x | block.y) & 0x8080_8080_8080_8080 == 0 {
                    index += 16
                    continue
                }
            }
            // Through this block's end one sequence at a time; the room left is checked before each look ahead.
            let blockEnd = min(index + 16, count)
            while index < blockEnd {
                let lead = base[index]
                if lead < 0x80 {
                    index += 1
                } else if lead < 0xC2 {
                    return index
                } else if lead < 0xE0 {
                    guard index + 1 < count, base[index + 1] & 0xC0 == 0x80 else { return index }
                    index += 2
                } else if lead < 0xF0 {
                    guard index + 2 < count, base[index + 2] & 0xC0 == 0x80 else { return index }
                    let second = base[index + 1]
                    let low: UInt8 = lead == 0xE0 ? 0xA0 : 0x80
                    let high: UInt8 = lead == 0xED ? 0x9F : 0xBF
                    guard second >= low, second <= high else { return index }
                    index += 3
                } else {
                    guard lead < 0xF5, index + 3 < count, base[index + 2] & 0xC0 == 0x80,
                        base[index + 3] & 0xC0 == 0x80
                    else { return index }
                    let second = base[index + 1]
                    let low: UInt8 = lead == 0xF0 ? 0x90 : 0x80
                    let high: UInt8 = lead == 0xF4 ? 0x8F : 0xBF
                    guard second >= low, second <= high else { return index }
                    index += 4
                }
            }
        }
        return nil
    }

    /// The text with U+FFFD for each maximal part of an ill-formed sequence, as the Unicode standard recommends
    /// (section 3.9, best practice) and Python's `errors="replace"` does; and how many there were.
    static func repaired(_ bytes: UnsafeBufferPointer<UInt8>) -> (text: [UInt8], replaced: Int) {
        let text = Array(String(decoding: bytes, as: UTF8.self).utf8)
        // Where U+FFFD stood already it stands still: its lead byte continues no sequence before it.
        let replaced = text.withUnsafeBufferPointer { replacementCharacters($0) } - replacementCharacters(bytes)
        return (text, replaced)
    }

    private static func replacementCharacters(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var count = 0
        var index = 0
        while index + 2 < bytes.count {
            let isReplacement = bytes[index] == 0xEF && bytes[index + 1] == 0xBF && bytes[index + 2] == 0xBD
            if isReplacement { count += 1 }
            index += isReplacement ? 3 : 1
        }
        return count
    }
}
