import CorpusAudit

/// What a page shows, as the templates name it.
///
/// Every text is escaped where it is written, save drawings.
struct PageContent {
    var title: String
    var summary: String
    var sections: [PageSection]
    var hasSeveral: Bool
    var links: [PageLink]
    var reportCommand: String
    var version: String
    var style: String
    var script: String
    var scriptDigest: String
}

/// A section's name in the list at the top.
struct PageLink {
    var identifier: String
    var title: String
}

/// One file's part of the page.
struct PageSection {
    var identifier: String
    var kind: String
    var title: String
    var lead: [String] = []
    var facts: [PageFact] = [] { didSet { hasFacts = !facts.isEmpty } }
    var hasFacts = false
    var notes: [PageNote] = []
    var figures: [PageFigure] = []
    var remarks: [String] = [] { didSet { hasRemarks = !remarks.isEmpty } }
    var hasRemarks = false
    var details: [PageDetail] = []
    var command: String?

    /// The line that makes a file again.
    ///
    /// - Parameters:
    ///   - madeBy: What the file records as `made_by`; without it there is no line.
    ///   - name: The file.
    ///   - output: What the command writes the file by.
    /// - Returns: The line, or `nil`.
    static func command(_ madeBy: String?, writing name: String, by output: String = "-o") -> String? {
        guard let madeBy, !madeBy.isEmpty else { return nil }
        return "\(madeBy) \(output) \(ShellWords.quoted(name))"
    }
}

/// A number that matters most, with its unit.
struct PageFact {
    var name: String
    var value: String
    var remark: String = ""
}

/// A remark, or a warning.
struct PageNote {
    var mark: String
    var kind: String
    var text: String

    static func warning(_ text: String) -> PageNote { PageNote(mark: "Warning", kind: "warning", text: text) }
    static func remark(_ text: String) -> PageNote { PageNote(mark: "Note", kind: "remark", text: text) }
}

/// A name with what there is to say of it.
struct PageDetail {
    var name: String
    var text: String
}

/// A chart with its table; without a drawing, only the table.
struct PageFigure {
    var identifier: String
    var title: String
    var text: String = ""
    var wide: String?
    var narrow: String?
    var table: PageTable
    var isOpen = false
}

/// A table, of which a long one shows the first rows and holds the rest ready.
struct PageTable {
    var caption: String
    /// `silent` where the figure's title says the same.
    var captionKind = ""
    var columns: [PageColumn]
    var rows: [PageRow] = []
    var rest: [PageRow] = []
    var hasRest = false
    var restTitle = "" { didSet { hasRest = !rest.isEmpty } }

    /// Rows that are in the page at once.
    static let shown = 24

    init(_ caption: String, columns: [PageColumn]) {
        self.caption = caption
        self.columns = columns
    }

    /// Adds a row; its first cell names it.
    mutating func add(_ cells: [String]) {
        let row = row(cells, kind: "")
        if rows.count < Self.shown { rows.append(row) } else { rest.append(row) }
    }

    /// Adds a row of sums, which closes the part that is in the page.
    mutating func addTotal(_ cells: [String]) { rows.append(row(cells, kind: "total")) }

    private func row(_ cells: [String], kind: String) -> PageRow {
        precondition(cells.count == columns.count, "a row has a cell for each column")
        return PageRow(
            head: cells[0], cells: zip(cells, columns).dropFirst().map { PageCell(text: $0, kind: $1.kind) }, kind: kind
        )
    }
}

/// A column's head.
struct PageColumn {
    var name: String
    var kind: String

    static func text(_ name: String) -> PageColumn { PageColumn(name: name, kind: "") }
    static func number(_ name: String) -> PageColumn { PageColumn(name: name, kind: "number") }
}

/// A row of a table.
struct PageRow {
    var head: String
    var cells: [PageCell]
    var kind: String
}

/// A cell of a table.
struct PageCell {
    var text: String
    var kind: String
}
