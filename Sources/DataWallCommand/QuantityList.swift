import ArgumentParser

/// Quantities separated by commas: `1B,3B,7B`.
struct QuantityList: ExpressibleByArgument, Sendable {
    let values: [Double]

    init?(argument: String) {
        let parts = argument.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        let quantities = parts.compactMap { ReadableQuantity(argument: $0.filter { $0 != " " }) }
        guard !quantities.isEmpty, quantities.count == parts.count else { return nil }
        values = quantities.map(\.value)
    }
}
