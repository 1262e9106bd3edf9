import ArgumentParser
import DataWallKit

/// A quantity as people write it: `70B`, `1.4T`, `1e22`, `25_000`, `2GiB`.
struct ReadableQuantity: ReadableArgument, Sendable {
    let value: Double

    init(value: Double) { self.value = value }

    init(reading text: String) throws(UnreadableQuantity) { value = try Quantity.number(text) }

    /// The quantity as one would write it: `2GiB` for a size, `1` for a number.
    var defaultValueDescription: String { Quantity.binaryBytes(value) }
}

/// A quantity that a plus sign makes an addition: `100e9` there are, or `+100e9` more.
struct SignedQuantity: ReadableArgument, Sendable {
    let value: Double
    let isFurther: Bool

    init(reading text: String) throws(UnreadableQuantity) {
        isFurther = text.hasPrefix("+")
        value = try Quantity.number(text)
    }
}

/// Quantities separated by commas: `1B,3B,7B`.
struct QuantityList: ReadableArgument, Sendable {
    let values: [Double]

    init(reading text: String) throws(UnreadableQuantity) { values = try Quantity.list(text) }
}

/// Dollars: `5000`, `$5,000`, `2.5M`.
struct ReadableDollars: ReadableArgument, Sendable {
    let value: Double

    init(reading text: String) throws(UnreadableQuantity) { value = try Quantity.dollars(reading: text) }
}

/// A time as people write it: `30ms`, `0.03s`, `0.03`.
struct ReadableDuration: ReadableArgument, Sendable {
    let seconds: Double

    init(reading text: String) throws(UnreadableQuantity) { seconds = try Quantity.seconds(text) }
}

/// A share above 0 as people write it: `0.0625`, `1/16`, `6.25%`.
struct ReadableShare: ReadableArgument, Sendable {
    let value: Double

    init(value: Double) { self.value = value }

    init(reading text: String) throws(UnreadableQuantity) {
        value = try Quantity.share(text)
        guard value > 0 else { throw UnreadableQuantity("the share must be above 0") }
    }

    var defaultValueDescription: String { "\(value)" }
}

/// A share that may be 0: `0`, `0.4`, `1/16`, `40%`.
struct ShareFromZero: ReadableArgument, Sendable {
    let value: Double

    init(value: Double) { self.value = value }

    init(reading text: String) throws(UnreadableQuantity) { value = try Quantity.share(text) }

    var defaultValueDescription: String { "\(value)" }
}

/// A share above 0, or a range of shares: `0.7` means 0.7 to 1, `0.5..0.9` is that range.
struct ShareRange: ReadableArgument, Sendable {
    let range: ClosedRange<Double>

    init(reading text: String) throws(UnreadableQuantity) {
        let read = try Quantity.range(text)
        guard read.lowerBound > 0, read.upperBound <= 1 else {
            throw UnreadableQuantity("shares are above 0 and at most 1, written 0.7 or 0.5..0.9")
        }
        range = text.contains("..") ? read : read.lowerBound...1
    }
}
