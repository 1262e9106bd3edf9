import CorpusAudit

/// The content of a page, under the names that the templates use.
///
/// Every text is escaped when it is written, except drawings. A value that may be missing is `nil`, since a template
/// treats an empty text as present. A name that is `nil` is looked up in the enclosing types, so no two of these types
/// may use the same name.
struct PageContent {
    var title: String
    var summary: [PageSentence]
    var scenarios: PageFigure?
    var sections: [PageSection]
    var links: [PageLink]
    var reportCommand: String
    var version: String
    var style: String
    var script: String
    var scriptDigest: String
}

/// One sentence of the summary, with the question that it answers.
struct PageSentence {
    var name: String
    var text: String
}

/// An entry of the contents: a section with its figures.
struct PageLink {
    var identifier: String
    var title: String
    var figures: [PageLink] = []
}

/// One file's part of the page.
struct PageSection {
    var identifier: String
    /// The kind of the file, such as a plan.
    var part: String
    var title: String
    var lead: [String] = []
    var facts: [PageFact] = [] { didSet { hasFacts = !facts.isEmpty } }
    var hasFacts = false
    var notes: [PageNote] = []
    var figures: [PageFigure] = [] { didSet { hasFigures = !figures.isEmpty } }
    var hasFigures = false
    var remarks: [String] = [] { didSet { hasRemarks = !remarks.isEmpty } }
    var hasRemarks = false
    var details: [PageDetail] = []
    var command: String?

    /// The command line that makes a file again.
    ///
    /// - Parameters:
    ///   - madeBy: The file's `made_by`; without it there is no line.
    ///   - name: The file.
    ///   - output: The option that writes the file.
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
    var remark: String?

    init(name: String, value: String, remark: String = "") {
        self.name = name
        self.value = value
        self.remark = remark.isEmpty ? nil : remark
    }
}

/// A remark, or a warning.
struct PageNote {
    var mark: String
    var kind: String
    var text: String

    static func warning(_ text: String) -> PageNote { PageNote(mark: "Warning", kind: "warning", text: text) }
    static func remark(_ text: String) -> PageNote { PageNote(mark: "Note", kind: "remark", text: text) }
}

/// A name with its text.
struct PageDetail {
    var name: String
    var text: String
}

/// A chart with its table; without a drawing, only the table.
///
/// Charts and small tables take half of a wide page, so that two are next to each other; with `isWide` a figure takes
/// the whole width.
struct PageFigure {
    var identifier: String
    var title: String
    var text: String?
    var wide: String?
    var narrow: String?
    var table: PageTable
    var isWide = false
    var comparisons: [PageComparison] = []

    init(
        identifier: String, title: String, text: String = "", wide: String? = nil, narrow: String? = nil,
        table: PageTable, isWide: Bool = false
    ) {
        self.identifier = identifier
        self.title = title
        self.text = text.isEmpty ? nil : text
        self.wide = wide
        self.narrow = narrow
        self.table = table
        self.isWide = isWide
    }
}

/// Texts that have a stretch in common.
struct PageComparison {
    /// A text with the stretch, and the text around it.
    struct Part {
        var name: String
        var before: String
        var match: String
        var after: String
    }

    var title: String
    var parts: [Part]
}

/// A table; a long one shows its first rows and keeps the rest folded.
struct PageTable {
    var caption: String
    /// `silent` where the figure's title says the same.
    var captionKind: String?
    /// `search` for a table that a reader looks names up in.
    var tableKind: String?
    var columns: [PageColumn]
    var rows: [PageRow] = []
    var rest: [PageRow] = []
    var hasRest = false
    var restTitle = "" { didSet { hasRest = !rest.isEmpty } }

    /// Rows that are shown at once.
    static let shown = 24

    /// Characters up to which a text, or the name of a row, stays in one line.
    private static let unbrokenText = 18

    /// Characters from which a text loses its middle.
    private static let longestText = 400

    /// Characters from which a text needs a column of some width.
    private static let longText = 30

    init(_ caption: String, columns: [PageColumn]) {
        self.caption = caption
        self.columns = columns
    }

    /// Adds a row; its first cell names it.
    ///
    /// - Parameters:
    ///   - cells: A text for each column.
    ///   - range: The range of the last cell's value, which a narrow page shows below the value.
    mutating func add(_ cells: [String], range: String = "") {
        var row = row(cells, kind: nil)
        if !range.isEmpty { row.cells[row.cells.count - 1].range = range }
        if rows.count < Self.shown { rows.append(row) } else { rest.append(row) }
    }

    /// Adds a row of sums, which closes the rows that are shown at once.
    mutating func addTotal(_ cells: [String]) { rows.append(row(cells, kind: "total")) }

    private static func cell(_ text: String, of column: PageColumn) -> PageCell {
        let text = shortened(text)
        let length = text.unicodeScalars.count
        guard let kind = column.kind else { return PageCell(text: text, kind: length > unbrokenText ? "loose" : nil) }
        return PageCell(text: text, kind: length > longText ? "long" : length > unbrokenText ? "broad" : kind)
    }

    /// A text without its middle if it would fill the page, since a source's name may have thousands of characters.
    private static func shortened(_ text: String) -> String {
        text.unicodeScalars.count > longestText ? "\(text.prefix(longestText / 2)) … \(text.suffix(40))" : text
    }

    private func row(_ cells: [String], kind: String?) -> PageRow {
        precondition(cells.count == columns.count, "a row has a cell for each column")
        return PageRow(
            head: Self.shortened(cells[0]), cells: zip(cells, columns).dropFirst().map(Self.cell), rowKind: kind,
            headKind: cells[0].unicodeScalars.count > Self.unbrokenText ? "long" : nil)
    }
}

/// A column's head.
struct PageColumn {
    var name: String
    var kind: String?

    static func text(_ name: String) -> PageColumn { PageColumn(name: name, kind: "text") }

    /// Most columns are of numbers: their cells have no kind.
    static func number(_ name: String) -> PageColumn { PageColumn(name: name, kind: nil) }
}

/// A row of a table.
struct PageRow {
    var head: String
    var cells: [PageCell]
    var rowKind: String?
    /// `long` for a name that may be broken into lines.
    var headKind: String?
}

/// A cell of a table.
struct PageCell {
    var text: String
    var kind: String?
    var range: String?
}
