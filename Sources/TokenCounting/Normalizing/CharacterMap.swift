import UnicodeText

/// The replacements in a SentencePiece model: the longest dictionary string that matches at a place is replaced by
/// another.
///
/// The model stores them as a double-array trie (Darts-clone's units), followed by the replacements
/// (`precompiled_charsmap`).
struct CharacterMap: Sendable {
    private let units: [UInt32]
    private let replacements: [UInt8]

    /// Reads the model's field; `nil` if it is damaged.
    init?(_ bytes: [UInt8]) {
        guard bytes.count > 4 else { return nil }
        func word(_ offset: Int) -> UInt32 {
            (0..<4).reduce(0) { $0 | UInt32(bytes[offset + $1]) << UInt32(8 * $1) }
        }
        let size = Int(word(0))
        guard size % 4 == 0, size >= 4, size <= bytes.count - 4 else { return nil }
        units = (0..<size / 4).map { word(4 + $0 * 4) }
        replacements = Array(bytes[(4 + size)...])
        guard isWhole() else { return nil }
    }

    /// Whether every string of the dictionary leads to a replacement that ends within the map and is UTF-8.
    ///
    /// A unit that is no leaf leads to its children by its own place and its offset, so all can be checked one by one.
    private func isWhole() -> Bool {
        let isText = replacements.withUnsafeBufferPointer { UTF8Check.firstFault($0) == nil }
        guard isText, replacements.isEmpty || replacements.last == 0, units[0] & 1 << 31 == 0 else { return false }
        for (index, unit) in units.enumerated() where unit & 1 << 31 == 0 {
            let child = index ^ Self.offset(unit)
            guard child & ~0xFF < units.count else { return false }
            guard unit >> 8 & 1 == 1 else { continue }
            guard child < units.count else { return false }
            let value = Int(units[child] & 0x7FFF_FFFF)
            guard value < replacements.count, replacements[value] & 0xC0 != 0x80 else { return false }
        }
        return true
    }

    /// The replacement for the shortest string of the dictionary that a stretch of text begins with, or `nil`.
    func shortest(_ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> ArraySlice<UInt8>? {
        var node = Self.offset(units[0])
        for position in start..<end {
            let byte = UInt32(text[position])
            node ^= Int(byte)
            guard byte != 0, node < units.count, units[node] & 0x8000_00FF == byte else { return nil }
            let unit = units[node]
            node ^= Self.offset(unit)
            if unit >> 8 & 1 == 1, node < units.count { return replacement(Int(units[node] & 0x7FFF_FFFF)) }
        }
        return nil
    }

    private func replacement(_ start: Int) -> ArraySlice<UInt8>? {
        guard start < replacements.count else { return nil }
        return replacements[start..<(replacements[start...].firstIndex(of: 0) ?? replacements.count)]
    }

    /// The replacement for the longest match at an offset and the match's length, or `nil` if nothing matches.
    func match(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> (replacement: ArraySlice<UInt8>, length: Int)? {
        var node = Self.offset(units[0])
        var found: (value: Int, length: Int)?
        var position = start
        while position < text.count {
            let byte = UInt32(text[position])
            node ^= Int(byte)
            guard node < units.count, units[node] & 0x8000_00FF == byte else { break }
            let unit = units[node]
            node ^= Self.offset(unit)
            position += 1
            if unit >> 8 & 1 == 1 {
                guard node < units.count else { break }
                found = (Int(units[node] & 0x7FFF_FFFF), position - start)
            }
        }
        guard let found, let replacement = replacement(found.value) else { return nil }
        return (replacement, found.length)
    }

    private static func offset(_ unit: UInt32) -> Int {
        Int(unit >> 10) << Int((unit & 1 << 9) >> 6)
    }
}
