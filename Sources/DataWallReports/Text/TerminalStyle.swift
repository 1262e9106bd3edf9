/// The style of printed text: its width, and whether emphasis may be coloured.
///
/// Tables and reports follow ``current``, which is plain and unbounded unless a program sets it for a terminal. Colour
/// only repeats what words, marks or places say already.
public struct TerminalStyle: Sendable, Hashable {
    /// The number of columns, or `nil` for no limit.
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

    /// The kinds of emphasis.
    enum Emphasis: String {
        case heading = "1"
        case quiet = "2"
        case warning = "33"
        case best = "1;32"
    }

    /// The text with an emphasis, where the terminal may show it.
    func emphasised(_ text: String, _ emphasis: Emphasis) -> String {
        isColoured && !text.isEmpty ? Self.start(emphasis) + text + Self.end : text
    }

    private static func start(_ emphasis: Emphasis) -> String { "\u{1B}[\(emphasis.rawValue)m" }
    private static let end = "\u{1B}[0m"

    /// Whether a line is the head or the rule of a table, with no codes but its own.
    private func isOfTable(_ line: String) -> Bool {
        guard isColoured, line.hasSuffix(Self.end) else { return false }
        return [Emphasis.heading, .quiet].map(Self.start).contains { start in
            guard line.hasPrefix(start), line.utf8.count >= start.utf8.count + Self.end.utf8.count else { return false }
            let text = String(line.dropFirst(start.count).dropLast(Self.end.count))
            return text.visible == text
        }
    }

    /// The lines as printed: lines that are too wide are broken between words.
    ///
    /// The text after a break is indented like the line. Control characters, which only come from names in data, are
    /// written out as `\u{1B}`.
    ///
    /// - Parameter lines: The lines, without line ends; those of tables are assumed to fit.
    /// - Returns: Lines that fit, as far as their words do.
    /// - Complexity: O(*n*) in the characters.
    public func set(_ lines: [String]) -> [String] { lines.flatMap(set) }

    private func set(_ line: String) -> [String] {
        if isOfTable(line) { return [line] }
        let line = line.visible
        let isWarning = line.hasPrefix("! ") || line.hasPrefix("warning: ")
        guard let width, line.terminalColumns > width else {
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
}
