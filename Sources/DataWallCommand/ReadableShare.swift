import ArgumentParser

/// A share as people write it: `0.0625`, `1/16`, `6.25%`.
struct ReadableShare: ExpressibleByArgument, Sendable {
    let value: Double

    init(value: Double) { self.value = value }

    init?(argument: String) {
        let parts = argument.split(separator: "/", omittingEmptySubsequences: false)
        let number: Double?
        if parts.count == 2, let above = Double(parts[0]), let below = Double(parts[1]), below != 0 {
            number = above / below
        } else if argument.hasSuffix("%") {
            number = Double(argument.dropLast()).map { $0 / 100 }
        } else {
            number = Double(argument)
        }
        guard let number, number > 0, number <= 1 else { return nil }
        value = number
    }

    var defaultValueDescription: String { "\(value)" }
}
