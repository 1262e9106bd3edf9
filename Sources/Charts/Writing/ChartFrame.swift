/// The parts of every chart besides its marks: an identifier in the page, a title and a description for people who
/// cannot see the chart, and its width.
public struct ChartFrame: Sendable, Hashable {
    /// The name that the drawing's elements are called by; one page has it once.
    ///
    /// Only ASCII letters, digits and hyphens stay of it.
    public let identifier: String

    /// The title of the chart.
    public var title: String

    /// The content of the chart, in a sentence or two.
    public var description: String

    /// The width in CSS pixels: at least 240.
    public var width: Double

    /// Whether the drawing is a separate file, with the namespace and the style sheet inside.
    public var isStandalone: Bool

    /// The identifiers of the page's elements that name and describe the chart; if empty, the drawing has its own title
    /// and description.
    public var namedBy: [String]

    /// Whether marks carry their tips.
    ///
    /// Drawings of one chart have the same marks in the same order, so that a page with a script can take the tips of
    /// another drawing.
    public var hasTips: Bool

    /// Below this width, labels are above their marks instead of next to them.
    static let narrow = 520.0

    /// Creates a frame.
    ///
    /// - Parameters:
    ///   - identifier: The name in the page.
    ///   - title: The title of the chart.
    ///   - description: The content of the chart, in a sentence or two.
    ///   - width: The width in CSS pixels; at least 240.
    ///   - isStandalone: Whether the drawing is a separate file.
    ///   - namedBy: The identifiers of the page's elements that name and describe the chart.
    ///   - hasTips: Whether marks carry their tips.
    public init(
        _ identifier: String, title: String, description: String, width: Double = 720, isStandalone: Bool = false,
        namedBy: [String] = [], hasTips: Bool = true
    ) {
        self.identifier = Self.name(identifier)
        self.title = title
        self.description = description
        self.width = width.isFinite ? Swift.max(width, 240) : 720
        self.isStandalone = isStandalone
        self.namedBy = namedBy.map(Self.name)
        self.hasTips = hasTips
    }

    /// A text as an identifier.
    private static func name(_ text: String) -> String {
        let kept = text.unicodeScalars.filter { scalar in
            scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "-")
        }
        let name = String(String.UnicodeScalarView(kept))
        return name.first?.isLetter == true ? name : "c" + name
    }

    var isNarrow: Bool { width < Self.narrow }
}
