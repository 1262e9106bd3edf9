import ArgumentParser
import DataWallKit

/// A number with a name, as `RD=20`.
struct NamedNumber: ReadableArgument, Sendable {
    let name: String
    let value: Double

    init(reading text: String) throws(UnreadableQuantity) {
        guard let equals = text.firstIndex(of: "="), equals > text.startIndex else {
            throw UnreadableQuantity("write a name, an equals sign and a number, such as RD=20")
        }
        name = String(text[..<equals])
        value = try Quantity.number(text[text.index(after: equals)...])
    }
}

extension [NamedNumber] {
    /// The values by name; of a name given twice, the last.
    var dictionary: [String: Double] {
        Dictionary(map { ($0.name, $0.value) }, uniquingKeysWith: { _, last in last })
    }
}

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
