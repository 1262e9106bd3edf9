import ArgumentParser

/// A number with a name, as `RD=20`.
struct NamedNumber: ExpressibleByArgument, Sendable {
    let name: String
    let value: Double

    init?(argument: String) {
        guard let equals = argument.firstIndex(of: "="), equals > argument.startIndex,
            let quantity = ReadableQuantity(argument: String(argument[argument.index(after: equals)...]))
        else { return nil }
        name = String(argument[..<equals])
        value = quantity.value
    }
}

extension [NamedNumber] {
    /// The values by name; of a name given twice, the last.
    var dictionary: [String: Double] {
        Dictionary(map { ($0.name, $0.value) }, uniquingKeysWith: { _, last in last })
    }
}
