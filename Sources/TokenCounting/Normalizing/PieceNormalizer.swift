/// SentencePiece's changes to a text before it is cut, by its model's `normalizer_spec`.
///
/// Spaces stay spaces here; they become U+2581 when pieces are looked up.
struct PieceNormalizer: Sendable {
    /// Replacements of characters, such as form NFKC.
    let map: CharacterMap?
    /// Whether a space is put before the text.
    let addsPrefix: Bool
    /// Whether spaces at both ends are dropped and several in a row become one.
    let removesExtraSpaces: Bool
    /// Whether the space goes after the text instead (`treat_whitespace_as_suffix`).
    var suffixesSpace = false
    /// Strings that are tokens at any place, and that nothing here changes.
    var userDefined: TokenFinder?

    /// Whether a text stays unchanged, except for the space before it.
    var isIdentity: Bool { map == nil && !removesExtraSpaces && !suffixesSpace }

    /// The changes, in the words of ``TokenizationPolicy/normalization``.
    var name: String {
        let steps = [
            (map != nil, "character_map"), (removesExtraSpaces, "extra_spaces_removed"),
            (addsPrefix, suffixesSpace ? "space_suffix" : "space_prefix"),
        ]
        let names = steps.filter(\.0).map(\.1)
        return names.isEmpty ? "none" : names.joined(separator: "+")
    }

    /// Writes the normalised text.
    func normalize(_ text: UnsafeBufferPointer<UInt8>, into out: inout [UInt8]) {
        out.removeAll(keepingCapacity: true)
        var offset = 0
        if removesExtraSpaces {
            while offset < text.count {
                let (replacement, length) = next(text, offset)
                guard replacement.elementsEqual([0x20]) else { break }
                offset += length
            }
        }
        guard offset < text.count else { return }
        if addsPrefix, !suffixesSpace { out.append(0x20) }
        var followsSpace = removesExtraSpaces
        while offset < text.count {
            var (replacement, length) = next(text, offset)
            if followsSpace { while replacement.first == 0x20 { replacement.removeFirst() } }
            if let last = replacement.last {
                out.append(contentsOf: replacement)
                followsSpace = last == 0x20
            }
            if !removesExtraSpaces { followsSpace = false }
            offset += length
        }
        // At the end, unlike elsewhere, U+2581 written out is a space too.
        while removesExtraSpaces {
            if out.last == 0x20 {
                out.removeLast()
            } else if out.suffix(3).elementsEqual([0xE2, 0x96, 0x81]) {
                out.removeLast(3)
            } else {
                break
            }
        }
        if addsPrefix, suffixesSpace { out.append(0x20) }
    }

    private func next(_ text: UnsafeBufferPointer<UInt8>, _ offset: Int) -> (ArraySlice<UInt8>, Int) {
        if let userDefined, let end = userDefined.longestMatch(text, offset) {
            return (ArraySlice(text[offset..<end]), end - offset)
        }
        if let map, let (replacement, length) = map.match(text, offset) { return (replacement, length) }
        let length = min(CharacterCut.length(text[offset]), text.count - offset)
        return (ArraySlice(text[offset..<offset + length]), length)
    }
}
