import ArgumentParser
import DataWallKit

extension NamedNumber: ReadableArgument {}

/// A bound on the corpus, as `1.1`, or on one source, as `web=1.5`.
struct SourceBound: ReadableArgument, Sendable {
    /// The source; `nil` for the corpus.
    let source: String?
    let value: Double

    init(reading text: String) throws(UnreadableQuantity) {
        // Names may contain equals signs, numbers do not.
        let equals = text.lastIndex(of: "=")
        guard equals != text.startIndex else { throw UnreadableQuantity("the name of the source is missing") }
        source = equals.map { String(text[..<$0]) }
        value = try Quantity.number(equals.map { text[text.index(after: $0)...] } ?? text[...])
    }
}
