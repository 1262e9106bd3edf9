/// The page's style sheet for one element of another page.
enum ScopedStyle {
    /// The class of the element.
    static let scope = "datawall-report"

    /// A fragment has one drawing of each chart, which is shown at any width.
    static let css = scoped(PageStyle.css + ".wide{display:block}", to: ".\(scope)")

    /// Limits rules to an element and its content.
    ///
    /// Rules for the page as a whole become rules for the element; rules for paper are left out.
    static func scoped(_ css: String, to scope: String) -> String {
        var rules = ""
        var rest = css[...]
        while let open = rest.firstIndex(of: "{") {
            let prelude = rest[..<open].trimmed
            let body = block(of: &rest, openedAt: open)
            if prelude.hasPrefix("@media print") || prelude.hasPrefix("@page") { continue }
            rules +=
                prelude.hasPrefix("@")
                ? "\(prelude){\(scoped(String(body), to: scope))}\n"
                : "\(selectors(prelude, in: scope)){\(body)}\n"
        }
        return rules
    }

    /// Removes a block from the rest, and returns the text between its braces.
    private static func block(of rest: inout Substring, openedAt open: Substring.Index) -> Substring {
        var depth = 0
        for index in rest[open...].indices {
            if rest[index] == "{" { depth += 1 }
            if rest[index] == "}" { depth -= 1 }
            guard depth == 0 else { continue }
            defer { rest = rest[rest.index(after: index)...] }
            return rest[rest.index(after: open)..<index]
        }
        defer { rest = "" }
        return rest[rest.index(after: open)...]
    }

    private static func selectors(_ list: String, in scope: String) -> String {
        parts(of: list).map { selector in
            ["html", "body", ":root"].contains(selector) ? scope : "\(scope) \(selector)"
        }.joined(separator: ",")
    }

    /// The selectors of a list, which commas part, but not those in parentheses.
    private static func parts(of list: String) -> [String] {
        var parts = [""]
        var depth = 0
        for character in list {
            if character == "(" { depth += 1 }
            if character == ")" { depth -= 1 }
            if character == ",", depth == 0 { parts.append("") } else { parts[parts.count - 1].append(character) }
        }
        return parts.map { $0[...].trimmed }
    }
}

extension Substring {
    fileprivate var trimmed: String {
        var text = drop { $0.isWhitespace }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
