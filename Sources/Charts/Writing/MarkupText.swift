/// Text from other people, made safe for markup.
///
/// Names of sources and paths come from corpora; they are shown and never interpreted.
public enum MarkupText {
    /// A text without characters that would hide or reorder the text around it.
    ///
    /// Control characters, which markup cannot contain, and marks that change the writing direction are replaced by
    /// U+FFFD.
    ///
    /// - Parameter text: Any text.
    /// - Returns: The text in a form that can be shown.
    /// - Complexity: O(*n*).
    public static func visible(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x09, 0x0A, 0x0D: result.append(" ")
            case 0x00...0x1F, 0x7F...0x9F, 0x200E, 0x200F, 0x061C, 0x2028...0x202E, 0x2066...0x2069, 0xFFFE, 0xFFFF,
                0xFDD0...0xFDEF:
                result.append("\u{FFFD}")
            default: result.append(scalar.value & 0xFFFE == 0xFFFE ? "\u{FFFD}" : scalar)
            }
        }
        return String(result)
    }

    /// A text as it may be in markup, between tags or inside quotes.
    ///
    /// - Parameter text: Any text.
    /// - Returns: The visible text with `&`, `<`, `>`, `"` and `'` as character references.
    /// - Complexity: O(*n*).
    public static func escaped(_ text: String) -> String {
        if text.utf8.allSatisfy(isPlain) { return text }
        var result = ""
        for scalar in visible(text).unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// Whether a byte is a visible ASCII character or a blank with no meaning in markup.
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"): false
        default: byte >= 0x20 && byte < 0x7F
        }
    }
}
