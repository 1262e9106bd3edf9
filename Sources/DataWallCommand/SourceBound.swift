import ArgumentParser

/// A bound on the corpus, as `1.1`, or on one source, as `web=1.5`.
struct SourceBound: ExpressibleByArgument, Sendable {
    /// The source; `nil` for the corpus.
    let source: String?
    let value: Double

    init?(argument: String) {
        // Names may hold equals signs, numbers do not.
        let equals = argument.lastIndex(of: "=")
        let number = equals.map { argument[argument.index(after: $0)...] } ?? argument[...]
        guard let quantity = ReadableQuantity(argument: String(number)), equals != argument.startIndex else {
            return nil
        }
        source = equals.map { String(argument[..<$0]) }
        value = quantity.value
    }
}
