import Quantities

/// The answer of a command: the part that fits a screen, and the rest in named sections.
///
/// The screen has 24 lines. Sentences are always printed. If there is no room, tables lose their last rows, and
/// remarks, which are ranked, the least important ones. The last line says what was left out and which option prints
/// it.
public struct ScreenAnswer: Sendable {
    private enum Part {
        case sentence(String)
        case blank
        case table(TextTable, noun: String, plural: String)
        case rankedRemarks

        var rows: Int? {
            if case .table(let table, _, _) = self { table.rowCount } else { nil }
        }

        var isRemarks: Bool {
            if case .rankedRemarks = self { true } else { false }
        }
    }

    private struct Section {
        let title: String
        let lines: [String]
    }

    /// The lines of a screen.
    public static let screen = 24

    /// Rows that a table keeps when other parts need the room.
    private static let fewestRows = 3

    private var parts: [Part] = []
    private var sections: [Section] = []
    private var remarks: [String] = []
    private var hints: [String] = []
    private var remarkNoun = "remark"

    /// Creates an empty answer.
    public init() {}

    // MARK: Writing

    /// Adds sentences, each on a separate line.
    public mutating func say(_ sentences: [String]) { parts += sentences.map(Part.sentence) }

    /// Adds a sentence.
    public mutating func say(_ sentence: String) { parts.append(.sentence(sentence)) }

    /// Adds an empty line.
    public mutating func skipLine() { parts.append(.blank) }

    /// Adds a table, which may lose its last rows.
    ///
    /// - Parameters:
    ///   - table: The table; its last row stays if it is a sum.
    ///   - noun: The name of a row, such as `source`.
    ///   - plural: Its plural, or `nil` for the noun with an s.
    public mutating func show(_ table: TextTable, of noun: String, plural: String? = nil) {
        parts.append(.table(table, noun: noun, plural: plural ?? noun + "s"))
    }

    /// Adds remarks here, the most important first; those that do not fit are counted in the last line.
    ///
    /// - Parameters:
    ///   - ranked: The remarks.
    ///   - noun: The name of one in the last line.
    public mutating func remark(_ ranked: [String], as noun: String = "remark") {
        remarkNoun = noun
        if !parts.contains(where: \.isRemarks) { parts.append(.rankedRemarks) }
        remarks += ranked
    }

    /// Adds a section that only `--explain` prints; an empty one is left out.
    public mutating func explain(_ title: String, _ lines: [String]) {
        guard !lines.isEmpty else { return }
        sections.append(Section(title: title, lines: lines))
    }

    /// Adds a hint to the last line, for an option other than `--explain` that prints more.
    public mutating func hint(_ text: String) { hints.append(text) }

    // MARK: Setting

    /// The answer as lines for a terminal.
    ///
    /// - Parameter explained: Whether everything is printed: all rows, all remarks and the sections.
    /// - Returns: The lines, without line ends.
    public func lines(explained: Bool = false) -> [String] {
        if explained {
            var lines = lines(rows: parts.map { _ in Int.max }, remarks: remarks.count)
            let style = TerminalStyle.current
            for section in sections {
                lines += ["", style.emphasised(section.title.uppercased(), .heading)] + section.lines
            }
            return lines
        }
        var rows = parts.map { part in part.rows.map { Swift.min($0, Self.fewestRows) } ?? 0 }
        var shown = Swift.min(remarks.count, 1)
        func fits() -> Bool { height(rows: rows, remarks: shown) <= Self.screen }
        if !fits() { rows = rows.map { Swift.min($0, 1) } }
        // Rows first, a table after the other; then remarks, by rank.
        for (index, part) in parts.enumerated() {
            guard let all = part.rows, all > rows[index] else { continue }
            let fewest = rows[index]
            rows[index] = all
            guard !fits() else { continue }
            rows[index] = Swift.min(all - 1, Self.screen)
            while rows[index] > fewest, !fits() { rows[index] -= 1 }
        }
        while shown < remarks.count {
            shown += 1
            guard fits() else {
                shown -= 1
                break
            }
        }
        return lines(rows: rows, remarks: shown) + (lastLine(rows: rows, remarks: shown).map(wrapped) ?? [])
    }

    private func lines(rows: [Int], remarks shown: Int) -> [String] {
        parts.enumerated().flatMap { index, part -> [String] in
            switch part {
            case .sentence(let text): wrapped(text)
            case .blank: [""]
            case .rankedRemarks: remarks.prefix(shown).flatMap(wrapped)
            case .table(let table, let noun, let plural):
                table.lines(rows: rows[index])
                    + (rows[index] < table.rowCount
                        ? [
                            "… and "
                                + Quantity.count(table.rowCount - rows[index], "more \(noun)", plural: "more \(plural)")
                        ]
                        : [])
            }
        }
    }

    private func wrapped(_ text: String) -> [String] {
        var style = TerminalStyle.current
        style.isColoured = false
        let width = style.width ?? 80
        style.width = width
        // A name of thousands of characters must not push the rest off the screen; files have it whole.
        guard text.utf8.count > 2 * width else { return style.set([text]) }
        let words = text.split(separator: " ", omittingEmptySubsequences: false).map { word in
            word.count > 2 * width ? String(word.prefix(width - 1)) + "…" : String(word)
        }
        return style.set([words.joined(separator: " ")])
    }

    private func height(rows: [Int], remarks shown: Int) -> Int {
        lines(rows: rows, remarks: shown).count
            + (lastLine(rows: rows, remarks: shown).map { wrapped($0).count } ?? 0)
    }

    private func lastLine(rows: [Int], remarks shown: Int) -> String? {
        let hidden = remarks.count - shown
        var names = hidden > 0 ? [Quantity.count(hidden, "more \(remarkNoun)")] : []
        for (index, part) in parts.enumerated() {
            if case .table(let table, _, let plural) = part, rows[index] < table.rowCount {
                names.append("all \(plural)")
            }
        }
        let titles = sections.map { $0.title.lowercased() }
        var seen: Set<String> = []
        names = (names + titles.filter { !names.contains("all " + $0) }).filter { seen.insert($0).inserted }
        let ways = (names.isEmpty ? [] : ["--explain prints \(names.inWords)"]) + hints
        return ways.isEmpty ? nil : "More: \(ways.joined(separator: "; "))."
    }
}

extension [String] {
    /// The words as a list in a sentence: `copies, overlap and damage`.
    fileprivate var inWords: String {
        guard count > 1, let last else { return first ?? "" }
        return dropLast().joined(separator: ", ") + " and " + last
    }
}
