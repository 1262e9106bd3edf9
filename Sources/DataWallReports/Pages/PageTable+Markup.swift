import Charts
import Mustache

/// Tables render themselves, since a template would look up each of their thousands of cells by name.
///
/// End tags of rows and cells are left out where HTML does not need them. So is the scope of a row's name: a `th` in a
/// column of only such cells names its row.
extension PageTable: MustacheCustomRenderable {
    var isNull: Bool { false }

    var renderText: String {
        var text = markup(of: rows, caption: caption, captionKind: captionKind)
        if hasRest {
            text +=
                "<details class=\"rest\"><summary>\(MarkupText.escaped(restTitle))</summary>\n"
                + markup(of: rest, caption: restTitle, captionKind: nil) + "</details>\n"
        }
        return text
    }

    private func markup(of rows: [PageRow], caption: String, captionKind: String?) -> String {
        let caption = MarkupText.escaped(caption)
        var text =
            "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"\(caption)\">\n"
            + "<table\(Self.kind(tableKind))>\n<caption\(Self.kind(captionKind))>\(caption)</caption>\n<thead><tr>"
        for column in columns {
            text += "<th scope=\"col\"\(Self.kind(column.kind))>\(MarkupText.escaped(column.name))"
        }
        text += "</thead>\n<tbody>\n"
        for row in rows {
            text +=
                "<tr\(Self.kind(row.rowKind))><th\(Self.kind(row.headKind))>"
                + MarkupText.escaped(row.head)
            for cell in row.cells {
                text += "<td\(Self.kind(cell.kind))>" + MarkupText.escaped(cell.text)
                if let range = cell.range { text += " <span class=\"range\">\(MarkupText.escaped(range))</span>" }
            }
            text += "\n"
        }
        return text + "</tbody>\n</table>\n</div>\n"
    }

    private static func kind(_ kind: String?) -> String { kind.map { " class=\"\($0)\"" } ?? "" }
}
