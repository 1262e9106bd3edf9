import ArgumentParser
import DataWallKit

/// A value of an option that says why a text is not one: the command prints the reason next to the option's name.
protocol ReadableArgument: ExpressibleByArgument {
    /// Reads the text of an option.
    ///
    /// - Throws: `UnreadableQuantity` with the reason.
    init(reading text: String) throws(UnreadableQuantity)
}

extension ReadableArgument {
    init?(argument: String) {
        guard let value = try? Self(reading: argument) else { return nil }
        self = value
    }

    /// The same as a closure that options take.
    fileprivate static var transform: @Sendable (String) throws -> Self { { try Self(reading: $0) } }
}

// The parser's own initialisers drop the reason. These take the same arguments and are preferred, because their values
// conform to more protocols. They take the next word as the value even if it begins with a dash, so that a negative
// number is refused as such, and not as a missing value.

extension Option where Value: ReadableArgument {
    init(
        wrappedValue: Value, name: NameSpecification = .long, parsing: SingleValueParsingStrategy = .unconditional,
        help: ArgumentHelp? = nil, completion: CompletionKind? = nil
    ) {
        self.init(
            wrappedValue: wrappedValue, name: name, parsing: parsing,
            help: help.map { $0.showing(default: wrappedValue.defaultValueDescription) }, completion: completion,
            transform: Value.transform)
    }

    init(
        name: NameSpecification = .long, parsing: SingleValueParsingStrategy = .unconditional,
        help: ArgumentHelp? = nil,
        completion: CompletionKind? = nil
    ) {
        self.init(name: name, parsing: parsing, help: help, completion: completion, transform: Value.transform)
    }
}

extension Option {
    init<T: ReadableArgument>(
        name: NameSpecification = .long, parsing: SingleValueParsingStrategy = .unconditional,
        help: ArgumentHelp? = nil,
        completion: CompletionKind? = nil
    ) where Value == T? {
        self.init(name: name, parsing: parsing, help: help, completion: completion, transform: T.transform)
    }

    init<T: ReadableArgument>(
        wrappedValue: [T], name: NameSpecification = .long, parsing: ArrayParsingStrategy = .unconditionalSingleValue,
        help: ArgumentHelp? = nil, completion: CompletionKind? = nil
    ) where Value == [T] {
        self.init(
            wrappedValue: wrappedValue, name: name, parsing: parsing, help: help, completion: completion,
            transform: T.transform)
    }
}

extension ArgumentHelp {
    /// The help with a default at the end of its sentence, as the parser writes the defaults that it knows.
    fileprivate func showing(default value: String) -> ArgumentHelp {
        var help = self
        help.abstract += " (default: \(value))"
        return help
    }
}

/// Measurements and ratios: digits are not grouped, since `2,5` is 2.5 to many people.
extension Double: ReadableArgument {
    init(reading text: String) throws(UnreadableQuantity) { self = try Quantity.number(text, grouping: .refused) }
}

/// Whole numbers, also as `10k`.
extension Int: ReadableArgument {
    init(reading text: String) throws(UnreadableQuantity) { self = try Quantity.whole(text) }
}

/// Seeds.
extension UInt64: ReadableArgument {
    init(reading text: String) throws(UnreadableQuantity) {
        if let number = UInt64(text) {
            self = number
        } else if let number = UInt64(exactly: try Quantity.whole(text)) {
            self = number
        } else {
            throw UnreadableQuantity("write a whole number from 0 up")
        }
    }
}
