/// What every chart has beside its marks: a name in the page, a title and a description for those who cannot see it, and
/// its width.
public struct ChartFrame: Sendable, Hashable {
    /// The name that the drawing's elements are called by; one page has it once.
    ///
    /// Only ASCII letters, digits and hyphens stay of it.
    public let identifier: String

    /// What the chart is.
    public var title: String

    /// What it shows, in a sentence or two.
    public var description: String

    /// The width in CSS pixels: at least 240.
    public var width: Double

    /// Whether the drawing is a file of its own, with the namespace and the style sheet inside.
    public var isStandalone: Bool

    /// Below this width, labels are above what they name instead of next to it.
    static let narrow = 520.0

    /// Creates a frame.
    ///
    /// - Parameters:
    ///   - identifier: The name in the page.
    ///   - title: What the chart is.
    ///   - description: What it shows, in a sentence or two.
    ///   - width: The width in CSS pixels; at least 240.
    ///   - isStandalone: Whether the drawing is a file of its own.
    public init(
        _ identifier: String, title: String, description: String, width: Double = 720, isStandalone: Bool = false
    ) {
        let kept = identifier.unicodeScalars.filter { scalar in
            scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "-")
        }
        let name = String(String.UnicodeScalarView(kept))
        self.identifier = name.first?.isLetter == true ? name : "c" + name
        self.title = title
        self.description = description
        self.width = width.isFinite ? Swift.max(width, 240) : 720
        self.isStandalone = isStandalone
    }

    var isNarrow: Bool { width < Self.narrow }
}
