import ArgumentParser

/// A quantity that a plus sign makes an addition: `100e9` there are, or `+100e9` more.
struct SignedQuantity: ExpressibleByArgument, Sendable {
    let value: Double
    let isFurther: Bool

    init?(argument: String) {
        isFurther = argument.hasPrefix("+")
        guard let quantity = ReadableQuantity(argument: isFurther ? String(argument.dropFirst()) : argument) else {
            return nil
        }
        value = quantity.value
    }
}
