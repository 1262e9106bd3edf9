/// Why a request is refused: a value is missing, out of range, without effect, or excluded by another.
///
/// Sentences name a value by the option of the command that sets it: `--max-epochs` is `maxEpochs`.
public struct RequestError: Error, Equatable, Sendable, CustomStringConvertible {
    /// One sentence that says what is wrong and what to do.
    public let description: String

    /// Creates an error.
    ///
    /// - Parameter description: One sentence that says what is wrong and what to do.
    public init(_ description: String) { self.description = description }

    /// Throws the message of the first rule that is broken.
    package static func refuse(_ rules: [(isBroken: Bool, message: String)]) throws(RequestError) {
        if let rule = rules.first(where: \.isBroken) { throw RequestError(rule.message) }
    }
}
