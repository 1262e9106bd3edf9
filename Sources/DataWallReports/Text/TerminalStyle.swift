/// How text is set where it is printed: how wide, and whether emphasis may be coloured.
///
/// Tables and reports follow ``current``, which is plain and unbounded unless a program sets it for a terminal. Colour
/// repeats what words, marks or places say already; it never says anything alone.
public struct TerminalStyle: Sendable, Hashable {
    /// The columns there are, or `nil` for as many as wanted.
    public var width: Int?

    /// Whether emphasis may use the terminal's colours.
    public var isColoured: Bool

    /// Creates a style.
    public init(width: Int? = nil, isColoured: Bool = false) {
        self.width = width.map { Swift.max($0, Self.narrowest) }
        self.isColoured = isColoured
    }

    /// No bound and no colour: for files and pipes.
    public static let plain = TerminalStyle()

    /// The style that text is set in now.
    @TaskLocal public static var current = TerminalStyle.plain

    /// No terminal is taken to be narrower.
    static let narrowest = 30

    /// What emphasis means.
    enum Emphasis: String {
        case heading = "1"
        case quiet = "2"
        case warning = "33"
        case best = "1;32"
    }

    /// The text with an emphasis, where the terminal may show it.
    func emphasised(_ text: String, _ emphasis: Emphasis) -> String {
        isColoured && !text.isEmpty ? "\u{1B}[\(emphasis.rawValue)m\(text)\u{1B}[0m" : text
    }

    /// Lines broken between words where they are wider than there is room; what follows a break is indented as the line
    /// was.
    ///
    /// - Parameter lines: The lines, without line ends; those of tables are taken to fit.
    /// - Returns: Lines that fit, as far as their words do.
    /// - Complexity: O(*n*) in the characters.
    public func set(_ lines: [String]) -> [String] { lines.flatMap(set) }

    private func set(_ line: String) -> [String] {
        let isWarning = line.hasPrefix("! ") || line.hasPrefix("warning: ")
        guard let width, Self.visibleColumns(line) > width, !line.contains("\u{1B}") else {
            return [isWarning ? emphasised(line, .warning) : line]
        }
        let body = line.drop { $0 == " " || $0 == "!" || $0 == "·" }
        let lead = String(line[..<body.startIndex])
        let indent = String(repeating: " ", count: lead.terminalColumns)
        var lines: [String] = []
        var now = lead
        var hasWord = false
        for word in body.split(separator: " ") {
            if hasWord, now.terminalColumns + 1 + String(word).terminalColumns > width {
                lines.append(now)
                now = indent + word
            } else {
                now += (hasWord ? " " : "") + word
            }
            hasWord = true
        }
        lines.append(now)
        return isWarning ? lines.map { emphasised($0, .warning) } : lines
    }

    /// The columns that a line takes, without the codes for colours.
    static func visibleColumns(_ line: String) -> Int {
        guard line.contains("\u{1B}") else { return line.terminalColumns }
        var visible = ""
        var isCode = false
        for character in line {
            if character == "\u{1B}" {
                isCode = true
            } else if isCode {
                isCode = character != "m"
            } else {
                visible.append(character)
            }
        }
        return visible.terminalColumns
    }
}
