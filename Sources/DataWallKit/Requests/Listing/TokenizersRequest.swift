public import DataWallReports
public import TokenCounting

/// Everything that `datawall tokenizers` can be asked: the vocabularies on this machine, or one of them.
public struct TokenizersRequest: Sendable {
    /// The folders that are looked through.
    public var library: TokenizerLibrary

    /// Creates a request.
    ///
    /// - Parameter library: The folders that are looked through; those of the environment unless given.
    public init(library: TokenizerLibrary = .standard()) { self.library = library }

    /// Reads and lists every vocabulary.
    ///
    /// - Complexity: O(*n*) in the bytes of the vocabularies.
    public func list() -> TokenizerListing { TokenizerListing(library) }

    /// Describes one vocabulary.
    ///
    /// - Parameter name: A name, a file, a model's folder, or `PATTERN=FILE` for a rank file of your own.
    /// - Returns: What is known of it.
    /// - Throws: `TokenCountingError`.
    public func describe(_ name: String) throws(TokenCountingError) -> TokenizerDescription {
        TokenizerDescription(try library.counter(named: name))
    }
}
