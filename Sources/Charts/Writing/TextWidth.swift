/// How wide text will be, without knowing the font: estimates for a sans-serif face, on the wide side.
enum TextWidth {
    /// The width of a text.
    static func of(_ text: String, size: Double = ChartStyle.fontSize) -> Double {
        text.unicodeScalars.reduce(0) { $0 + share($1) } * size
    }

    /// The text, cut with an ellipsis where it is wider than there is room.
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
