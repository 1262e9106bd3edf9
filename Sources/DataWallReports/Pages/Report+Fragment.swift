import CorpusAudit
import Mustache

extension Report {
    /// The report as one element for another page, such as a notebook.
    ///
    /// It has no script, and its styles apply only to itself. In a page that removes styles, the rest is still
    /// readable: each drawing appears once, in one size. Rows that the page of ``html()`` folds away are left out, and
    /// the caption says so.
    ///
    /// - Returns: HTML of one `div`; the same parts give the same bytes.
    /// - Complexity: That of ``html()``.
    public func fragment() -> String {
        let stem = "datawall-part"
        let content = FragmentContent(
            scope: ScopedStyle.scope, style: ScopedStyle.css,
            sections: parts.enumerated().map { index, part in
                Self.shortened(section(part, identifier: "\(stem)\(index)"))
            })
        guard let fragment = PageTemplates.library.render(content, withTemplate: "fragment") else {
            preconditionFailure("the library holds the fragment's template")
        }
        // Several fragments may be in one page, so identifiers differ with the content.
        let digest = Array(fragment.utf8).withUnsafeBufferPointer { Fingerprint(of: $0).description }
        return fragment.replacing(stem, with: "datawall-\(digest.prefix(12))-")
    }

    private static func shortened(_ section: PageSection) -> PageSection {
        var section = section
        for index in section.figures.indices {
            section.figures[index].narrow = nil
            let rest = section.figures[index].table.rest.count
            guard rest > 0 else { continue }
            section.figures[index].table.captionKind = nil
            section.figures[index].table.caption += " (\(rest) more rows are in the report's page)"
            section.figures[index].table.rest = []
            section.figures[index].table.hasRest = false
        }
        return section
    }
}

/// The content of a fragment, under the names that its template uses.
struct FragmentContent {
    var scope: String
    var style: String
    var sections: [PageSection]
}
