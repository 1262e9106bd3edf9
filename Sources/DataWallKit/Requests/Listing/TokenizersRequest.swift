public import DataWallReports
public import TokenCounting

/// All options of `datawall tokenizers`, which lists the vocabularies on this machine, or describes one of them.
public struct TokenizersRequest: Sendable {
    /// The folders that are looked through.
    public var library: TokenizerLibrary

    /// Creates a request.
    ///
    /// - Parameter library: The folders to search (default: those of the environment).
    public init(library: TokenizerLibrary = .standard()) { self.library = library }

    /// Reads and lists every vocabulary.
    ///
    /// - Complexity: O(*n*) in the bytes of the vocabularies.
    public func list() -> TokenizerListing { TokenizerListing(library) }

    /// Describes one vocabulary.
    ///
    /// - Parameter name: A name, a file, a model's folder, or `PATTERN=FILE` for a rank file of your own.
    /// - Returns: Its description.
    /// - Throws: `TokenCountingError`.
    public func describe(_ name: String) throws(TokenCountingError) -> TokenizerDescription {
        TokenizerDescription(try library.counter(named: name))
    }
}
