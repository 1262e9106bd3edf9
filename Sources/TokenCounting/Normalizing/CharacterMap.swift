/// The replacements that a SentencePiece model carries: the longest string of a dictionary that a text goes on with
/// becomes another.
///
/// Stored in the model as a double-array trie (Darts-clone's units) and the replacements behind it
/// (`precompiled_charsmap`).
struct CharacterMap: Sendable {
    private let units: [UInt32]
    private let replacements: [UInt8]

    /// Reads the model's field; `nil` where it is damaged.
    init?(_ bytes: [UInt8]) {
        guard bytes.count > 4 else { return nil }
        func word(_ offset: Int) -> UInt32 {
            (0..<4).reduce(0) { $0 | UInt32(bytes[offset + $1]) << UInt32(8 * $1) }
        }
        let size = Int(word(0))
        guard size % 4 == 0, size >= 4, size <= bytes.count - 4 else { return nil }
        units = (0..<size / 4).map { word(4 + $0 * 4) }
        replacements = Array(bytes[(4 + size)...])
    }

    /// The replacement for the longest match at an offset and the match's length, or `nil` where nothing matches.
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
        guard let found, found.value < replacements.count else { return nil }
        let end = replacements[found.value...].firstIndex(of: 0) ?? replacements.count
        return (replacements[found.value..<end], found.length)
    }

    private static func offset(_ unit: UInt32) -> Int {
        Int(unit >> 10) << Int((unit & 1 << 9) >> 6)
    }
}
