extension String {
    /// The text with all characters that would control a terminal, or be invisible in it, written out as `\u{1B}`.
    ///
    /// Names of sources, shards and laws come from data, so a terminal must show them and never obey them: control
    /// characters, line breaks, tabs, marks that change the direction of writing, and characters without width
    /// (including joiners, with which two names could look alike) are replaced by their code point. All other
    /// characters stay. Applying this twice changes nothing.
    ///
    /// - Complexity: O(*n*).
    package var visible: String {
        guard unicodeScalars.contains(where: \.isHidden) else { return self }
        var text = ""
        for scalar in unicodeScalars {
            if scalar.isHidden {
                text += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
            } else {
                text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}

extension Unicode.Scalar {
    /// Whether a terminal would show nothing for it, or act on it.
    fileprivate var isHidden: Bool {
        if value < 0x7F { return value < 0x20 }
        switch properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: return true
        // Variation selectors choose how the character before them looks, such as the picture of an emoji.
        default: return properties.isDefaultIgnorableCodePoint && !properties.isVariationSelector
        }
    }
}
