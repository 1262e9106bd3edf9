/// The plan if a token of the law stood for more or less text than one of the supply.
public struct TokenSensitivity: Sendable, Hashable {
    /// Tokens of the law for each of the supply.
    public var tokenScale: Double

    /// N.
    public var parameters: Double

    /// D, in the supply's tokens.
    public var tokens: Double

    /// Passes over the unique tokens.
    public var epochs: Double

    /// The loss; `nil` if several laws were weighed.
    public var loss: Double?

    /// The factors tried if the bytes per token are not known: a quarter less and a quarter more.
    static let scales = [0.75, 1.25]
}

extension TokenSensitivity {
    /// A plan before its fields are read from a file.
    package static let blank = TokenSensitivity(tokenScale: 1, parameters: 0, tokens: 0, epochs: 0)
}
