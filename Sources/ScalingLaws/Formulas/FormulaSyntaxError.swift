/// The place where the text of a formula stops being valid, and the reason.
public struct FormulaSyntaxError: Error, Equatable, Sendable {
    /// The mistake, and the text that was expected.
    public var reason: String

    /// The text of the formula.
    public var text: String

    /// The character at fault, counted from 0; the length of the text where something is missing at its end.
    public var position: Int

    /// Creates an error.
    public init(reason: String, text: String, position: Int) {
        self.reason = reason
        self.text = text
        self.position = position
    }
}

extension FormulaSyntaxError: CustomStringConvertible {
    /// The reason, then the formula with a caret under the character at fault.
    ///
    /// Of a long formula, or one of several lines, the part around the fault is shown.
    public var description: String {
        let characters = text.map { $0.isNewline || $0 == "\t" ? " " : $0 }
        let start = Swift.max(0, position - 50)
        let end = Swift.min(characters.count, position + 30)
        let excerpt = (start > 0 ? "…" : "") + String(characters[start..<end]) + (end < characters.count ? "…" : "")
        let caret = String(repeating: " ", count: position - start + (start > 0 ? 1 : 0)) + "^"
        return "\(reason), at character \(position + 1) of the formula\n  \(excerpt)\n  \(caret)"
    }
}
