/// How wide text will be, without knowing the font: estimates for a sans-serif face, on the wide side.
enum TextWidth {
    /// The width of a text.
    static func of(_ text: String, size: Double = ChartStyle.fontSize) -> Double {
        text.unicodeScalars.reduce(0) { $0 + share($1) } * size
    }

    /// The text, cut with an ellipsis if it is wider than the room.
    static func cut(_ text: String, to room: Double, size: Double = ChartStyle.fontSize) -> String {
        guard of(text, size: size) > room else { return text }
        var result = ""
        var width = share("…") * size
        for character in text {
            width += of(String(character), size: size)
            guard width <= room else { break }
            result.append(character)
        }
        return result + "…"
    }

    /// Names cut to a width so that they stay different: if some are too wide, their common beginning is removed first.
    static func cut(_ names: [String], to room: Double) -> [String] {
        guard names.contains(where: { of($0) > room }) else { return names }
        var common = names[0][...]
        for name in names {
            while !name.hasPrefix(common) { common.removeLast() }
        }
        // Whole words are removed, so that the rest is still a name.
        while let last = common.last, last.isLetter || last.isNumber { common.removeLast() }
        let rests = names.map { common.count > 2 ? "…" + $0.dropFirst(common.count) : $0 }
        return rests.map { cut($0, to: room) }
    }

    /// The text in lines that fit a width, broken between words.
    static func lines(_ text: String, width: Double) -> [String] {
        var lines: [String] = []
        for word in text.split(separator: " ") {
            if let last = lines.last, of(last + " " + word) <= width {
                lines[lines.count - 1] = last + " " + word
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }

    /// A scalar's share of the font's size.
    private static func share(_ scalar: Unicode.Scalar) -> Double {
        switch scalar {
        case "i", "j", "l", "I", "|", "!", ".", ",", ":", ";", "'", " ", "(", ")", "[", "]", "t", "f", "r", "/",
            "\u{A0}":
            0.39
        case "m", "w", "M", "W", "@", "%": 0.98
        case "A"..."Z", "&", "…": 0.77
        case "⁰", "¹", "²", "³", "⁴"..."⁹", "⁻": 0.45
        case "\u{00}"..."\u{2FF}": 0.64
        case "\u{300}"..."\u{36F}": 0
        case "\u{370}"..."\u{10FF}", "\u{2010}"..."\u{2027}": 0.75
        default: 1.15
        }
    }
}
