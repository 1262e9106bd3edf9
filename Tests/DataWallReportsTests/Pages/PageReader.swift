import Foundation

/// Reads the tables of a page again, without the code that wrote them.
struct PageReader {
    private let html: String

    init(_ html: String) { self.html = html }

    /// The text of a cell, without the range beside it.
    ///
    /// - Parameters:
    ///   - figure: The identifier of the figure.
    ///   - row: What the row begins with.
    ///   - column: The column, where 1 is the first after the row's name.
    /// - Returns: The text, or `nil` without such a cell.
    func cell(_ figure: String, _ row: String, _ column: Int) -> String? {
        guard let start = html.range(of: "<figure id=\"\(figure)\""),
            let end = html.range(of: "</figure>", range: start.upperBound..<html.endIndex)
        else { return nil }
        for line in html[start.upperBound..<end.lowerBound].components(separatedBy: "<tr").dropFirst() {
            let parts = line.components(separatedBy: "<td")
            guard Self.text(parts[0]) == row, column < parts.count else { continue }
            return Self.text(parts[column])
        }
        return nil
    }

    /// What is between the first tag's end and the next tag.
    private static func text(_ markup: String) -> String {
        var rest = markup[...]
        if let head = rest.range(of: "<th") { rest = rest[head.upperBound...] }
        guard let open = rest.firstIndex(of: ">") else { return "" }
        let text = rest[rest.index(after: open)...].prefix { $0 != "<" }
        return [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
            .reduce(String(text)) { $0.replacingOccurrences(of: $1.0, with: $1.1) }
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// A number as the page writes it, with how far it may be off by rounding.
    static func number(_ text: String) -> (value: Double, slack: Double)? {
        let suffixes: [Character: Double] = ["k": 1e3, "M": 1e6, "B": 1e9, "T": 1e12]
        let words = text.split(separator: " ")
        guard var word = words.first.map({ $0.filter { !"$±,×".contains($0) } }), !word.isEmpty else { return nil }
        var factor = 1.0
        if words.count > 1, words[1].hasPrefix("%") { factor = 0.01 }
        if let last = word.last, let scale = suffixes[last] {
            factor = scale
            word.removeLast()
        }
        guard let value = Double(word) else { return nil }
        let mantissa = word.split(separator: "e").first.map(String.init) ?? word
        let power = word.contains("e") ? value / (Double(mantissa) ?? 1) : 1
        let decimals = mantissa.split(separator: ".").dropFirst().first?.count
        // Zeros at the end are left out, so that a number without decimals has four digits of its own.
        let slack = decimals.map { 0.5000001 * pow(10, -Double($0)) * power } ?? abs(value) * 5e-4
        return (value * factor, slack * factor + 1e-12)
    }
}
