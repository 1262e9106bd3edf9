extension String {
    /// The text's width in terminal columns: two for each character that is wide by Unicode's annex 11, one for any
    /// other.
    var terminalColumns: Int {
        // Tables are ASCII except for names, and ASCII needs no look-up of properties.
        utf8.allSatisfy { $0 < 0x80 } ? utf8.count : reduce(0) { $0 + $1.terminalColumns }
    }

    /// The text, or its start and an ellipsis if it is wider than this number of columns.
    package func shortened(to columns: Int) -> String {
        terminalColumns > columns ? prefix(columns: columns - 1) + "…" : self
    }

    /// The longest start of the text that fits in this many columns.
    func prefix(columns: Int) -> Substring {
        var room = columns
        return prefix { character in
            room -= character.terminalColumns
            return room >= 0
        }
    }
}

extension Character {
    /// The character's width in terminal columns: 2 if it is wide, else 1.
    fileprivate var terminalColumns: Int {
        guard let first = unicodeScalars.first, first.value >= 0x1100 else { return 1 }
        // Emoji that a variation selector turns into pictures are as wide as those that always are.
        let isPicture = first.properties.isEmojiPresentation || unicodeScalars.contains("\u{FE0F}")
        return isPicture || Self.wide.contains { $0.contains(first.value) } ? 2 : 1
    }

    /// The wide and full-width scripts of Unicode Standard Annex 11, East Asian Width (Unicode 16).
    ///
    /// Emoji are wide by their own property. Unassigned places between these ranges count with their neighbours.
    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F,  // Hangul initial consonants
        0x2329...0x232A,  // angle brackets
        0x2E80...0x303E,  // radicals, ideographic punctuation
        0x3041...0x3247,  // Hiragana, Katakana, Bopomofo, compatibility Jamo, enclosed letters
        0x3250...0x4DBF,  // squared words, ideographs, extension A
        0x4E00...0xA4CF,  // ideographs, Yi
        0xA960...0xA97F,  // Hangul, extension A
        0xAC00...0xD7A3,  // Hangul syllables
        0xF900...0xFAFF,  // compatibility ideographs
        0xFE10...0xFE19,  // vertical punctuation
        0xFE30...0xFE6F,  // compatibility and small forms
        0xFF01...0xFF60,  // full-width forms
        0xFFE0...0xFFE6,
        0x16FE0...0x18DFF,  // Tangut, Khitan
        0x1AFF0...0x1B2FF,  // Kana supplements, Nushu
        0x1F200...0x1F265,  // enclosed ideographs
        0x20000...0x3FFFD,  // ideographs of planes 2 and 3
    ]
}
